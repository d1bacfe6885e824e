"""Filed on Thursday night, promised for Saturday; a holiday on that Saturday moves it to Sunday, and the clerk sees why."""

from datetime import datetime, time, timedelta

import pytest
from django.utils import timezone

from autonax_support.persian.calendar import TEHRAN, future, numeric, tehran
from autonax_support.work import worker
from tickets.models import Holiday, Ticket


@pytest.fixture
def thursday(db) -> datetime:
    """The night of the next Thursday after which neither Saturday nor Sunday is a holiday."""
    day = tehran(timezone.now()).date()
    while day.weekday() != 3 or Holiday.objects.filter(day__in=[day + timedelta(2), day + timedelta(3)]).exists():
        day += timedelta(1)
    return datetime.combine(day, time(22), TEHRAN)


def closing_time(thursday: datetime, days: int) -> datetime:
    return datetime.combine(thursday.date() + timedelta(days), time(16), TEHRAN)


def test_a_holiday_moves_a_promise_and_the_clerk_sees_why(page_of, working, a_ticket, sara, kaveh, thursday):
    ticket = a_ticket(at=thursday)
    saturday, sunday = closing_time(thursday, 2), closing_time(thursday, 3)
    page = page_of(sara, f"/inbox/{ticket.pk}/")
    assert page.locator(".promise__line").inner_text().startswith(f"مهلت پاسخ: {future(saturday, timezone.now())}")

    desk = page_of(kaveh, "/admin/tickets/holiday/add/")
    desk.get_by_label("تاریخ").fill(numeric(saturday))
    desk.get_by_label("مناسبت").fill("آلودگی هوا")
    desk.get_by_role("button", name="ذخیره", exact=True).click()
    desk.get_by_text("این تغییر مهلت پاسخ ۱ تیکت را جابه‌جا می‌کند.").wait_for()
    assert not Holiday.objects.filter(title="آلودگی هوا").exists()
    desk.get_by_role("button", name="ذخیره و جابه‌جایی مهلت‌ها").click()
    desk.wait_for_url("**/admin/tickets/holiday/")
    worker().run_once()
    assert Ticket.objects.get(pk=ticket.pk).due_at == sunday

    page.reload()
    assert page.locator(".promise__line").inner_text().startswith(f"مهلت پاسخ: {future(sunday, timezone.now())}")
    line = page.locator(".systemline", has_text="تغییر کرد").inner_text()
    assert f"مهلت پاسخ از {numeric(saturday)}" in line
    assert f"به {numeric(sunday)}" in line
    assert f"تعطیل رسمی {numeric(saturday)}" in line


def test_the_form_tells_what_the_chosen_department_promises(page_of, working, training, sara):
    page = page_of(sara, "/tickets/new/")
    offers = page.locator("[data-offers] > *")
    assert [offers.nth(place).is_visible() for place in range(offers.count())] == [False] * 3
    for department in (working, training):
        page.get_by_role("radio", name=department.name).check(force=True)
        shown = [offers.nth(place).inner_text() for place in range(offers.count()) if offers.nth(place).is_visible()]
        assert len(shown) == 1
        assert shown[0].startswith(f"{department.name}: اگر اکنون ثبت کنید، تا ")


def test_without_scripts_every_department_tells_its_own(page_of, working, training, sara):
    page = page_of(sara, "/tickets/new/", java_script_enabled=False)
    offers = page.locator("[data-offers] > *")
    assert [offers.nth(place).is_visible() for place in range(offers.count())] == [True] * 3
