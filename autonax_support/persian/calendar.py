"""Jalali dates at the edge: the database keeps aware UTC moments and Gregorian days.

jdatetime does the arithmetic only. Its locale is one per thread, so names and digits are ours.
"""

import re
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from warnings import catch_warnings
from zoneinfo import ZoneInfo

from autonax_support.persian.text import to_ascii_digits, to_persian_digits, without_invisibles

# Where LC_ALL=C it asks for the locale in a deprecated way, already while it is imported.
with catch_warnings(action="ignore", category=DeprecationWarning):
    import jdatetime

MONTHS = ("فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد", "شهریور", "مهر", "آبان", "آذر", "دی", "بهمن", "اسفند")
WEEKDAYS = ("دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه", "شنبه", "یکشنبه")  # as date.weekday()

TEHRAN = ZoneInfo("Asia/Tehran")
FIRST_YEAR, LAST_YEAR = 1300, 1499
TYPED = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*(\d{1,2})|(\d{4})(\d\d)(\d\d)", re.ASCII)
TYPED_MAX = 60

INVALID = "تاریخ را به شکل ۱۴۰۵/۰۹/۰۲ وارد کنید."
NO_SUCH_YEAR = f"این سال پذیرفته نمی‌شود؛ سال شمسی را از {FIRST_YEAR} تا {LAST_YEAR} وارد کنید."
NO_SUCH_MONTH = "این ماه در تقویم نیست؛ شماره ماه از ۱ تا ۱۲ است."
NO_SUCH_DAY = "این روز در تقویم نیست؛ {month} سال {year} فقط {days} روز دارد."
NEAR_DAYS = {-1: "دیروز", 0: "امروز", 1: "فردا"}


class JalaliError(ValueError):
    """Its text is the Persian sentence for the person who typed the date."""


@lru_cache(4096)
def to_jalali(day: date) -> tuple[int, int, int]:
    day = day_of(day)
    # Without a locale it asks the operating system for one.
    jalali = jdatetime.date.fromgregorian(year=day.year, month=day.month, day=day.day, locale="fa_IR")
    return jalali.year, jalali.month, jalali.day


def from_jalali(year: int, month: int, day: int) -> date:
    return jdatetime.date(year, month, day, locale="fa_IR").togregorian()


def month_days(year: int, month: int) -> int:
    next_year, next_month = (year, month + 1) if month < 12 else (year + 1, 1)
    return (from_jalali(next_year, next_month, 1) - from_jalali(year, month, 1)).days


def parse_jalali(text: str) -> date:
    """A day between 1300 and 1499 as people type it; other years are a Gregorian date or a slip."""
    found = TYPED.fullmatch(to_ascii_digits(without_invisibles(text[:TYPED_MAX])))
    if not found or len(text) > TYPED_MAX:
        raise JalaliError(INVALID)
    year, month, day = (int(part) for part in found.groups() if part)
    if why := _what_is_wrong(year, month, day):
        raise JalaliError(to_persian_digits(why))
    return from_jalali(year, month, day)


def _what_is_wrong(year: int, month: int, day: int) -> str | None:
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return NO_SUCH_YEAR
    if not 1 <= month <= 12:
        return NO_SUCH_MONTH
    if day > (days := month_days(year, month)):
        return NO_SUCH_DAY.format(month=MONTHS[month - 1], year=year, days=days)
    return INVALID if day < 1 else None


def tehran(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a moment must be aware")
    return moment.astimezone(TEHRAN)


def day_of(day: date | datetime) -> date:
    return tehran(day).date() if isinstance(day, datetime) else day


def day_start(day: date) -> datetime:
    return datetime.combine(day, time(), TEHRAN)


def numeric(day: date | datetime) -> str:
    year, month, number = to_jalali(day_of(day))
    return to_persian_digits(f"{year:04}/{month:02}/{number:02}")


def numeric_with_time(moment: datetime) -> str:
    return f"{numeric(moment)} ساعت {clock(moment)}"


def clock(moment: datetime) -> str:
    local = tehran(moment)
    return to_persian_digits(f"{local.hour}:{local.minute:02}")


def long_day(day: date | datetime, now: datetime | None = None) -> str:
    """«دوشنبه ۲ آذر», with the year unless it is the year of `now`."""
    day = day_of(day)
    year, month, number = to_jalali(day)
    words = f"{WEEKDAYS[day.weekday()]} {number} {MONTHS[month - 1]}"
    if now is None or to_jalali(day_of(now))[0] != year:
        words += f" {year}"
    return to_persian_digits(words)


def long(moment: datetime, now: datetime | None = None) -> str:
    return f"{long_day(moment, now)}، ساعت {clock(moment)}"


def past(moment: datetime, now: datetime) -> str:
    age = now - moment
    if age <= -timedelta(minutes=1):
        return future(moment, now)
    if age < timedelta(minutes=1):
        return "همین حالا"
    if age < timedelta(hours=1):
        return to_persian_digits(f"{age // timedelta(minutes=1)} دقیقه پیش")
    if day_of(moment) == day_of(now):
        return to_persian_digits(f"{age // timedelta(hours=1)} ساعت پیش")
    return future(moment, now)


def future(moment: datetime, now: datetime) -> str:
    days = (day_of(moment) - day_of(now)).days
    if days in NEAR_DAYS:
        return f"{NEAR_DAYS[days]} ساعت {clock(moment)}"
    return long(moment, now)
