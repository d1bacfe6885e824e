from django.db import models
from django.db.models import Q


class Delivery(models.Model):
    """The way of some notices to one person by e-mail or SMS. Claimed by a conditional UPDATE with a lease; never sent in a request."""

    class Channel(models.TextChoices):
        EMAIL = "email", "ایمیل"
        SMS = "sms", "پیامک"

    class State(models.TextChoices):
        QUEUED = "queued", "در صف ارسال"
        SENT = "sent", "فرستاده شد"
        WAITING = "waiting", "در انتظار تلاش دوباره"
        DEAD = "dead", "ارسال ناموفق"

    channel = models.CharField("راه خبررسانی", max_length=5, choices=Channel)
    target = models.CharField("نشانی", max_length=254)
    notices = models.ManyToManyField("notices.Notice", related_name="deliveries", verbose_name="اعلان‌ها")
    ordering_key = models.CharField("کلید ترتیب", max_length=64)
    state = models.CharField("وضعیت", max_length=7, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("تلاش‌ها", default=0)
    run_at = models.DateTimeField("زمان ارسال")
    leased_until = models.DateTimeField("در دست تا", null=True, blank=True)
    leased_by = models.CharField("در دست", max_length=64, blank=True)
    sent_at = models.DateTimeField("زمان فرستادن", null=True, blank=True)

    class Meta:
        verbose_name = "ارسال اعلان"
        verbose_name_plural = "ارسال اعلان‌ها"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None), name="delivery_sent_whole"
            ),
        ]
        indexes = [
            models.Index(fields=["run_at", "id"], name="delivery_due", condition=Q(state__in=["queued", "waiting"])),
            models.Index(fields=["ordering_key", "id"], name="delivery_order", condition=Q(state__in=["queued", "waiting"])),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.pk}"
