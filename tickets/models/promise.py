from django.conf import settings
from django.db import models
from django.db.models import F, Q


class Promise(models.Model):
    """One due answer: started, due, answered, kept. A row is closed once `answered` is set and then never changes."""

    class Kind(models.TextChoices):
        FIRST = "first", "نخستین پاسخ"
        NEXT = "next", "پاسخ بعدی"

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="promises", verbose_name="تیکت")
    kind = models.CharField("نوع", max_length=5, choices=Kind)
    department = models.ForeignKey("tickets.Department", models.PROTECT, verbose_name="بخش", related_name="+", db_index=False)
    priority = models.CharField("اولویت", max_length=6)
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="کارشناس", null=True, blank=True)
    minutes = models.PositiveIntegerField("مهلت به دقیقه کاری")
    started = models.DateTimeField("آغاز")
    due = models.DateTimeField("مهلت پاسخ")
    warn_at = models.DateTimeField("هشدار پایان مهلت")
    warned_at = models.DateTimeField("زمان هشدار", null=True, blank=True)
    breached_at = models.DateTimeField("زمان اعلام گذشتن از مهلت", null=True, blank=True)
    answered = models.DateTimeField("زمان پاسخ", null=True, blank=True)
    kept = models.BooleanField("در مهلت", null=True, blank=True)
    business_minutes = models.PositiveIntegerField("دقیقه کاری", null=True, blank=True)

    class Meta:
        verbose_name = "مهلت پاسخ"
        verbose_name_plural = "مهلت‌های پاسخ"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(answered=None), name="one_open_promise"),
            models.CheckConstraint(
                condition=Q(answered=None, kept=None, business_minutes=None)
                | Q(answered__isnull=False, kept__isnull=False, business_minutes__isnull=False),
                name="promise_closed_whole",
            ),
            models.CheckConstraint(condition=Q(started__lte=F("warn_at"), warn_at__lte=F("due")), name="promise_in_order"),
        ]
        indexes = [
            models.Index(fields=["due"], name="promise_to_breach", condition=Q(answered=None, breached_at=None)),
            models.Index(fields=["warn_at"], name="promise_to_warn", condition=Q(answered=None, warned_at=None)),
            models.Index(fields=["department", "id"], name="promise_to_move", condition=Q(answered=None)),
            models.Index(fields=["department", "-answered"], name="promise_settled", condition=Q(answered__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.get_kind_display()}"
