"""Form fields for Persian text, numbers and Jalali dates. What is refused is said, never cut."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from autonax_support.persian.calendar import TEHRAN, JalaliError, day_of, numeric, numeric_with_time, parse_jalali
from autonax_support.persian.numbers import grouped
from autonax_support.persian.text import (
    clean_line,
    clean_text,
    is_blank,
    to_ascii_digits,
    to_persian_digits,
    without_invisibles,
)

TOO_LONG = "این متن {count} نویسه است؛ حداکثر {max} نویسه پذیرفته می‌شود. آن را کوتاه کنید."
NOT_DIGITS = "این شماره فقط رقم دارد. حرف، فاصله و خط تیره را بردارید."
WRONG_LENGTH = "این شماره {min} تا {max} رقم است؛ اکنون {count} رقم وارد شده است."
INVALID_MOMENT = "تاریخ و ساعت را به شکل ۱۴۰۵/۰۹/۰۲ ساعت ۱۴:۳۰ وارد کنید."
TYPED_MOMENT = re.compile(r"(.+?)\s*،?\s+(?:ساعت\s*)?(\d{1,2}):(\d\d)", re.ASCII)
TYPED_MAX = 60
INVALID_CLOCK = "ساعت را به شکل ۸:۳۰ وارد کنید؛ پایان روز ۲۴:۰۰ است."
TYPED_CLOCK = re.compile(r"(\d{1,2})(?:\s*[:.]\s*(\d\d))?", re.ASCII)
DAY_MINUTES = 1440


class CleanedField(forms.CharField):
    """Counts the characters itself: the browser would cut a long paste at `maxlength`, silently."""

    default_error_messages = {"too_long": TOO_LONG}
    cleaned: Callable[[str], str]

    def __init__(self, max_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.max_length = max_length

    def to_python(self, value: Any) -> str:
        if value in self.empty_values:
            return self.empty_value
        text = type(self).cleaned(str(value)).strip()
        return self.empty_value if is_blank(text) else text

    def validate(self, value: str) -> None:
        super().validate(value)
        if len(value) > self.max_length:
            message = str(self.error_messages["too_long"])
            counts = {"count": grouped(len(value)), "max": grouped(self.max_length)}
            raise ValidationError(message.format(**counts), code="too_long")


class LineField(CleanedField):
    cleaned = staticmethod(clean_line)


class TextField(CleanedField):
    cleaned = staticmethod(clean_text)
    widget = forms.Textarea


class DigitsInput(forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "ltr", "inputmode": "numeric", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        """What is only to be read stands in Persian digits; what somebody types stays as they typed it."""
        shown = super().format_value(value)
        return to_persian_digits(shown) if shown and self.attrs.get("readonly") else shown


class DigitsField(forms.CharField):
    """An identifier, kept as ASCII digits. The caller words the errors `digits` and `length`."""

    widget = DigitsInput
    default_error_messages = {"digits": NOT_DIGITS, "length": WRONG_LENGTH}

    def __init__(self, min_length: int, max_length: int, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.min_length, self.max_length = min_length, max_length

    def to_python(self, value: Any) -> str:
        return without_invisibles(to_ascii_digits(super().to_python(value)))

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and not (value.isascii() and value.isdigit()):
            raise ValidationError(str(self.error_messages["digits"]), code="digits")
        if value and not self.min_length <= len(value) <= self.max_length:
            counts = {"count": len(value), "min": self.min_length, "max": self.max_length}
            numbers = {name: to_persian_digits(count) for name, count in counts.items()}
            message = str(self.error_messages["length"]).format(**numbers)
            raise ValidationError(message, code="length")


class JalaliDateInput(forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        shape = {"dir": "ltr", "inputmode": "numeric", "placeholder": "۱۴۰۵/۰۹/۰۲"}
        super().__init__({"autocomplete": "off", **shape, **(attrs or {})})


class JalaliDateTimeInput(forms.TextInput):
    # The word between date and time makes this a line of Persian: left to right it would flip.
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        shape = {"dir": "rtl", "placeholder": "۱۴۰۵/۰۹/۰۲ ساعت ۱۰:۰۰"}
        super().__init__({"autocomplete": "off", **shape, **(attrs or {})})


class JalaliField(forms.Field):
    shown: Callable[[Any], str]

    def prepare_value(self, value: Any) -> Any:
        return type(self).shown(value) if isinstance(value, date) else value

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares what is seen: a moment keeps its seconds, the text field never had them."""
        try:
            typed = self.to_python(data)
        except ValidationError:
            return True
        return self.prepare_value(typed) != self.prepare_value(initial)


class JalaliDateField(JalaliField):
    widget = JalaliDateInput
    shown = staticmethod(numeric)

    def to_python(self, value: Any) -> date | None:
        if value in self.empty_values or (isinstance(value, str) and is_blank(value)):
            return None
        if isinstance(value, date):
            return day_of(value)
        try:
            return parse_jalali(str(value))
        except JalaliError as error:
            raise ValidationError(str(error), code="invalid") from error


class JalaliDateTimeField(JalaliField):
    """An aware UTC moment, typed as the day and the clock of Tehran."""

    widget = JalaliDateTimeInput
    shown = staticmethod(numeric_with_time)

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values or (isinstance(value, str) and is_blank(value)):
            return None
        if isinstance(value, datetime):
            return value
        try:
            return parse_moment(str(value))
        except JalaliError as error:
            raise ValidationError(str(error), code="invalid") from error


def parse_moment(text: str) -> datetime:
    if len(text) > TYPED_MAX:
        raise JalaliError(INVALID_MOMENT)
    found = TYPED_MOMENT.fullmatch(to_ascii_digits(without_invisibles(text)))
    if not found or int(found[2]) > 23 or int(found[3]) > 59:
        raise JalaliError(INVALID_MOMENT)
    day = parse_jalali(found[1])
    return datetime.combine(day, time(int(found[2]), int(found[3])), TEHRAN).astimezone(UTC)


class ClockInput(forms.TextInput):
    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"dir": "ltr", "inputmode": "numeric", "autocomplete": "off", "placeholder": "۸:۰۰", "size": 6, **(attrs or {})})


class ClockField(forms.Field):
    """A time of the day as its minutes, typed as «۸», «8:30» or «۲۴:۰۰»."""

    widget = ClockInput

    def prepare_value(self, value: Any) -> Any:
        return shown_clock(value) if isinstance(value, int) else value

    def to_python(self, value: Any) -> int | None:
        if value in self.empty_values or (isinstance(value, str) and is_blank(value)):
            return None
        found = TYPED_CLOCK.fullmatch(to_ascii_digits(without_invisibles(str(value)[:TYPED_MAX])))
        minutes = int(found[1]) * 60 + int(found[2] or 0) if found else DAY_MINUTES + 1
        if minutes > DAY_MINUTES or int(found[2] or 0) > 59:
            raise ValidationError(INVALID_CLOCK, code="invalid")
        return minutes

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(data) != initial
        except ValidationError:
            return True


def shown_clock(minutes: int) -> str:
    return to_persian_digits(f"{minutes // 60}:{minutes % 60:02}")
