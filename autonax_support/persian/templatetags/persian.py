"""Numbers, dates and people's texts in templates. Anything absent is shown as nothing."""

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.utils import timezone
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString

from autonax_support.persian import calendar, numbers
from autonax_support.persian.excerpts import Piece
from autonax_support.persian.identity import ISOLATED, mask_national_id, veil_national_ids
from autonax_support.persian.paragraphs import paragraphs as paragraphs_of
from autonax_support.persian.text import to_persian_digits

register = template.Library()


@register.filter
def fa(value: object) -> str:
    return "" if value is None else to_persian_digits(value)


@register.filter
def number(value: Any) -> str:
    return numbers.grouped(value) if isinstance(value, int) else fa(value)


@register.filter
def capped(value: Any, most: int) -> str:
    return numbers.capped(value, most) if isinstance(value, int) else fa(value)


@register.filter
def filesize(size: Any) -> str:
    return numbers.file_size(size) if isinstance(size, int) else ""


@register.filter
def masked(national_id: str | None) -> str:
    # Stars between digits flip in a right-to-left line.
    return format_html('<bdi dir="ltr">{}</bdi>', mask_national_id(national_id)) if national_id else ""


@register.filter
def veiled(text: str | None) -> str:
    """For what people typed, wherever it is shown outside its own ticket."""
    return veil_national_ids(text, frame=ISOLATED) if text else ""


@register.filter
def jdate(day: date | datetime | None) -> str:
    return calendar.numeric(day) if isinstance(day, date) else ""


@register.filter
def jdatetime(moment: datetime | None) -> str:
    return calendar.numeric_with_time(moment) if isinstance(moment, datetime) else ""


@register.filter
def iso(moment: datetime | None) -> str:
    """For machines, in Tehran's time."""
    return calendar.tehran(moment).isoformat(timespec="seconds") if isinstance(moment, datetime) else ""


@register.filter
def paragraphs(text: str | None) -> SafeString:
    return paragraphs_of(text or "")


@register.filter
def pieces(of_a_line: Iterable[Piece]) -> SafeString:
    """The line, its hits marked."""
    parts = (f"<mark>{escape(piece.text)}</mark>" if piece.is_hit else escape(piece.text) for piece in of_a_line)
    return SafeString("".join(parts))  # nosec B703 # each is escaped


@register.simple_tag
def moment(at: datetime | None, now: datetime | None = None) -> str:
    return as_time(at, calendar.past(at, now or timezone.now())) if isinstance(at, datetime) else ""


@register.simple_tag
def day(at: date | datetime | None) -> str:
    return as_time(at, calendar.numeric(at)) if isinstance(at, date) else ""


@register.simple_tag
def today(now: datetime | None = None) -> str:
    return calendar.long_day(now or timezone.now())


@lru_cache(maxsize=10_000)  # a list shows the same days again and again
def as_time(at: date | datetime, shown: str) -> SafeString:
    if not isinstance(at, datetime):
        exact, title = at.isoformat(), calendar.long_day(at)
    else:
        exact, title = calendar.tehran(at).isoformat(timespec="seconds"), calendar.long(at)
    return format_html('<time datetime="{}" title="{}">{}</time>', exact, title, shown)
