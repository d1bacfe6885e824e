import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from autonax_support.schema.lengths import at_most

STATES = {
    "receiving": "در حال بارگذاری",
    "checking": "در حال بررسی فایل",
    "done": "بارگذاری شد",
    "refused": "پذیرفته نشد",
}


class Upload(models.Model):
    """A file on its way: `received` of `size` bytes are here."""

    id = models.UUIDField("شناسه", primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name="کاربر")
    draft = models.ForeignKey("tickets.Draft", models.PROTECT, null=True, blank=True, related_name="uploads", verbose_name="پیش‌نویس")
    name = models.CharField("نام فایل", max_length=150)
    size = models.PositiveBigIntegerField("حجم")
    received = models.PositiveBigIntegerField("دریافت‌شده", default=0)
    state = models.CharField("وضعیت", max_length=12, choices=STATES, default="receiving")
    created_at = models.DateTimeField("زمان بارگذاری")

    class Meta:
        verbose_name = "فایل"
        verbose_name_plural = "فایل‌ها"
        constraints = [
            at_most(150, "name", name="upload_name_length"),
            models.CheckConstraint(
                name="upload_received_within_size",
                condition=Q(size__gte=1, received__gte=0, received__lte=F("size")),
                violation_error_message="حجم دریافت‌شده با حجم فایل نمی‌خواند.",
            ),
            models.CheckConstraint(
                name="upload_state_known",
                condition=Q(state__in=list(STATES)),
                violation_error_message="این وضعیت شناخته نیست.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
