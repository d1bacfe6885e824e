from django.conf import settings
from django.db import models
from django.db.models import Q


class Receipt(models.Model):
    """One person has opened one announcement, and perhaps confirmed a version of it."""

    announcement = models.ForeignKey(
        "announcements.Announcement", models.PROTECT, related_name="receipts", verbose_name="اطلاعیه", db_index=False
    )
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="announcement_receipts", verbose_name="کاربر")
    read_at = models.DateTimeField("زمان خواندن")
    confirmed_at = models.DateTimeField("زمان اعلام آگاهی", null=True, blank=True)
    confirmed_version = models.PositiveIntegerField("نسخه", null=True, blank=True)

    class Meta:
        verbose_name = "رسید خواندن"
        verbose_name_plural = "رسیدهای خواندن"
        constraints = [
            models.UniqueConstraint(fields=["announcement", "user"], name="receipt_once_per_person"),
            models.CheckConstraint(
                # spelled out, since a comparison with NULL alone would let half of the pair pass
                condition=Q(confirmed_at=None, confirmed_version=None)
                | Q(confirmed_at__isnull=False, confirmed_version__isnull=False, confirmed_version__gte=1),
                name="receipt_confirmation_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.announcement_id}: {self.user_id}"
