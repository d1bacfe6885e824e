from typing import Any

from django.db.models import FloatField, IntegerField, QuerySet, Subquery


class WalkedCount(Subquery):
    """Of the first `cap` rows, in their order, how many have `of`; the price is that of looking at so many rows."""

    template = "(SELECT COUNT(%(of)s) FROM (%(subquery)s) walked)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any], cap: int, *, of: str) -> None:
        super().__init__(rows.values(of)[:cap], of=of)


class CappedCount(Subquery):
    """How many rows, but never counting beyond `cap`: what «۹۹+» on a badge needs, at a price that does not grow."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) capped)"
    output_field = IntegerField()

    def __init__(self, rows: QuerySet[Any], cap: int = 100) -> None:
        super().__init__(rows.order_by()[:cap])


class WalkedAverage(WalkedCount):
    """The average of `of` over the first `cap` rows; None where there are none."""

    template = "(SELECT AVG(%(of)s) FROM (%(subquery)s) walked)"
    output_field = FloatField()
