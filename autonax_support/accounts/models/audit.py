from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import models

from autonax_support.persian.text import to_persian_digits


class AuditVerb(models.TextChoices):
    SIGN_IN = "sign_in", "ورود"
    SIGN_IN_FAILED = "sign_in_failed", "ورود ناموفق"
    SIGN_IN_LOCKED = "sign_in_locked", "بسته شدن ورود"
    LAUNCH_REFUSED = "launch_refused", "ورود ناموفق از اتوناکس"
    SIGN_OUT = "sign_out", "خروج"
    PASSWORD_CHANGED = "password_changed", "تغییر گذرواژه"
    CREATED = "created", "ثبت"
    CHANGED = "changed", "تغییر"
    REVEAL = "reveal", "نمایش شماره ملی"
    SESSIONS_ENDED = "sessions_ended", "بستن نشست‌ها"
    OTP_ON = "otp_on", "فعال‌سازی ورود دومرحله‌ای"
    OTP_OFF = "otp_off", "خاموش کردن ورود دومرحله‌ای"
    OTP_RESET = "otp_reset", "برداشتن ورود دومرحله‌ای"
    OTP_FAILED = "otp_failed", "کد یک‌بارمصرف نادرست"
    OTP_RECOVERY = "otp_recovery", "ورود با کد بازیابی"
    OTP_CODES = "otp_codes", "کدهای بازیابی جدید"
    EXPORTED = "exported", "خروجی اطلاعات شخصی"
    ANONYMISED = "anonymised", "ناشناس‌سازی"
    ERASED = "erased", "پاک‌سازی پس از مدت نگهداری"


class AuditEntry(models.Model):
    """What somebody did to the system. The database refuses UPDATE; old rows go by retention only (migrations 0002, 0005)."""

    verb = models.CharField("رویداد", max_length=40, choices=AuditVerb)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="audit_entries", verbose_name="کاربر"
    )
    address = models.CharField("نشانی شبکه", max_length=64, blank=True)
    at = models.DateTimeField("زمان", db_index=True)
    data = models.JSONField("جزئیات", default=dict, blank=True)

    class Meta:
        verbose_name = "رویداد سامانه"
        verbose_name_plural = "رویدادهای سامانه"

    def __str__(self) -> str:
        return f"{self.get_verb_display()} {to_persian_digits(self.pk)}"

    @classmethod
    def record(cls, verb: str, *, actor: AbstractBaseUser | None, address: str, at: datetime, **data: Any) -> "AuditEntry":
        return cls.objects.create(verb=verb, actor=actor, address=address[:64], at=at, data=data)
