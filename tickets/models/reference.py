from django.db import models
from django.db.models import Q

from autonax_support.persian.identity import mask_national_id


class CaseReference(models.Model):
    """A further case or person of a ticket: up to three samples, or the IDs a kind of case needs."""

    class Role(models.TextChoices):
        SAMPLE = "sample", "نمونه پرونده"
        OWNER = "owner", "مالک خودرو"
        BUYER = "buyer", "خریدار"
        SELLER = "seller", "فروشنده"

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="references", verbose_name="تیکت")
    role = models.CharField("نقش", max_length=10, choices=Role)
    position = models.PositiveSmallIntegerField("ردیف", default=1)
    tracking_number = models.CharField("شماره پیگیری", max_length=16, blank=True)
    national_id = models.CharField("شماره ملی", max_length=10, blank=True)

    class Meta:
        verbose_name = "نمونه پرونده"
        verbose_name_plural = "نمونه‌های پرونده"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["ticket", "role", "position"], name="one_reference_per_place"),
            models.CheckConstraint(condition=Q(position__range=(1, 3)), name="reference_position_1_to_3"),
            models.CheckConstraint(condition=~Q(tracking_number="", national_id=""), name="reference_says_something"),
            models.CheckConstraint(condition=Q(tracking_number__regex=r"^([0-9]{10,16})?$"), name="reference_tracking_number_digits"),
            models.CheckConstraint(condition=Q(national_id__regex=r"^([0-9]{10})?$"), name="reference_national_id_digits"),
        ]
        indexes = [
            models.Index(fields=["tracking_number"], name="reference_tracking", condition=~Q(tracking_number="")),
            models.Index(fields=["national_id"], name="reference_national_id", condition=~Q(national_id="")),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.tracking_number or mask_national_id(self.national_id)}"
