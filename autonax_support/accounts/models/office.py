from django.core.validators import RegexValidator
from django.db import models
from django.utils import timezone

from autonax_support.accounts.models.place import City

CODE_DIGITS = r"^[0-9]{1,12}\Z"
CODE_ERROR = "کد دفتر فقط رقم دارد و حداکثر ۱۲ رقم است."


class Office(models.Model):
    city = models.ForeignKey(City, models.PROTECT, related_name="offices", verbose_name="شهر")
    host_issuer = models.CharField(
        "سامانه میزبان",
        max_length=200,
        blank=True,
        default="",
        help_text="نام سامانه‌ای که دفتر از آن می‌آید؛ برای دفترهای ثبت‌شده در همین‌جا خالی است.",
    )
    code = models.CharField("کد دفتر", max_length=12, validators=[RegexValidator(CODE_DIGITS, CODE_ERROR)])
    title = models.CharField("نام دفتر", max_length=200)
    phone = models.CharField("تلفن", max_length=30, blank=True)
    is_active = models.BooleanField("فعال", default=True, help_text="کاربران دفتر غیرفعال نمی‌توانند وارد شوند.")
    created_at = models.DateTimeField("تاریخ ثبت", default=timezone.now, editable=False)

    class Meta:
        verbose_name = "دفتر"
        verbose_name_plural = "دفترها"
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(
                fields=["host_issuer", "code"],
                name="office_code_once_in_its_host",
                violation_error_message="دفتری با این کد پیش‌تر ثبت شده است.",
            ),
            models.CheckConstraint(
                condition=models.Q(code__regex=CODE_DIGITS),
                name="office_code_is_digits",
                violation_error_message=CODE_ERROR,
            ),
        ]

    def __str__(self) -> str:
        return self.title
