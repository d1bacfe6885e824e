from typing import Any

from django.db.models import JSONField, QuerySet, Subquery

LISTS = {"postgresql": ("jsonb_agg", "jsonb_build_object"), "sqlite": ("json_group_array", "json_object")}


class Gathered(Subquery):
    """A few rows that hang on each row, as a list of dicts: no query of their own. PostgreSQL says None where there are none."""

    template = "(SELECT %(gather)s(%(build)s(%(pairs)s)) FROM (%(subquery)s) gathered)"
    output_field = JSONField()

    def __init__(self, rows: QuerySet[Any], *columns: str) -> None:
        super().__init__(rows.values(*columns), pairs=", ".join(f"'{column}', gathered.{column}" for column in columns))

    def as_sql(self, compiler: Any, connection: Any, **more: Any) -> tuple[str, list[Any]]:
        gather, build = LISTS[connection.vendor]
        return super().as_sql(compiler, connection, gather=gather, build=build, **more)
