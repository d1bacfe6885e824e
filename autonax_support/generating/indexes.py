"""PostgreSQL: secondary indexes, unique and foreign keys taken off before many rows come, and made anew afterwards, all in one transaction.

Making an index of all rows takes a fraction of the time of adding to it row by row, and a foreign key is checked by one join.
The CHECKs stay. When anything fails, the rollback brings back everything as it was.
"""

from django.db import connection

CONSTRAINTS = """
    SELECT conname, pg_get_constraintdef(oid) FROM pg_constraint
    WHERE conrelid = %s::regclass AND contype IN ('f', 'u') ORDER BY contype DESC, conname"""
INDEXES = """
    SELECT c.relname, pg_get_indexdef(c.oid) FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
    WHERE i.indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = c.oid AND contype IN ('p', 'u', 'x'))
    ORDER BY c.relname"""


def take_off(table: str) -> list[str]:
    """Returns the statements that put them back."""
    back = []
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")  # a table with checks outstanding cannot be altered
        cursor.execute(CONSTRAINTS, [table])
        constraints = cursor.fetchall()
        for name, definition in constraints:
            cursor.execute(f'ALTER TABLE "{table}" DROP CONSTRAINT "{name}"')
            back.append(f'ALTER TABLE "{table}" ADD CONSTRAINT "{name}" {definition}')
        cursor.execute(INDEXES, [table])
        for name, definition in cursor.fetchall():
            cursor.execute(f'DROP INDEX "{name}"')
            back.append(definition)
    return back


def put_back(statements: list[str]) -> None:
    """Indexes first: checking a foreign key uses none of them, but a unique key is one."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        for statement in sorted(statements, key=lambda text: "FOREIGN KEY" in text):
            cursor.execute(statement)
