from typing import Any

from django.db import connections

from autonax_support.schema.append_only import ensure_append_only


def ensure(sender: Any, using: str, **kwargs: Any) -> None:
    """After every migrate: a table that SQLite rebuilt has lost its triggers."""
    ensure_append_only(connections[using], "accounts_auditentry")
