from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autonax_support.persian.calendar import future, long, long_day, numeric_with_time, parse_jalali, past
from autonax_support.persian.forms import parse_moment


def at(text: str) -> datetime:
    return parse_moment(text)


NOW = at("1405/09/02 14:30")  # a Monday
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))

PAST = {
    "1405/09/02 14:30": "همین حالا",
    "1405/09/02 14:29": "۱ دقیقه پیش",
    "1405/09/02 13:31": "۵۹ دقیقه پیش",
    "1405/09/02 13:30": "۱ ساعت پیش",
    "1405/09/02 00:05": "۱۴ ساعت پیش",
    "1405/09/01 23:59": "دیروز ساعت ۲۳:۵۹",
    "1405/09/01 08:05": "دیروز ساعت ۸:۰۵",
    "1405/08/30 14:30": "شنبه ۳۰ آبان، ساعت ۱۴:۳۰",
    "1405/01/01 00:00": "شنبه ۱ فروردین، ساعت ۰:۰۰",
    "1404/12/29 23:59": "جمعه ۲۹ اسفند ۱۴۰۴، ساعت ۲۳:۵۹",
    "1405/09/02 16:00": "امروز ساعت ۱۶:۰۰",
}
FUTURE = {
    "1405/09/02 16:00": "امروز ساعت ۱۶:۰۰",
    "1405/09/03 10:00": "فردا ساعت ۱۰:۰۰",
    "1405/09/07 09:00": "شنبه ۷ آذر، ساعت ۹:۰۰",
    "1406/01/05 09:00": "پنجشنبه ۵ فروردین ۱۴۰۶، ساعت ۹:۰۰",
    "1405/09/01 10:00": "دیروز ساعت ۱۰:۰۰",
}
WEEK = ["شنبه", "یکشنبه", "دوشنبه", "سه‌شنبه", "چهارشنبه", "پنجشنبه", "جمعه"]


@pytest.mark.parametrize(("moment", "words"), PAST.items())
def test_sara_reads_how_long_ago_it_was(moment, words):
    assert past(at(moment), NOW) == words


@pytest.mark.parametrize(("moment", "words"), FUTURE.items())
def test_sara_reads_by_when_she_gets_an_answer(moment, words):
    assert future(at(moment), NOW) == words


def test_half_a_minute_is_now_also_when_the_clocks_differ():
    assert [past(NOW + timedelta(seconds=seconds), NOW) for seconds in (-59, 0, 59)] == ["همین حالا"] * 3


def test_minutes_are_told_across_midnight():
    assert past(at("1405/09/01 23:50"), at("1405/09/02 00:10")) == "۲۰ دقیقه پیش"


def test_the_long_form_names_another_year_only():
    assert long(NOW, NOW) == "دوشنبه ۲ آذر، ساعت ۱۴:۳۰"
    assert long(NOW) == "دوشنبه ۲ آذر ۱۴۰۵، ساعت ۱۴:۳۰"
    assert long(NOW, at("1406/01/01 00:00")) == "دوشنبه ۲ آذر ۱۴۰۵، ساعت ۱۴:۳۰"
    assert long_day(date(2026, 11, 23), NOW) == "دوشنبه ۲ آذر"


def test_columns_have_two_digits_for_month_and_day():
    assert numeric_with_time(at("1405/09/02 09:05")) == "۱۴۰۵/۰۹/۰۲ ساعت ۹:۰۵"


def test_the_week_is_named_from_saturday_on():
    saturday = parse_jalali("1405/09/07")
    names = [long_day(saturday + timedelta(days=number), NOW).split()[0] for number in range(7)]
    assert names == WEEK


@given(MOMENTS, MOMENTS)
@settings(deadline=None)
def test_no_time_is_told_with_ascii_digits(moment, now):
    words = past(moment, now) + future(moment, now)
    assert [letter for letter in words if letter.isascii() and letter.isalnum()] == []
