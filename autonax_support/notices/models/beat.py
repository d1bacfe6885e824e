from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models

from autonax_support.persian.calendar import numeric_with_time

SEEN_WITHIN = timedelta(minutes=2)  # a worker that said nothing for so long is gone, or stuck


class WorkerBeatQuerySet(models.QuerySet["WorkerBeat"]):
    def alive(self, at: datetime) -> WorkerBeatQuerySet:
        return self.filter(seen_at__gt=at - SEEN_WITHIN)

    def beat(self, name: str, *, at: datetime) -> None:
        self.update_or_create(name=name, defaults={"seen_at": at}, create_defaults={"seen_at": at, "began_at": at})


class WorkerBeat(models.Model):
    """That a worker lives, by its own word. One that ends in order takes its row away; the rows of killed ones are swept."""

    name = models.CharField("نام", max_length=64, primary_key=True)
    began_at = models.DateTimeField("آغاز کار")
    seen_at = models.DateTimeField("آخرین نشانه")

    objects = WorkerBeatQuerySet.as_manager()

    class Meta:
        verbose_name = "پردازشگر پس‌زمینه"
        verbose_name_plural = "پردازشگرهای پس‌زمینه"

    def __str__(self) -> str:
        return f"پردازشگر از {numeric_with_time(self.began_at)}"

    def is_alive(self, at: datetime) -> bool:
        return self.seen_at > at - SEEN_WITHIN
