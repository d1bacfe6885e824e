"""The rows into the database: COPY on PostgreSQL, executemany on SQLite. All or nothing."""

from io import BytesIO

from django.db import connection, transaction
from django.db.models import Max

from autonax_support.generating import indexes
from autonax_support.generating.chunks import Work, made
from autonax_support.generating.tables import TABLES, Table, table_of
from autonax_support.generating.world import Plan, World
from autonax_support.progress import ProgressLine
from autonax_support.schema.numbers import FIRST_NUMBER, catch_up_sql
from tickets.models import Message, Ticket

MANY = 5000


def first_free() -> tuple[int, int]:
    """The first ticket number and message id that nobody has."""
    number = Ticket.objects.aggregate(last=Max("number"))["last"] or 0
    return max(number + 1, FIRST_NUMBER), (Message.objects.aggregate(last=Max("id"))["last"] or 0) + 1


def load(plan: Plan, world: World, progress: ProgressLine, processes: int | None = None) -> None:
    tables = {name: table_of(name) for name in TABLES}
    is_postgresql = connection.vendor == "postgresql"
    work = Work(plan, world, {name: table.constants for name, table in tables.items()}, is_postgresql)
    afresh = is_postgresql and plan.tickets >= max(MANY, plan.first_number - FIRST_NUMBER)
    with transaction.atomic():
        back = {name: indexes.take_off(table.name) for name, table in tables.items()} if afresh else {}
        done = 0
        for count, rows in made(work, processes):
            for name, table in tables.items():
                _insert(table, rows[name])
            done += count
            progress(done, plan.tickets)
        for name, statements in back.items():
            progress.say(f"Indexes of {tables[name].name}")
            indexes.put_back(statements)
        _move_sequences()


def refresh_statistics() -> None:
    """What the planner believes about the tables. VACUUM also marks the pages as all visible, as a running server has done long since."""
    vacuum = connection.vendor == "postgresql" and not connection.in_atomic_block
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE" if vacuum else "ANALYZE")


def _insert(table: Table, rows: list[tuple] | bytes) -> None:
    columns = ", ".join(f'"{column}"' for column in table.columns)
    with connection.cursor() as cursor:
        if isinstance(rows, bytes):
            cursor.copy_expert(f'COPY "{table.name}" ({columns}) FROM STDIN', BytesIO(rows))
        elif rows:
            marks = ", ".join(["%s"] * len(table.columns))
            cursor.executemany(f'INSERT INTO "{table.name}" ({columns}) VALUES ({marks})', rows)  # noqa: S608 # nosec B608 # our own tables


def _move_sequences() -> None:
    """Tickets and messages came with numbers of their own."""
    tickets, messages = Ticket._meta.db_table, Message._meta.db_table
    statements = catch_up_sql(connection.vendor, tickets, "number")
    if connection.vendor == "postgresql":
        statements.append(f"SELECT setval(pg_get_serial_sequence('{messages}', 'id'), (SELECT max(id) FROM {messages}))")  # noqa: S608 # nosec B608
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
