from collections.abc import Iterable
from contextlib import nullcontext
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.core.validators import RegexValidator
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property

from autonax_support.accounts.models.office import Office


class Role(models.TextChoices):
    CLERK = "clerk", "کاربر دفتر"
    OFFICE_MANAGER = "office_manager", "مدیر دفتر"
    STAFF = "staff", "کارشناس پشتیبانی"


OFFICE_ROLES = [Role.CLERK.value, Role.OFFICE_MANAGER.value]
NAME_TAKEN = "این نام کاربری پیش‌تر ثبت شده است."
ROLE_ERROR = "کاربر دفتر و مدیر دفتر به یک دفتر تعلق دارند و کارشناس پشتیبانی به هیچ دفتری؛ نقش یا دفتر را تغییر دهید."


class UserQuerySet(models.QuerySet["User"]):
    def who_may_sign_in(self) -> "UserQuerySet":
        return self.filter(Q(office=None) | Q(office__is_active=True), is_active=True)

    def named(self, username: str) -> "UserQuerySet":
        """A phone writes Sara where a PC writes sara."""
        return self.alias(folded=Lower("username")).filter(folded=username.lower())


class UserManager(BaseUserManager.from_queryset(UserQuerySet)):
    def create_user(self, username: str, password: str | None = None, **fields) -> "User":
        """Without a password the account has none: its person arrives by launch only."""
        user = self.model(username=self.model.normalize_username(username), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str) -> "User":
        """Sign-in asks here."""
        return self.named(username).get()

    def create_superuser(self, username: str, password: str | None = None, **fields) -> "User":
        return self.create_user(username, password, **{**fields, "role": Role.STAFF, "is_superuser": True})


class User(AbstractBaseUser, PermissionsMixin):
    username = models.CharField(
        "نام کاربری",
        max_length=150,
        unique=True,
        validators=[RegexValidator(r"^[A-Za-z0-9@.+_-]+\Z", "نام کاربری فقط حروف انگلیسی، رقم و نشانه‌های @ . + - _ دارد.")],
        error_messages={"unique": NAME_TAKEN},
    )
    full_name = models.CharField("نام و نام خانوادگی", max_length=150)
    role = models.CharField("نقش", max_length=20, choices=Role, default=Role.CLERK)
    office = models.ForeignKey(
        Office, models.PROTECT, null=True, blank=True, related_name="users", verbose_name="دفتر",
        help_text="برای کاربر دفتر و مدیر دفتر لازم است؛ برای کارشناس پشتیبانی خالی بماند.",
    )  # fmt: skip
    email = models.EmailField("ایمیل", blank=True)
    mobile = models.CharField("موبایل", max_length=20, blank=True)
    # NULL, not "": only then may any number of people have no host
    host_issuer = models.CharField("سامانه میزبان", max_length=200, null=True, blank=True)  # noqa: DJ001
    host_subject = models.CharField("شناسه در سامانه میزبان", max_length=200, null=True, blank=True)  # noqa: DJ001
    is_active = models.BooleanField("فعال", default=True, help_text="حساب غیرفعال نمی‌تواند وارد شود؛ آنچه نوشته است می‌ماند.")
    sessions_ended = models.PositiveIntegerField("دفعات بستن نشست‌ها", default=0, editable=False)
    anonymised_at = models.DateTimeField("زمان ناشناس‌سازی", null=True, blank=True, editable=False)
    date_joined = models.DateTimeField("تاریخ عضویت", default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["full_name"]

    class Meta:
        verbose_name = "کاربر"
        verbose_name_plural = "کاربران"
        constraints = [
            models.UniqueConstraint(Lower("username"), name="user_name_once_in_any_case", violation_error_message=NAME_TAKEN),
            models.UniqueConstraint(
                fields=["host_issuer", "host_subject"],
                name="user_once_in_their_host",
                violation_error_message="این شناسه سامانه میزبان پیش‌تر ثبت شده است.",
            ),
            models.CheckConstraint(
                condition=Q(host_issuer=None, host_subject=None) | Q(host_issuer__isnull=False, host_subject__isnull=False),
                name="user_host_is_whole",
                violation_error_message="سامانه میزبان و شناسه در آن با هم نوشته می‌شود.",
            ),
            models.CheckConstraint(
                condition=Q(role="staff", office=None) | Q(role__in=OFFICE_ROLES, office__isnull=False),
                name="user_role_fits_office",
                violation_error_message=ROLE_ERROR,
            ),
            models.CheckConstraint(
                condition=Q(is_superuser=False) | Q(role="staff"),
                name="user_superuser_is_staff",
                violation_error_message="فقط کارشناس پشتیبانی می‌تواند راهبر سامانه باشد.",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    def save(self, *args: Any, update_fields: Iterable[str] | None = None, **kwargs: Any) -> None:
        """Who goes over to the other side of the counter has no session there that was opened on this one (SECURITY 7.1)."""
        changes_side = (update_fields is None or "role" in update_fields) and self._changes_side()
        with transaction.atomic() if changes_side else nullcontext():
            super().save(*args, update_fields=update_fields, **kwargs)
            if changes_side:
                self.end_sessions()

    def _changes_side(self) -> bool:
        """Asked of the database: what was read with this row may be older than the role that its sessions were opened with."""
        was = None if self._state.adding else User.objects.filter(pk=self.pk).values_list("role", flat=True).first()
        return was is not None and (was == Role.STAFF) != self.is_staff

    @property
    def is_staff(self) -> bool:
        """Django's admin asks for this name."""
        return self.role == Role.STAFF

    @property
    def is_office(self) -> bool:
        return not self.is_staff

    @property
    def may_sign_in(self) -> bool:
        return self.is_active and (self.office is None or self.office.is_active)

    @cached_property
    def second_factor(self) -> int | None:
        """The key of this person's device that makes one-time codes. Who comes with a session brings it along (backends.py)."""
        return self.totpdevice_set.filter(confirmed=True).order_by("pk").values_list("pk", flat=True).first()

    def end_sessions(self) -> None:
        """Every open session of this person ends with its next request."""
        User.objects.filter(pk=self.pk).update(sessions_ended=F("sessions_ended") + 1)
        self.refresh_from_db(fields=["sessions_ended"])

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django compares it on each request; as long as nobody has ended sessions it is Django's own."""
        if not self.sessions_ended:
            return super()._get_session_auth_hash(secret)
        return salted_hmac("accounts.session", f"{self.sessions_ended}:{self.password}", secret=secret, algorithm="sha256").hexdigest()

    def get_full_name(self) -> str:
        return self.full_name

    def get_short_name(self) -> str:
        return self.full_name
