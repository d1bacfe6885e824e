from django.db import models
from django.db.models import Q


class ActionCount(models.Model):
    """How often somebody did something within one window of time: what rate limits count on. Old rows are swept."""

    who = models.CharField("شمارش برای", max_length=80)
    action = models.CharField("کار", max_length=20)
    window = models.DateTimeField("آغاز بازه")
    count = models.PositiveIntegerField("تعداد", default=1)

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
