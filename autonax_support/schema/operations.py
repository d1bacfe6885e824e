"""Migration operations in SQL for one database only, so that `sqlmigrate` shows them and they can be taken back."""

from collections.abc import Sequence
from typing import Any

from django.db import migrations


class RunSQLFor(migrations.RunSQL):
    """RunSQL on one vendor, nothing on the others. Give a list: one statement an item, so that no trigger body is cut at its semicolon."""

    def __init__(self, vendor: str, sql: Sequence[str], reverse_sql: Sequence[str], **options: Any) -> None:
        self.vendor = vendor
        super().__init__(list(sql), list(reverse_sql), **options)

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        name, args, kwargs = super().deconstruct()
        return name, args, {"vendor": self.vendor, **kwargs}

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        if schema_editor.connection.vendor == self.vendor:
            super().database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"SQL on {self.vendor}"
