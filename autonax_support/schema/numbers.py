"""Numbers that people read begin at 100001, so that every ticket number has six digits from the first day.

In a migration: `*[RunSQLFor(vendor, *first_number_sql(vendor, table, column)) for vendor in VENDORS]`.
A SQLite table that is rebuilt while empty begins at 1 again, therefore also `ensure_first_number` on post_migrate.
"""

from django.db.backends.base.base import BaseDatabaseWrapper

FIRST_NUMBER = 100001


def first_number_sql(vendor: str, table: str, column: str, first: int = FIRST_NUMBER) -> tuple[list[str], list[str]]:
    """Moves the sequence up to `first`, never down, and is safe to run twice. Going back leaves the numbers as they are."""
    if vendor == "sqlite":
        return [
            f"INSERT INTO sqlite_sequence (name, seq) SELECT '{table}', 0 "  # nosec B608 # here and below: names of tables, written by us
            f"WHERE NOT EXISTS (SELECT 1 FROM sqlite_sequence WHERE name = '{table}')",
            f"UPDATE sqlite_sequence SET seq = {first - 1} WHERE name = '{table}' AND seq < {first - 1}",  # nosec B608
        ], []
    sequence = f"pg_get_serial_sequence('{table}', '{column}')"
    return [
        f"SELECT setval({sequence}, greatest({first}, (SELECT coalesce(max({column}), 0) + 1 FROM {table})), false) "  # nosec B608
        f"WHERE coalesce(pg_sequence_last_value({sequence}::regclass), 0) < {first - 1}"
    ], []


def catch_up_sql(vendor: str, table: str, column: str) -> list[str]:
    """After rows were put in with numbers of their own (demo, import): the next number lies past the highest. SQLite does so by itself."""
    if vendor == "sqlite":
        return []
    sequence = f"pg_get_serial_sequence('{table}', '{column}')"
    return [
        f"SELECT setval({sequence}, (SELECT max({column}) FROM {table})) "  # nosec B608
        f"WHERE coalesce(pg_sequence_last_value({sequence}::regclass), {FIRST_NUMBER - 1}) < (SELECT max({column}) FROM {table})"
    ]


def ensure_first_number(connection: BaseDatabaseWrapper, table: str, column: str) -> None:
    if table in connection.introspection.table_names():
        with connection.cursor() as cursor:
            for statement in first_number_sql(connection.vendor, table, column)[0]:
                cursor.execute(statement)
