from datetime import datetime

from django.db import connection, models
from django.db.models import Q

HIT = """INSERT INTO accounts_actioncount (who, action, "window", count) VALUES (%s, %s, %s, 1)
ON CONFLICT (who, action, "window") DO UPDATE SET count = accounts_actioncount.count + 1 RETURNING count"""


class ActionCountQuerySet(models.QuerySet["ActionCount"]):
    def hit(self, who: str, action: str, window: datetime) -> int:
        """Counts one more and says how many there are now, in one statement: two at once are two."""
        with connection.cursor() as cursor:
            cursor.execute(HIT, [who, action, connection.ops.adapt_datetimefield_value(window)])
            return cursor.fetchone()[0]

    def outlived(self, at: datetime) -> "ActionCountQuerySet":
        """Windows that have begun before `at`: with `at` a day back, nobody counts on them any more."""
        return self.filter(window__lt=at)


class ActionCount(models.Model):
    """How often somebody did something within one window of time: what rate limits count on. Old rows are swept."""

    who = models.CharField("شمارش برای", max_length=80)
    action = models.CharField("کار", max_length=20)
    window = models.DateTimeField("آغاز بازه")
    count = models.PositiveIntegerField("تعداد", default=1)

    objects = ActionCountQuerySet.as_manager()

    class Meta:
        verbose_name = "شمارش درخواست"
        verbose_name_plural = "شمارش درخواست‌ها"
        indexes = [models.Index(fields=["window"], name="action_count_to_sweep")]
        constraints = [
            models.UniqueConstraint(fields=["who", "action", "window"], name="action_counted_once"),
            models.CheckConstraint(condition=Q(count__gte=1), name="action_count_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.action} {self.window:%Y-%m-%dT%H:%M}"
