"""When a department works: its week, the holidays of the country and of a province, and single days that are otherwise."""

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce

from autonax_support.accounts.models import Province

WEEKDAYS = [(0, "شنبه"), (1, "یکشنبه"), (2, "دوشنبه"), (3, "سه‌شنبه"), (4, "چهارشنبه"), (5, "پنجشنبه"), (6, "جمعه")]
DAY_MINUTES = 1440
HOLIDAY_TWICE = "برای این روز تعطیلی ثبت شده است؛ همان را تغییر دهید."


class WorkSpan(models.Model):
    """Hours on one day of the week, as minutes of the day; several a day where lunch is a gap. 1440 is midnight."""

    department = models.ForeignKey("tickets.Department", models.PROTECT, related_name="work_spans", verbose_name="بخش", db_index=False)
    weekday = models.PositiveSmallIntegerField("روز", choices=WEEKDAYS)
    begin = models.PositiveSmallIntegerField("از ساعت")
    end = models.PositiveSmallIntegerField("تا ساعت")

    class Meta:
        verbose_name = "بازه کاری"
        verbose_name_plural = "ساعت کاری"
        ordering = ["weekday", "begin"]
        constraints = [
            models.UniqueConstraint(fields=["department", "weekday", "begin"], name="one_work_span_at_a_time"),
            models.CheckConstraint(condition=Q(weekday__lte=6), name="work_span_weekday_known"),
            models.CheckConstraint(condition=Q(begin__lt=F("end"), end__lte=DAY_MINUTES), name="work_span_in_order"),
        ]

    def __str__(self) -> str:
        return self.get_weekday_display()


class Holiday(models.Model):
    """An official holiday; a forecast one may still move by a day with the moon."""

    day = models.DateField("تاریخ")
    title = models.CharField("مناسبت", max_length=200)
    is_confirmed = models.BooleanField("قطعی", default=True)
    province = models.ForeignKey(
        Province, models.PROTECT, null=True, blank=True, verbose_name="استان", help_text="خالی: سراسر کشور", related_name="+"
    )
    source = models.CharField("منبع", max_length=100, blank=True)
    is_active = models.BooleanField("برقرار است", default=True)

    class Meta:
        verbose_name = "تعطیل رسمی"
        verbose_name_plural = "تعطیلات رسمی"
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["day"], condition=Q(province=None), name="one_holiday_a_day_in_the_country", violation_error_message=HOLIDAY_TWICE
            ),
            models.UniqueConstraint(
                fields=["day", "province"], name="one_holiday_a_day_in_a_province", violation_error_message=HOLIDAY_TWICE
            ),
        ]

    def __str__(self) -> str:
        return self.title


class SpecialDay(models.Model):
    """A day that is otherwise than the week and the holidays say: closed, or open in these hours. Wins over both."""

    day = models.DateField("تاریخ")
    department = models.ForeignKey(
        "tickets.Department",
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name="بخش",
        help_text="خالی: همه بخش‌ها",
        related_name="special_days",
    )
    begin = models.PositiveSmallIntegerField("از ساعت", null=True, blank=True)
    end = models.PositiveSmallIntegerField("تا ساعت", null=True, blank=True)
    title = models.CharField("دلیل", max_length=200)
    is_active = models.BooleanField("برقرار است", default=True)

    class Meta:
        verbose_name = "تعطیلی یا روز کاری موردی"
        verbose_name_plural = "تعطیلی‌ها و روزهای کاری موردی"
        ordering = ["day", "id"]
        constraints = [
            models.UniqueConstraint(
                Coalesce("department", 0),
                Coalesce("begin", DAY_MINUTES),
                "day",
                name="one_special_day_at_a_time",
                violation_error_message="برای این روز همین مورد ثبت شده است؛ همان را تغییر دهید.",
            ),
            models.CheckConstraint(
                # NULL < 5 is unknown, which a CHECK lets pass
                condition=Q(begin=None, end=None) | Q(begin__isnull=False, end__isnull=False, begin__lt=F("end"), end__lte=DAY_MINUTES),
                name="special_day_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_closure(self) -> bool:
        return self.begin is None
