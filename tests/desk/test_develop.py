from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.persian.calendar import day_start, numeric
from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import stored, told
from tickets.models import Event


@pytest.fixture
def in_a_week():
    return timezone.localdate() + timedelta(days=7)


def test_omid_promises_a_day(a_ticket, at_desk, omid, in_a_week):
    ticket = a_ticket()
    response = at_desk(omid, ticket, "develop", promised=numeric(in_a_week))
    number, day = to_persian_digits(ticket.pk), numeric(in_a_week)
    assert told(response) == [f"تیکت {number} در دست توسعه است؛ موعد رفع مشکل {day}."]
    assert (stored(ticket).status, stored(ticket).promised_at) == ("in_development", day_start(in_a_week))
    assert Event.objects.get(verb="develop").audience == "office"


def test_moving_the_day_needs_a_reason(a_ticket, at_desk, opened, omid, in_a_week):
    ticket = a_ticket()
    assert optional(opened(omid, ticket)) is True
    ticket.develop(by=omid, at=timezone.now(), promised=in_a_week)
    assert optional(opened(omid, ticket)) is False
    later = numeric(in_a_week + timedelta(days=1))
    assert at_desk(omid, ticket, "develop", promised=later).context["develop"].errors == {"reason": ["دلیل را بنویسید."]}
    at_desk(omid, ticket, "develop", promised=later, reason="نسخه عقب افتاد")
    assert stored(ticket).promised_at == day_start(in_a_week + timedelta(days=1))


def optional(response) -> bool:
    """Whether the label of the reason says that it may be left out."""
    return '<label class="field__label" for="develop_reason">دلیل <small>اختیاری</small>' in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("۱۴۰۰/۰۱/۰۱", "موعد رفع مشکل باید از امروز به بعد باشد."),
        ("2026-12-24", "این سال پذیرفته نمی‌شود؛ سال شمسی را از ۱۳۰۰ تا ۱۴۹۹ وارد کنید."),
        ("1405/13/01", "این ماه در تقویم نیست؛ شماره ماه از ۱ تا ۱۲ است."),
        ("۲ آذر", "تاریخ را به شکل ۱۴۰۵/۰۹/۰۲ وارد کنید."),
        ("۱۴۰۶/۱۲/۳۰", "این روز در تقویم نیست؛ اسفند سال ۱۴۰۶ فقط ۲۹ روز دارد."),
        ("", "این قسمت را پر کنید."),
    ],
)
def test_a_day_that_cannot_be_is_refused_with_what_was_typed(a_ticket, at_desk, omid, typed, why):
    ticket = a_ticket()
    page = at_desk(omid, ticket, "develop", promised=typed, reason="به نسخه جدید نیاز دارد").content.decode()
    assert why in page
    assert typed in page
    assert "به نسخه جدید نیاز دارد</textarea>" in page
    assert stored(ticket).status == "new"
