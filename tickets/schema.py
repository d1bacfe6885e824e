"""What of the tickets' tables exists in SQL only: append-only events, the first number, the full-text index.

Migrations run these statements; `ensure_schema` repeats them after every migrate, since SQLite drops the triggers of a table it rebuilds.
"""

from django.apps import AppConfig
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from autonax_support.schema.append_only import ensure_append_only
from autonax_support.schema.numbers import ensure_first_number

EVENTS, TICKETS, DOCS, FTS = "tickets_event", "tickets_ticket", "tickets_searchdoc", "tickets_searchdoc_fts"

WORDS = "to_tsvector('simple'::regconfig, key)"
# The office stands among the words, so one index finds its few texts among millions; at a note it stands not, as no office may find that
WORDS_AND_OFFICE = f"strip({WORDS}) || CASE WHEN is_note THEN ''::tsvector ELSE array_to_tsvector(ARRAY['@' || office_id::text]) END"


def vector(of: str) -> list[str]:
    return [
        f"ALTER TABLE {DOCS} ADD COLUMN vector tsvector GENERATED ALWAYS AS ({of}) STORED",
        f"CREATE INDEX searchdoc_vector ON {DOCS} USING gin (vector)",
    ]


NO_VECTOR = [f"ALTER TABLE {DOCS} DROP COLUMN vector"]

FTS_TABLE = (
    f"CREATE VIRTUAL TABLE IF NOT EXISTS {FTS} USING fts5(key, content='{DOCS}', content_rowid='id', "
    "tokenize='unicode61 remove_diacritics 0', prefix='2 3')"
)
_TAKE_OUT = f"INSERT INTO {FTS}({FTS}, rowid, key) VALUES ('delete', old.id, old.key);"  # noqa: S608 # nosec B608 # constants of this file
_PUT_IN = f"INSERT INTO {FTS}(rowid, key) VALUES (new.id, new.key);"  # noqa: S608 # nosec B608
FTS_TRIGGERS = {
    f"{FTS}_insert": f"AFTER INSERT ON {DOCS} BEGIN {_PUT_IN} END",
    f"{FTS}_delete": f"AFTER DELETE ON {DOCS} BEGIN {_TAKE_OUT} END",
    f"{FTS}_update": f"AFTER UPDATE OF key ON {DOCS} BEGIN {_TAKE_OUT} {_PUT_IN} END",
}
FULL_TEXT_ON_SQLITE = [FTS_TABLE, *(f"CREATE TRIGGER IF NOT EXISTS {name} {body}" for name, body in FTS_TRIGGERS.items())]
NO_FULL_TEXT_ON_SQLITE = [*(f"DROP TRIGGER IF EXISTS {name}" for name in FTS_TRIGGERS), f"DROP TABLE IF EXISTS {FTS}"]


def ensure_schema(sender: AppConfig, using: str = "default", **signal: object) -> None:
    connection = connections[using]
    if DOCS not in connection.introspection.table_names():
        _leave_nothing(connection)
        return
    ensure_append_only(connection, EVENTS)
    ensure_first_number(connection, TICKETS, "number")
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for statement in FULL_TEXT_ON_SQLITE:
                cursor.execute(statement)


def _leave_nothing(connection: BaseDatabaseWrapper) -> None:
    """Migrated back to before these tables: an index that the step between put back goes with them."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"DROP TABLE IF EXISTS {FTS}")
