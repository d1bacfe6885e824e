from __future__ import annotations

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import Permission
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q, Value

from autonax_support.accounts.models import Province, Role, User

RESPONSES = ("first_response_normal", "first_response_urgent", "next_response_normal", "next_response_urgent")
MINUTES_MAX = 60_000  # a thousand hours


def without_unit_word(name: str) -> None:
    if name.startswith(("واحد ", "بخش ")):
        raise ValidationError("نام بخش را بدون «واحد» و «بخش» بنویسید.")


class DepartmentQuerySet(models.QuerySet["Department"]):
    def accepting(self) -> DepartmentQuerySet:
        """Departments a clerk may file to, in the order the manager gave them."""
        return self.filter(is_active=True)

    def of_member(self, user: User) -> DepartmentQuerySet:
        return self.filter(members__user=user.pk)

    def open_to(self, user: User) -> DepartmentQuerySet:
        """Those whose tickets this expert may see."""
        return self.all() if user.has_perm("tickets.work_in_all_departments") else self.of_member(user)

    def experts(self) -> models.QuerySet[User]:
        """Those to whom a ticket of one of these may be assigned."""
        members = DepartmentMember.objects.filter(department__in=self.order_by().values("pk"))
        return User.objects.filter(is_active=True, pk__in=members.values("user")).order_by("full_name", "pk")

    def headed_by(self, user: User) -> DepartmentQuerySet:
        return self.filter(members__user=user.pk, members__is_head=True)


class Department(models.Model):
    name = models.CharField("نام", max_length=100, unique=True, validators=[without_unit_word])
    position = models.PositiveSmallIntegerField("ترتیب", default=0)
    province = models.ForeignKey(Province, models.PROTECT, verbose_name="استان", null=True, blank=True)
    is_active = models.BooleanField("تیکت می‌پذیرد", default=True)
    works_on_holidays = models.BooleanField(
        "در تعطیلات رسمی کار می‌کند",
        default=False,
        db_default=False,
        help_text="برای بخش شبانه‌روزی. تعطیلی موردی برای آن هم تعطیل است.",
    )
    # promised answers, in minutes of the department's own working time
    first_response_normal = models.PositiveIntegerField("نخستین پاسخ، عادی", default=480, db_default=480)
    first_response_urgent = models.PositiveIntegerField("نخستین پاسخ، فوری", default=120, db_default=120)
    next_response_normal = models.PositiveIntegerField("پاسخ بعدی، عادی", default=480, db_default=480)
    next_response_urgent = models.PositiveIntegerField("پاسخ بعدی، فوری", default=120, db_default=120)
    warn_percent = models.PositiveSmallIntegerField("هشدار در مانده مهلت", default=20, db_default=20)
    digested_at = models.DateTimeField("زمان آخرین خلاصه", null=True, editable=False)  # until then new tickets have been told of
    calendar_version = models.PositiveBigIntegerField(default=0, db_default=0, editable=False)  # another after every change of hours

    objects = DepartmentQuerySet.as_manager()

    class Meta:
        verbose_name = "بخش"
        verbose_name_plural = "بخش‌ها"
        ordering = ["position", "id"]
        constraints = [
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{response}__range": (1, MINUTES_MAX)}),
                    name=f"department_{response}",
                    violation_error_message="مهلت را از یک دقیقه تا ۱۰۰۰ ساعت کاری بنویسید.",
                )
                for response in RESPONSES
            ),
            models.CheckConstraint(
                condition=Q(warn_percent__range=(0, 90)),
                name="department_warn_percent",
                violation_error_message="درصد هشدار را از ۰ تا ۹۰ بنویسید.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def promised_minutes(self, kind: str, priority: str) -> int:
        """`kind` and `priority` as a Promise has them: first or next, normal or urgent."""
        return getattr(self, f"{kind}_response_{priority}")

    def has_member(self, user: User) -> bool:
        return user.is_staff and self.members.filter(user=user).exists()

    def experts(self) -> models.QuerySet[User]:
        """Those to whom a ticket of this department may be assigned."""
        return User.objects.filter(is_active=True, memberships__department=self).order_by("full_name")

    @staticmethod
    def managers() -> models.QuerySet[User]:
        """Who works in all departments, by a right of their own or of a group."""
        right = {"content_type__app_label": "tickets", "codename": "work_in_all_departments"}
        rights = Permission.objects.filter(**right)
        given = Q(user_permissions__in=rights) | Q(groups__permissions__in=rights)
        return User.objects.filter(given, is_active=True, role=Role.STAFF).distinct()

    def experts_and(self, people: Iterable[int]) -> models.QuerySet[User]:
        """Those, marked `is_expert`, and these by their primary keys, in one query; who is both comes twice."""
        experts, others = self.experts().order_by(), User.objects.filter(pk__in=people)
        both = experts.annotate(is_expert=Value(True)).union(others.annotate(is_expert=Value(False)), all=True)
        return both.order_by("full_name")


class DepartmentMember(models.Model):
    department = models.ForeignKey(Department, models.PROTECT, verbose_name="بخش", related_name="members")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="کارشناس", related_name="memberships")
    is_head = models.BooleanField("سرپرست بخش", default=False)

    class Meta:
        verbose_name = "عضو بخش"
        verbose_name_plural = "اعضای بخش"
        constraints = [
            models.UniqueConstraint(fields=["department", "user"], name="one_membership_per_department"),
        ]

    def __str__(self) -> str:
        return f"{self.user}، {self.department}"

    def clean(self) -> None:
        if self.user_id and not self.user.is_staff:
            raise ValidationError({"user": "عضو بخش باید کارشناس پشتیبانی باشد."})
