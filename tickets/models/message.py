from __future__ import annotations

from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.http import Http404

from autonax_support.accounts.models import User
from autonax_support.schema.lengths import at_most
from autonax_support.schema.prepared import Later, Prepared
from tickets.limits import BODY_MAX, REASON_MAX


class MessageQuerySet(models.QuerySet["Message"]):
    def visible_to(self, user: User) -> MessageQuerySet:
        """Messages of visible tickets; notes for experts only."""
        tickets = self.model._meta.get_field("ticket").related_model.objects.visible_to(user)
        messages = self.filter(Exists(tickets.filter(pk=OuterRef("ticket_id"))))
        return messages if user.is_staff else messages.without_notes()

    def without_notes(self) -> MessageQuerySet:
        return self.exclude(kind=Message.Kind.NOTE)


class Message(models.Model):
    """One entry of the thread. The order of a thread is the id, not the clock."""

    class Kind(models.TextChoices):
        FILED = "filed", "متن تیکت"
        REPLY = "reply", "پاسخ کاربر"
        ANSWER = "answer", "پاسخ پشتیبانی"
        NOTE = "note", "یادداشت داخلی"
        REASON = "reason", "دلیل"

    class Side(models.TextChoices):
        OFFICE = "office", "کاربر دفتر"
        SUPPORT = "support", "کارشناس پشتیبانی"
        SYSTEM = "system", "سامانه"

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="messages", verbose_name="تیکت", db_index=False)
    kind = models.CharField("نوع", max_length=6, choices=Kind)
    side = models.CharField("طرف", max_length=7, choices=Side)
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="messages", verbose_name="نویسنده")
    author_name = models.CharField("نام نویسنده", max_length=150, blank=True)
    author_department = models.CharField("بخش نویسنده", max_length=100, blank=True)
    body = models.TextField("متن پیام", blank=True)
    submission_key = models.UUIDField("کلید ارسال", unique=True, null=True, editable=False)
    created_at = models.DateTimeField("زمان")
    erased_at = models.DateTimeField("زمان پاک شدن متن", null=True, editable=False)

    objects = MessageQuerySet.as_manager()

    class Meta:
        verbose_name = "پیام"
        verbose_name_plural = "پیام‌ها"
        ordering = ["id"]
        indexes = [models.Index(fields=["ticket", "id"], name="message_thread")]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(kind="filed"), name="one_filed_message"),
            at_most(BODY_MAX, "body", name="message_body_length"),
            models.CheckConstraint(condition=~Q(kind="reason") | Q(body__length__lte=REASON_MAX), name="message_reason_length"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.get_kind_display()}"

    @staticmethod
    def submitted(key: UUID | None, by: User) -> Message | None:
        """What this submission key already made; somebody else's key is a 404."""
        message = SUBMITTED.first(key=key) if key else None
        if message and message.author_id != by.pk:
            raise Http404
        return message

    @property
    def is_note(self) -> bool:
        return self.kind == self.Kind.NOTE

    @property
    def is_from_support(self) -> bool:
        return self.side == self.Side.SUPPORT


def _submitted(*, key: Later) -> models.QuerySet[Message]:
    return Message.objects.select_related("ticket").filter(submission_key=key)


SUBMITTED = Prepared(_submitted, key=models.UUIDField())
