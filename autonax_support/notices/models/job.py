from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models
from django.db.models import Q


class JobManager(models.Manager["Job"]):
    def enqueue(self, kind: str, payload: dict[str, Any], *, at: datetime, unique_key: str | None = None) -> Job:
        """In the caller's transaction. The same `unique_key` again gives the row that is there already."""
        values = {"kind": kind, "payload": payload, "run_at": at, "created_at": at}
        if unique_key is None:
            return self.create(**values)
        return self.get_or_create(unique_key=unique_key, defaults=values)[0]


class Job(models.Model):
    """One piece of background work with progress. `unique_key` keeps the same work from being queued twice."""

    class State(models.TextChoices):
        QUEUED = "queued", "در صف"
        DONE = "done", "انجام شد"
        DEAD = "dead", "ناموفق"

    kind = models.CharField("نوع", max_length=40)
    payload = models.JSONField("داده", default=dict)
    unique_key = models.CharField("کلید یکتا", max_length=120, unique=True, null=True, blank=True)
    state = models.CharField("وضعیت", max_length=6, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("تلاش‌ها", default=0)
    run_at = models.DateTimeField("زمان اجرا")
    leased_until = models.DateTimeField("در دست تا", null=True, blank=True)
    leased_by = models.CharField("در دست", max_length=64, blank=True)
    done = models.PositiveIntegerField("انجام‌شده", default=0)
    total = models.PositiveIntegerField("همه", null=True, blank=True)
    created_at = models.DateTimeField("زمان ثبت")

    objects = JobManager()

    class Meta:
        verbose_name = "کار پس‌زمینه"
        verbose_name_plural = "کارهای پس‌زمینه"
        indexes = [models.Index(fields=["run_at", "id"], name="job_due", condition=Q(state="queued"))]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
