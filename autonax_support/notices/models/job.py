from __future__ import annotations

import random
import time
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import F, Q

from autonax_support.persian.text import to_persian_digits
from autonax_support.schema.lengths import at_most

ATTEMPTS_MAX = 10
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=10), timedelta(hours=1)
CANDIDATES = 10
ERROR_MAX = 200
NOTED_EVERY = 1.0  # seconds between two written steps of progress
DUE_WITHIN = timedelta(minutes=5)


class LeaseLost(Exception):
    """Somebody else has this job now; whoever holds it here must stop."""


class JobQuerySet(models.QuerySet["Job"]):
    def due(self, at: datetime) -> JobQuerySet:
        """Waiting, its time has come, and nobody has it in hand."""
        free = Q(leased_until=None) | Q(leased_until__lte=at)
        return self.filter(free, state=Job.State.QUEUED, run_at__lte=at).order_by("run_at", "id")

    def keep_up(self, at: datetime) -> bool:
        """Nothing has been due for long."""
        return not self.due(at - DUE_WITHIN).exists()

    def put_off(self, kind: str, *, until: datetime) -> int:
        """All waiting jobs of this kind: what they need is away, and one of them has found that out."""
        return self.filter(kind=kind, state=Job.State.QUEUED, leased_until=None, run_at__lt=until).update(run_at=until)


class JobManager(models.Manager.from_queryset(JobQuerySet)):
    def enqueue(self, kind: str, payload: dict[str, Any], *, at: datetime, unique_key: str | None = None) -> Job:
        """In the caller's transaction. The same `unique_key` again gives the row that is there already."""
        values = {"kind": kind, "payload": payload, "run_at": at, "created_at": at}
        if unique_key is None:
            return self.create(**values)
        return self.get_or_create(unique_key=unique_key, defaults=values)[0]

    def claim(self, *, by: str, at: datetime, lease: timedelta) -> Job | None:
        """One due job for `by` alone. The UPDATE decides; the lock before it only keeps workers from trying the same row."""
        if not self.due(at).exists():  # an idle worker takes no lock
            return None
        with transaction.atomic():
            candidates = self.due(at).select_for_update(skip_locked=True).values_list("pk", flat=True)
            for pk in list(candidates[:CANDIDATES]):
                taken = self.due(at).order_by().filter(pk=pk)
                if taken.update(leased_until=at + lease, leased_by=by, attempts=F("attempts") + 1):
                    return self.get(pk=pk)
        return None


class Job(models.Model):
    """One piece of background work with progress. `unique_key` keeps the same work from being queued twice.

    Held by whoever stands in `leased_by`, for this attempt: each verb below is an UPDATE that only the holder can make.
    """

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
    error = models.CharField("آخرین خطا", max_length=ERROR_MAX, blank=True, default="", db_default="")
    created_at = models.DateTimeField("زمان ثبت")
    finished_at = models.DateTimeField("زمان پایان", null=True, blank=True)

    objects = JobManager()

    class Meta:
        verbose_name = "کار پس‌زمینه"
        verbose_name_plural = "کارهای پس‌زمینه"
        constraints = [
            at_most(ERROR_MAX, "error", name="job_error_length"),
            models.CheckConstraint(
                condition=Q(state="queued", finished_at=None) | Q(state__in=["done", "dead"], finished_at__isnull=False, leased_by=""),
                name="job_finished_whole",
            ),
        ]
        indexes = [
            models.Index(fields=["run_at", "id"], name="job_due", condition=Q(state="queued")),
            models.Index(fields=["finished_at"], name="job_to_sweep", condition=~Q(state="queued")),
        ]

    def __str__(self) -> str:
        return f"کار {to_persian_digits(self.pk)}"

    def renew(self, *, at: datetime, lease: timedelta) -> bool:
        """False: it is no longer held here."""
        return self._held().update(leased_until=at + lease) == 1

    def progress(self, done: int, total: int | None = None) -> None:
        """Raises LeaseLost when somebody else has the job. Steps that follow quickly on one another are written once a second."""
        now = time.monotonic()
        if now - getattr(self, "_noted", float("-inf")) < NOTED_EVERY and done != total:
            return
        self._noted, self.done, self.total = now, done, total
        if not self._held().update(done=done, total=total):
            raise LeaseLost

    def finish(self, *, at: datetime) -> bool:
        return self._let_go(state=self.State.DONE, finished_at=at, error="")

    def fail(self, error: str, *, at: datetime) -> bool:
        """Tried again after a growing wait, until it has failed ATTEMPTS_MAX times."""
        if self.attempts >= ATTEMPTS_MAX:
            return self._let_go(state=self.State.DEAD, finished_at=at, error=error[:ERROR_MAX])
        return self._let_go(run_at=at + wait_after(self.attempts), error=error[:ERROR_MAX])

    def give_back(self, *, run_at: datetime) -> bool:
        """Nothing was wrong with it: this attempt does not count."""
        return self._let_go(run_at=run_at, attempts=self.attempts - 1)

    def revive(self, *, at: datetime) -> bool:
        """Once more from the first attempt, for one that was given up."""
        dead = Job.objects.filter(pk=self.pk, state=self.State.DEAD)
        return dead.update(state=self.State.QUEUED, finished_at=None, attempts=0, run_at=at) == 1

    def _held(self) -> JobQuerySet:
        return Job.objects.filter(pk=self.pk, state=self.State.QUEUED, leased_by=self.leased_by, attempts=self.attempts)

    def _let_go(self, **outcome: Any) -> bool:
        return self._held().update(leased_until=None, leased_by="", **outcome) == 1


def wait_after(attempts: int) -> timedelta:
    """10 s, 30 s, 90 s … one hour, spread by a fifth so that what failed together does not come back together."""
    wait = min(FIRST_WAIT * 3 ** (attempts - 1), LONGEST_WAIT)
    return wait * random.uniform(0.8, 1.2)  # noqa: S311 # nosec B311 # no secret
