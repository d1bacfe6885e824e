from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from autonax_support.accounts.models import User

READ_KEPT, UNREAD_KEPT = timedelta(days=90), timedelta(days=180)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def visible_to(self, user: User) -> NoticeQuerySet:
        """A person's own. What a notice is about may be out of their sight by now: that is for the `visible_to` of its subject to say."""
        return self.filter(recipient=user.pk)

    def unread(self) -> NoticeQuerySet:
        return self.filter(read_at=None)

    def mark_read(self, at: datetime) -> int:
        """The first reading stays."""
        return self.unread().update(read_at=at)

    def past_their_time(self, at: datetime) -> NoticeQuerySet:
        """Read and older than READ_KEPT, or older than UNREAD_KEPT; none that a delivery is still to carry."""
        old = Q(at__lt=at - UNREAD_KEPT) | Q(at__lt=at - READ_KEPT, read_at__isnull=False)
        on_its_way = models.Exists(
            self.model.deliveries.through.objects.filter(notice=models.OuterRef("pk"), delivery__state__in=["queued", "waiting"])
        )
        return self.filter(old, ~on_its_way, at__lt=at - READ_KEPT)


class Notice(models.Model):
    """One person, one event: the row behind the bell. Written in the verb's own transaction.

    `count` is what the sentence counts: tickets of a digest, days until an answered ticket closes, business minutes left before a breach.
    """

    class Kind(models.TextChoices):
        ANSWERED = "answered", "پاسخ داده شد"
        TRANSFERRED = "transferred", "ارجاع داده شد"
        DEVELOPED = "developed", "در دست توسعه"
        PROMISE_MOVED = "promise_moved", "موعد تغییر کرد"
        DUE_MOVED = "due_moved", "مهلت پاسخ تغییر کرد"
        CLOSED = "closed", "بسته شد"
        CLOSING_SOON = "closing_soon", "به‌زودی بسته می‌شود"
        ANNOUNCED = "announced", "اطلاعیه منتشر شد"
        ASSIGNED = "assigned", "واگذار شد"
        REPLIED = "replied", "دفتر پاسخ داد"
        QUEUE_DIGEST = "queue_digest", "تیکت‌های جدید بدون کارشناس"
        BREACH_NEAR = "breach_near", "مهلت رو به پایان است"
        BREACHED = "breached", "از مهلت گذشت"

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices", verbose_name="گیرنده", db_index=False)
    kind = models.CharField("نوع", max_length=20, choices=Kind)
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, null=True, related_name="notices", verbose_name="تیکت")
    event = models.ForeignKey("tickets.Event", models.PROTECT, null=True, related_name="notices", verbose_name="رویداد")
    announcement = models.ForeignKey(
        "announcements.Announcement", models.PROTECT, null=True, related_name="notices", verbose_name="اطلاعیه", db_index=False
    )
    department = models.ForeignKey(
        "tickets.Department", models.PROTECT, null=True, related_name="notices", verbose_name="بخش", db_index=False
    )
    count = models.PositiveIntegerField("تعداد", null=True)
    at = models.DateTimeField("زمان")
    read_at = models.DateTimeField("زمان خواندن", null=True, blank=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = "اعلان"
        verbose_name_plural = "اعلان‌ها"
        constraints = [
            models.UniqueConstraint(fields=["recipient", "kind", "event"], name="one_notice_per_person_and_event"),
            models.UniqueConstraint(
                # in this order it also tells how far the telling of one announcement has come
                fields=["announcement", "kind", "recipient"],
                name="one_notice_per_person_and_announcement",
                condition=Q(announcement__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=["answered", "transferred", "developed", "promise_moved", "due_moved", "closed", "assigned", "replied"],
                    ticket__isnull=False, event__isnull=False, announcement=None, count=None,
                )
                | Q(kind__in=["breach_near", "breached"], ticket__isnull=False, announcement=None)
                | Q(kind="closing_soon", ticket__isnull=False, announcement=None, count__isnull=False)
                | Q(kind="announced", announcement__isnull=False, ticket=None, event=None, count=None)
                | Q(kind="queue_digest", count__isnull=False, count__gte=1, ticket=None, event=None, announcement=None),
                name="notice_has_its_subject",
            ),
            models.CheckConstraint(
                condition=Q(kind="queue_digest", department__isnull=False) | ~Q(kind="queue_digest") & Q(department=None),
                name="notice_of_a_department",
            ),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_bell"),
            models.Index(fields=["recipient"], name="notice_unread", condition=Q(read_at=None)),
            models.Index(fields=["at"], name="notice_to_sweep"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.ticket_id})"
