from typing import Any

from django.db import connections

from autonax_support.schema.append_only import ensure_append_only

AUDIT = "accounts_auditentry"
KEPT_FROM = ("update", "truncate")  # what is past its time may be deleted, nothing may be changed


def ensure(sender: Any, using: str, **kwargs: Any) -> None:
    """After every migrate: a table that SQLite rebuilt has lost its triggers."""
    ensure_append_only(connections[using], AUDIT, verbs=KEPT_FROM)
