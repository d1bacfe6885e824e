from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce

from autonax_support.accounts.models import User
from autonax_support.schema.lengths import at_most
from tickets.limits import BODY_MAX, CANNED_TITLE_MAX
from tickets.models.department import Department
from tickets.models.ticket import Ticket

TITLE_TWICE = "پاسخ آماده دیگری با این عنوان در همین بخش هست. عنوان دیگری بنویسید."


class CannedReplyQuerySet(models.QuerySet["CannedReply"]):
    def visible_to(self, user: User) -> CannedReplyQuerySet:
        """Experts see what they may send: of their departments and of all. Support managers see what rests, too."""
        if not (user.is_active and user.is_staff):
            return self.none()
        if user.has_perm("tickets.work_in_all_departments"):
            return self.all()
        return self.filter(Q(department=None) | Q(department__in=Department.objects.of_member(user)), is_active=True)

    def kept_by(self, user: User) -> CannedReplyQuerySet:
        """Those this person may change: a head the department's own, whoever configures the desk all of them."""
        if not (user.is_active and user.is_staff):
            return self.none()
        if user.has_perm("tickets.change_cannedreply"):
            return self.all()
        return self.filter(department__in=Department.objects.headed_by(user))

    def fitting(self, ticket: Ticket) -> CannedReplyQuerySet:
        """What the answer box of this ticket offers."""
        return self.filter(Q(department=None) | Q(department=ticket.department_id), is_active=True)


class CannedReply(models.Model):
    department = models.ForeignKey(
        Department,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="بخش",
        help_text="خالی: همه بخش‌ها",
        related_name="canned_replies",
    )
    title = models.CharField("عنوان", max_length=CANNED_TITLE_MAX)
    body = models.TextField("متن پاسخ")
    position = models.PositiveSmallIntegerField("ترتیب", default=0)
    is_active = models.BooleanField("در فهرست پاسخ‌ها می‌آید", default=True)

    objects = CannedReplyQuerySet.as_manager()

    class Meta:
        verbose_name = "پاسخ آماده"
        verbose_name_plural = "پاسخ‌های آماده"
        ordering = ["position", "title", "id"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("department", 0), "title", name="one_canned_reply_of_a_title", violation_error_message=TITLE_TWICE
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(body=""),
                name="canned_reply_given",
                violation_error_message="عنوان و متن پاسخ را بنویسید.",
            ),
            at_most(CANNED_TITLE_MAX, "title", name="canned_reply_title_length", told="عنوان حداکثر ۱۰۰ نویسه است."),
            at_most(BODY_MAX, "body", name="canned_reply_body_length", told="متن پاسخ حداکثر ۲۰٬۰۰۰ نویسه است."),
        ]

    def __str__(self) -> str:
        return self.title
