from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from autonax_support.accounts.models import User
from autonax_support.schema.lengths import at_most
from tickets.limits import UNDO_MINUTES
from tickets.models.event import Event, EventQuerySet
from tickets.verbs.transitions import UNDOABLE

BACK_MAX = 6_000
WORDS = ("reason", "remark")  # of what was asked: they stand in the tickets as soon as they are said


class BatchQuerySet(models.QuerySet["Batch"]):
    def of(self, user: User) -> BatchQuerySet:
        """Whoever asked for it, and nobody else."""
        return self.filter(by=user.pk)


class Batch(models.Model):
    """One verb asked for on many tickets at once. What became of it stands in the Events that carry its key; here is what was refused."""

    class Verb(models.TextChoices):
        ASSIGN = "assign", "واگذاری"
        TRANSFER = "transfer", "ارجاع"
        PRIORITISE = "prioritise", "اولویت"
        DEVELOP = "develop", "در دست توسعه"
        CLOSE = "close", "بستن"

    key = models.UUIDField("کلید", primary_key=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="batches", verbose_name="کارشناس")
    verb = models.CharField("کار", max_length=10, choices=Verb)
    asked = models.JSONField("خواسته", default=dict)
    numbers = models.JSONField("تیکت‌ها", default=list)
    refused = models.JSONField("انجام‌نشده", default=dict)
    back = models.CharField("نمای صف", max_length=BACK_MAX, blank=True)
    at = models.DateTimeField("زمان")
    finished_at = models.DateTimeField("زمان پایان", null=True)
    undo_asked_at = models.DateTimeField("زمان درخواست برگرداندن", null=True)
    undone_at = models.DateTimeField("زمان برگرداندن", null=True)

    objects = BatchQuerySet.as_manager()

    class Meta:
        verbose_name = "کار گروهی"
        verbose_name_plural = "کارهای گروهی"
        constraints = [
            models.CheckConstraint(condition=Q(verb__in=["assign", "transfer", "prioritise", "develop", "close"]), name="batch_verb_known"),
            at_most(BACK_MAX, "back", name="batch_back_length"),
            models.CheckConstraint(
                condition=Q(undo_asked_at=None, undone_at=None) | Q(undo_asked_at__isnull=False, finished_at__isnull=False),
                name="batch_undone_after_its_end",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.key}"

    @property
    def is_running(self) -> bool:
        return self.finished_at is None or (self.undo_asked_at is not None and self.undone_at is None)

    def events(self) -> EventQuerySet:
        """Of its verb, one for each ticket that it changed."""
        return Event.objects.filter(batch=self.pk).exclude(verb="undo")

    def undoings(self) -> EventQuerySet:
        return Event.objects.filter(batch=self.pk, verb="undo")

    def can_be_undone_at(self, at: datetime) -> bool:
        """Whether it is worth asking; of each ticket the verb decides."""
        if self.verb not in UNDOABLE or self.finished_at is None or self.undo_asked_at:
            return False
        return at - self.finished_at <= timedelta(minutes=UNDO_MINUTES)

    def refuse(self, number: int, why: str) -> None:
        self.refused[str(number)] = why
        self.save(update_fields=["refused"])

    def finish(self, at: datetime) -> None:
        """The words that were typed have been said, and go."""
        self.finished_at = at
        self.asked = {name: value for name, value in self.asked.items() if name not in WORDS}
        self.save(update_fields=["finished_at", "asked"])
