from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q

from autonax_support.accounts.models import User

if TYPE_CHECKING:
    from tickets.models.ticket import Ticket


class Source(models.TextChoices):
    WEB = "web", "دفتر"
    DESK = "desk", "میز پشتیبانی"
    LAUNCH = "launch", "ورود از اتوناکس"
    WORKER = "worker", "پردازشگر پس‌زمینه"

    @classmethod
    def of(cls, by: User | None) -> Source:
        if by is None:
            return cls.WORKER
        return cls.DESK if by.is_staff else cls.WEB


class Audience(models.TextChoices):
    OFFICE = "office", "دفتر و پشتیبانی"
    DESK = "desk", "پشتیبانی"
    AUDIT = "audit", "بازبینی"


class EventQuerySet(models.QuerySet["Event"]):
    def visible_to(self, user: User) -> EventQuerySet:
        """Events of visible tickets: clerks see the office's part, experts all but the audit."""
        tickets = self.model._meta.get_field("ticket").related_model.objects.visible_to(user)
        audiences = [Audience.OFFICE, Audience.DESK] if user.is_staff else [Audience.OFFICE]
        return self.filter(Exists(tickets.filter(pk=OuterRef("ticket_id"))), audience__in=audiences)

    def recent(self, verb: str, *, by: User, ticket: Ticket, since: datetime) -> EventQuerySet:
        return self.filter(verb=verb, actor=by.pk, ticket=ticket, at__gt=since)


class Event(models.Model):
    """Append-only history of a ticket. Holds ids and codes only, no free text or name, so that it may stay for ever."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="events", verbose_name="تیکت", db_index=False)
    verb = models.CharField("رویداد", max_length=20)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="events", verbose_name="کاربر", db_index=False
    )
    source = models.CharField("از", max_length=6, choices=Source)
    audience = models.CharField("بینندگان", max_length=6, choices=Audience)
    message = models.ForeignKey("tickets.Message", models.PROTECT, null=True, related_name="events", db_index=False)
    before = models.JSONField("پیش از آن", default=dict)
    after = models.JSONField("پس از آن", default=dict)
    batch = models.UUIDField("دسته", null=True)
    at = models.DateTimeField("زمان")

    objects = EventQuerySet.as_manager()

    class Meta:
        verbose_name = "رویداد"
        verbose_name_plural = "رویدادها"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["ticket", "id"], name="event_thread"),
            models.Index(fields=["actor", "ticket"], name="event_of_person"),  # one expert has hundreds of thousands
            models.Index(fields=["batch"], name="event_batch", condition=Q(batch__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.verb}"

    def can_be_undone_by(self, user: User, at: datetime, *, verbs: frozenset[str], minutes: int) -> bool:
        return self.verb in verbs and self.actor_id == user.pk and at - self.at <= timedelta(minutes=minutes)
