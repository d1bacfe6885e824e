from datetime import UTC, date, datetime

import pytest
from django import forms
from hypothesis import given, settings
from hypothesis import strategies as st

from autonax_support.persian.forms import DigitsField, JalaliDateField, JalaliDateTimeField, LineField, TextField

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=200)
TEN_O_CLOCK = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
INVALID_MOMENT = "تاریخ و ساعت را به شکل ۱۴۰۵/۰۹/۰۲ ساعت ۱۴:۳۰ وارد کنید."
WRONG_YEAR = "این سال پذیرفته نمی‌شود؛ سال شمسی را از ۱۳۰۰ تا ۱۴۹۹ وارد کنید."
TRACKING = {
    "digits": "شماره پیگیری فقط رقم دارد. حرف، فاصله و خط تیره را بردارید.",
    "length": "شماره پیگیری ۱۰ تا ۱۶ رقم است؛ اکنون {count} رقم وارد شده است.",
}


class Filing(forms.Form):
    subject = LineField(max_length=200)
    body = TextField(max_length=20_000)
    tracking = DigitsField(min_length=10, max_length=16, required=False, error_messages=TRACKING)
    day = JalaliDateField(required=False)
    at = JalaliDateTimeField(required=False)


def filing(**typed: str) -> Filing:
    return Filing({"subject": "موضوع", "body": "متن", **typed})


def cleaned(name: str, typed: str) -> object:
    form = filing(**{name: typed})
    assert form.errors == {}
    return form.cleaned_data[name]


def error(name: str, typed: str) -> list[str]:
    return filing(**{name: typed}).errors.get(name, [])


def test_a_subject_becomes_one_clean_line():
    assert cleaned("subject", "  خطاي\x00 كد\r\nملی\u202e ") == "خطای کد ملی"


def test_a_body_keeps_its_lines():
    assert cleaned("body", "خط ۱\r\n\r\n  خط ۲\n") == "خط ۱\n\n  خط ۲"


@pytest.mark.parametrize("name", ["subject", "body"])
@pytest.mark.parametrize("typed", ["", "  \n", "\u200c\u200f", "\x00", "\u202e"])
def test_what_cannot_be_seen_counts_as_empty(name, typed):
    assert error(name, typed) == ["این قسمت را پر کنید."]


def test_a_body_of_twenty_thousand_characters_is_taken_although_its_line_ends_are_two():
    assert len(cleaned("body", "خط\r\n" * 6_666 + "خط")) == 20_000


def test_a_body_that_is_too_long_is_refused_with_both_numbers_and_kept():
    form = filing(body="ب" * 20_001)
    assert form.errors["body"] == ["این متن ۲۰٬۰۰۱ نویسه است؛ حداکثر ۲۰٬۰۰۰ نویسه پذیرفته می‌شود. آن را کوتاه کنید."]
    assert form["body"].value() == "ب" * 20_001


def test_the_browser_is_never_told_to_cut_a_text():
    assert ["maxlength" in str(filing()[name]) for name in ("subject", "body", "tracking")] == [False] * 3


@pytest.mark.parametrize("typed", ["۹۹۰۱۰۲۹۴۰۰۰۰۴۰", "٩٩٠١٠٢٩٤٠٠٠٠٤٠", "\u200f 99010294000040\u2069 "])
def test_a_tracking_number_is_kept_as_ascii_digits(typed):
    assert cleaned("tracking", typed) == "99010294000040"


@pytest.mark.parametrize("typed", ["9901-0294-0000-40", "9901 02940000", "کد 990102", "99010294²0", "1" * 10 + "\u0967"])
def test_a_tracking_number_has_digits_only(typed):
    assert error("tracking", typed) == [TRACKING["digits"]]


def test_a_short_tracking_number_is_told_its_length():
    assert error("tracking", "۱۲۳") == ["شماره پیگیری ۱۰ تا ۱۶ رقم است؛ اکنون ۳ رقم وارد شده است."]


def test_an_optional_number_may_be_absent():
    assert cleaned("tracking", " \u200f ") == ""


def test_a_day_is_typed_in_the_jalali_calendar():
    assert cleaned("day", "۱۴۰۵/۰۹/۰۲") == date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["1405-09-02", "۱۴۰۵-۰۹-۰۲"])
def test_a_jalali_day_in_iso_form_is_no_gregorian_day(typed):
    assert cleaned("day", typed) == date(2026, 11, 23)


@pytest.mark.parametrize("typed", ["2026-11-23", "1299/12/29", "1500/01/01"])
def test_a_gregorian_day_is_refused(typed):
    assert error("day", typed) == [WRONG_YEAR]


@pytest.mark.parametrize(
    "typed",
    ["۱۴۰۵/۰۹/۰۲ ساعت ۱۰:۰۰", "1405/9/2 10:00", "١٤٠٥/٠٩/٠٢  ١٠:٠٠", "۱۴۰۵/۰۹/۰۲، ساعت ۱۰:۰۰", "\u200f1405-09-02 ساعت10:00"],
)
def test_a_moment_is_one_text_and_the_clock_of_tehran(typed):
    assert cleaned("at", typed) == TEN_O_CLOCK


@pytest.mark.parametrize("typed", ["۱۴۰۵/۰۹/۰۲", "1405/09/02 24:00", "1405/09/02 10:60", "10:00", "1405/09/02 10", " " * 200_000 + "x"])
def test_half_a_moment_is_refused(typed):
    assert error("at", typed) == [INVALID_MOMENT]


def test_a_moment_of_another_calendar_is_refused():
    assert error("at", "2026-11-23 10:00") == [WRONG_YEAR]


@pytest.mark.parametrize("name", ["day", "at"])
@pytest.mark.parametrize("typed", ["", "  ", "\u200f"])
def test_an_optional_date_may_be_absent(name, typed):
    assert cleaned(name, typed) is None


def test_stored_dates_are_shown_as_they_are_typed():
    form = Filing(initial={"day": date(2026, 11, 23), "at": TEN_O_CLOCK})
    assert [form[name].value() for name in ("day", "at")] == ["۱۴۰۵/۰۹/۰۲", "۱۴۰۵/۰۹/۰۲ ساعت ۱۰:۰۰"]


def test_a_date_that_was_not_touched_has_not_changed():
    initial = {"day": date(2026, 11, 23), "at": TEN_O_CLOCK.replace(second=12)}
    form = Filing({"day": "1405/09/02", "at": "۱۴۰۵/۰۹/۰۲ ساعت ۱۰:۰۰"}, initial=initial)
    assert [name for name in form.changed_data if name in initial] == []


def test_a_date_that_was_emptied_or_broken_has_changed():
    form = Filing({"day": "", "at": "x"}, initial={"day": date(2026, 11, 23), "at": TEN_O_CLOCK})
    assert form.changed_data == ["day", "at"]


@given(st.fixed_dictionaries(dict.fromkeys(["subject", "body", "tracking", "day", "at"], ANY_TEXT)))
@settings(deadline=None)
def test_no_text_breaks_a_field(typed):
    form = Filing(typed)
    form.full_clean()
    assert {name: str(form[name].value()) for name in typed} == typed


@given(st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC)))
@settings(deadline=None)
def test_a_moment_that_is_shown_is_read_back_to_the_minute(moment):
    field = JalaliDateTimeField()
    assert field.has_changed(moment, field.prepare_value(moment)) is False
