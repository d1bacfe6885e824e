from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery


class CappedCount(Subquery):
    """How many rows, but never counting beyond `cap`: what «۹۹+» on a badge needs, at a price that does not grow."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any], cap: int = 100) -> None:
        super().__init__(rows.order_by()[:cap])
