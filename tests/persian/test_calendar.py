import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from persiantools.jdatetime import JalaliDate

from autonax_support.persian.calendar import (
    JalaliError,
    day_start,
    from_jalali,
    long,
    month_days,
    numeric,
    numeric_with_time,
    parse_jalali,
    tehran,
    to_jalali,
)

YEARS = range(1300, 1500)
AZAR_2 = date(2026, 11, 23)
INVALID = "تاریخ را به شکل ۱۴۰۵/۰۹/۰۲ وارد کنید."

TYPED = [
    "۱۴۰۵/۰۹/۰۲",
    "1405/09/02",
    "١٤٠٥/٩/٢",
    "1405-09-02",
    "1405.9.2",
    " ۱۴۰۵ / ۹ / ۲ ",
    "\u200f۱۴۰۵/۰۹/۰۲\u200c",
    "\u2068۱۴۰۵/۰۹/۰۲\u2069",
    "14050902",
]
REFUSED = [
    "05/09/02",
    "1405/01/00",
    "1405/9",
    "140592",
    "1405/09/02 10:00",
    "۱۴۰۵/۰۹/²",
    "فردا",
    "",
    "1405/09/\x0002",
    "1" * 200_000,
]


@pytest.mark.parametrize("text", TYPED)
def test_a_date_is_read_however_it_is_typed(text):
    assert parse_jalali(text) == AZAR_2


@pytest.mark.parametrize("text", REFUSED, ids=lambda text: ascii(text[:20]))
def test_what_is_no_jalali_date_is_refused_in_persian(text):
    with pytest.raises(JalaliError) as refusal:
        parse_jalali(text)
    assert str(refusal.value) == INVALID


@pytest.mark.parametrize("text", ["2026-11-23", "2026/11/23", "1299/12/29", "1500/01/01", "0000/00/00"])
def test_a_year_out_of_reach_is_told_the_reach(text):
    with pytest.raises(JalaliError) as refusal:
        parse_jalali(text)
    assert str(refusal.value) == "این سال پذیرفته نمی‌شود؛ سال شمسی را از ۱۳۰۰ تا ۱۴۹۹ وارد کنید."


@pytest.mark.parametrize("text", ["1405/13/01", "1405/00/10", "14059902"])
def test_a_month_that_is_none_is_told_as_a_month(text):
    with pytest.raises(JalaliError) as refusal:
        parse_jalali(text)
    assert str(refusal.value) == "این ماه در تقویم نیست؛ شماره ماه از ۱ تا ۱۲ است."


@pytest.mark.parametrize(("year", "days"), [(1403, 30), (1404, 29), (1405, 29), (1406, 29), (1407, 29), (1408, 30)])
def test_esfand_has_thirty_days_in_leap_years_only(year, days):
    assert month_days(year, 12) == days
    assert parse_jalali(f"{year}/12/{days}") == from_jalali(year + 1, 1, 1) - timedelta(days=1)


@pytest.mark.parametrize("year", [1404, 1405, 1406, 1407])
def test_30_esfand_of_a_common_year_is_refused_with_the_number_of_its_days(year):
    with pytest.raises(JalaliError) as refusal:
        parse_jalali(f"{year}/12/30")
    assert str(refusal.value) == f"این روز در تقویم نیست؛ اسفند سال {numeric(from_jalali(year, 1, 1))[:4]} فقط ۲۹ روز دارد."


def test_31_mehr_is_refused():
    with pytest.raises(JalaliError, match="مهر سال ۱۴۰۵ فقط ۳۰ روز دارد"):
        parse_jalali("1405/07/31")


def test_leap_years_follow_the_33_year_cycle():
    leap = [year for year in YEARS if month_days(year, 12) == 30]
    assert leap == [year for year in YEARS if year % 33 in (1, 5, 9, 13, 17, 22, 26, 30)]


def test_every_day_from_1300_to_1499_agrees_with_a_second_calendar():
    first, last = from_jalali(1300, 1, 1), from_jalali(1499, 12, month_days(1499, 12))
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    other = [JalaliDate(day) for day in days]
    assert [day for day, their in zip(days, other, strict=True) if to_jalali(day) != (their.year, their.month, their.day)] == []


@given(st.dates(date(1921, 3, 21), date(2121, 3, 20)))
@settings(deadline=None)
def test_what_is_shown_is_read_back_as_the_same_day(day):
    assert (parse_jalali(numeric(day)), from_jalali(*to_jalali(day))) == (day, day)


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=80))
@settings(deadline=None)
def test_any_text_is_a_date_within_reach_or_refused(text):
    assert year_or_refusal(text) in {*YEARS, "refused"}


def year_or_refusal(text: str) -> int | str:
    try:
        return to_jalali(parse_jalali(text))[0]
    except JalaliError:
        return "refused"


def test_a_day_ends_at_half_past_eight_in_the_evening_of_utc():
    assert numeric(datetime(2026, 11, 23, 20, 29, 59, tzinfo=UTC)) == "۱۴۰۵/۰۹/۰۲"
    assert numeric(datetime(2026, 11, 23, 20, 30, tzinfo=UTC)) == "۱۴۰۵/۰۹/۰۳"
    assert to_jalali(datetime(2026, 3, 20, 21, 0, tzinfo=UTC)) == (1405, 1, 1)


def test_a_day_starts_at_midnight_of_tehran():
    assert day_start(AZAR_2).astimezone(UTC) == datetime(2026, 11, 22, 20, 30, tzinfo=UTC)
    assert day_start(date(2022, 6, 1)).astimezone(UTC) == datetime(2022, 5, 31, 19, 30, tzinfo=UTC)


def test_tehran_has_no_summer_time_any_more():
    assert tehran(datetime(2026, 7, 1, 12, 0, tzinfo=UTC)).strftime("%H:%M%z") == "15:30+0330"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        numeric_with_time(datetime(2026, 11, 23, 10, 0))


def test_every_thread_speaks_persian():
    moment = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(long, [moment] * 64)) == {"دوشنبه ۲ آذر ۱۴۰۵، ساعت ۱۴:۳۰"}


@pytest.mark.parametrize("locale", ["C", "C.UTF-8", "fa_IR.UTF-8"])
def test_the_locale_of_the_host_changes_nothing_and_warns_of_nothing(locale):
    program = (
        "import sys; from datetime import date; from autonax_support.persian.calendar import from_jalali, long_day;"
        "sys.stdout.buffer.write(long_day(from_jalali(1405, 9, 2)).encode())"
    )
    environment = {"LC_ALL": locale, "PATH": os.environ["PATH"]}
    ran = subprocess.run([sys.executable, "-W", "error", "-c", program], env=environment, capture_output=True, check=True)
    assert (ran.stdout.decode(), ran.stderr) == ("دوشنبه ۲ آذر ۱۴۰۵", b"")
