import uuid

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from autonax_support.schema.lengths import at_most

STATES = {
    "receiving": "در حال بارگذاری",
    "checking": "در حال بررسی فایل",
    "refused": "پذیرفته نشد",
}
REFUSAL_MAX = 500


class Upload(models.Model):
    """A file on its way to a draft: `received` of `size` bytes are here, as `chunks` ([storage key, bytes] in their order).

    What passes the checks becomes the Attachment of the same id, and this row goes.
    """

    id = models.UUIDField("شناسه", primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name="کاربر")
    draft = models.ForeignKey("tickets.Draft", models.PROTECT, related_name="uploads", verbose_name="پیش‌نویس")
    name = models.CharField("نام فایل", max_length=150)
    size = models.PositiveBigIntegerField("حجم")
    received = models.PositiveBigIntegerField("دریافت‌شده", default=0)
    chunks = models.JSONField("تکه‌ها", default=list)
    state = models.CharField("وضعیت", max_length=12, choices=STATES, default="receiving")
    refusal = models.CharField("دلیل نپذیرفتن", max_length=REFUSAL_MAX, blank=True, default="")
    created_at = models.DateTimeField("زمان بارگذاری")
    updated_at = models.DateTimeField("آخرین تکه")

    class Meta:
        verbose_name = "فایل"
        verbose_name_plural = "فایل‌ها"
        indexes = [models.Index(fields=["updated_at"], name="upload_to_sweep")]
        constraints = [
            at_most(150, "name", name="upload_name_length"),
            at_most(REFUSAL_MAX, "refusal", name="upload_refusal_length"),
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
            models.CheckConstraint(
                name="upload_whole_before_check",
                condition=Q(state="receiving") | Q(state="checking", received=F("size")) | Q(state="refused"),
                violation_error_message="فایل پیش از رسیدن کامل بررسی نمی‌شود.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
