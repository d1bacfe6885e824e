from django.conf import settings
from django.db import models
from django.db.models import Q


class Notice(models.Model):
    """One person, one event: the row behind the bell. Written in the verb's own transaction."""

    class Kind(models.TextChoices):
        ANSWERED = "answered", "پاسخ داده شد"
        TRANSFERRED = "transferred", "ارجاع داده شد"
        DEVELOPED = "developed", "در دست توسعه"
        PROMISE_MOVED = "promise_moved", "موعد تغییر کرد"
        DUE_MOVED = "due_moved", "مهلت پاسخ تغییر کرد"
        CLOSED = "closed", "بسته شد"
        ASSIGNED = "assigned", "واگذار شد"
        REPLIED = "replied", "دفتر پاسخ داد"
        BREACH_NEAR = "breach_near", "مهلت رو به پایان است"
        BREACHED = "breached", "از مهلت گذشت"

    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notices", verbose_name="گیرنده", db_index=False)
    kind = models.CharField("نوع", max_length=20, choices=Kind)
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, null=True, related_name="notices", verbose_name="تیکت")
    event = models.ForeignKey("tickets.Event", models.PROTECT, null=True, related_name="notices", verbose_name="رویداد")
    at = models.DateTimeField("زمان")
    read_at = models.DateTimeField("زمان خواندن", null=True, blank=True)

    class Meta:
        verbose_name = "اعلان"
        verbose_name_plural = "اعلان‌ها"
        constraints = [models.UniqueConstraint(fields=["recipient", "kind", "event"], name="one_notice_per_person_and_event")]
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notice_bell"),
            models.Index(fields=["recipient"], name="notice_unread", condition=Q(read_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} ({self.ticket_id})"
