from django.conf import settings
from django.db import models
from django.db.models import Q

from autonax_support.schema.lengths import at_most
from tickets.limits import REMARK_MAX


class Rating(models.Model):
    """The office's stars for a ticket; expert and department are those of the last answer when it was given."""

    ticket = models.OneToOneField("tickets.Ticket", models.PROTECT, primary_key=True, related_name="rating", verbose_name="تیکت")
    rated_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings", verbose_name="کاربر")
    stars = models.PositiveSmallIntegerField("ستاره")
    remark = models.TextField("توضیح", blank=True)
    expert = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="ratings_received", verbose_name="کارشناس پشتیبانی")
    department = models.ForeignKey("tickets.Department", models.PROTECT, related_name="ratings", verbose_name="بخش")
    at = models.DateTimeField("زمان")

    class Meta:
        verbose_name = "امتیاز"
        verbose_name_plural = "امتیازها"
        constraints = [
            models.CheckConstraint(condition=Q(stars__range=(1, 5)), name="rating_one_to_five_stars"),
            at_most(REMARK_MAX, "remark", name="rating_remark_length"),
        ]
        indexes = [
            models.Index(fields=["department", "-at"], name="rating_department_recent"),
            models.Index(fields=["stars"], name="rating_by_stars"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}: {self.stars}"
