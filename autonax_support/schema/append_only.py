"""Tables whose rows can be added but neither changed nor deleted: the database itself refuses, as an IntegrityError.

A table whose old rows may go (retention) is guarded against UPDATE and TRUNCATE only: name the verbs.

In a migration: `*[RunSQLFor(vendor, *append_only_sql(vendor, table)) for vendor in VENDORS]`.
SQLite drops every trigger of a table it rebuilds (AlterField), therefore also `ensure_append_only` on post_migrate.
"""

from collections.abc import Sequence

from django.db.backends.base.base import BaseDatabaseWrapper

VENDORS = ("sqlite", "postgresql")
PREFIX = "append_only_"
ALL = ("update", "delete", "truncate")

ON_SQLITE = """CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'rows of {table} are append-only'); END"""

FUNCTION = """CREATE OR REPLACE FUNCTION append_only_{table}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of {table} are append-only' USING ERRCODE = 'integrity_constraint_violation'; END $$"""

ON_POSTGRESQL = "CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} FOR EACH {each} EXECUTE FUNCTION append_only_{table}()"


def append_only_sql(vendor: str, table: str, verbs: Sequence[str] = ALL) -> tuple[list[str], list[str]]:
    """The statements that guard the table against `verbs`, each safe to run twice, and those that take this guard off."""
    if vendor == "sqlite":
        return _on_sqlite(table, verbs)
    return _on_postgresql(table, verbs)


def trigger_names(vendor: str, table: str, verbs: Sequence[str] = ALL) -> list[str]:
    """SQLite knows no TRUNCATE."""
    return [f"{PREFIX}{table}_{verb}" for verb in verbs if vendor != "sqlite" or verb != "truncate"]


def ensure_append_only(connection: BaseDatabaseWrapper, *tables: str, verbs: Sequence[str] = ALL) -> None:
    """Puts back what is missing and touches nothing else; a table that is not there (migrated to zero) is left alone."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        triggers = _triggers(connection.vendor, cursor)
        for table in present.intersection(tables):
            if not triggers.issuperset(trigger_names(connection.vendor, table, verbs)):
                for statement in append_only_sql(connection.vendor, table, verbs)[0]:
                    cursor.execute(statement)


def _on_sqlite(table: str, verbs: Sequence[str]) -> tuple[list[str], list[str]]:
    names = trigger_names("sqlite", table, verbs)
    forward = [ON_SQLITE.format(name=name, verb=name.rsplit("_", 1)[1].upper(), table=table) for name in names]
    return forward, [f"DROP TRIGGER IF EXISTS {name}" for name in names]


def _on_postgresql(table: str, verbs: Sequence[str]) -> tuple[list[str], list[str]]:
    """The function belongs to all triggers of the table and goes only with all of them."""
    forward = [FUNCTION.format(table=table)]
    backward = []
    for name in trigger_names("postgresql", table, verbs):
        verb = name.rsplit("_", 1)[1].upper()
        each = "STATEMENT" if verb == "TRUNCATE" else "ROW"
        forward.append(ON_POSTGRESQL.format(name=name, verb=verb, table=table, each=each))
        backward.append(f"DROP TRIGGER IF EXISTS {name} ON {table}")
    if set(verbs) == set(ALL):
        backward.append(f"DROP FUNCTION IF EXISTS append_only_{table}()")
    return forward, backward


def _triggers(vendor: str, cursor) -> set[str]:
    if vendor == "sqlite":
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")
    else:
        cursor.execute("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal")
    return {name for (name,) in cursor.fetchall()}
