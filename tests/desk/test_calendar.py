"""The calendar at the desk. A ticket of Wednesday evening is promised for Saturday 16:00; what moves that is asked first."""

import pytest
from django.utils import timezone

from autonax_support.notices.models import Job
from autonax_support.persian.calendar import day_of, from_jalali, to_jalali
from autonax_support.persian.forms import shown_clock
from autonax_support.work import worker
from tests.desk.test_departments import form, inline
from tests.hours import at, give_hours
from tickets.models import Event, Holiday, SpecialDay, Ticket
from tickets.rescheduling import IN_FLIGHT
from tickets.working_time import calendar_changed

HOLIDAYS, SPECIAL, YEAR = "/admin/tickets/holiday/", "/admin/tickets/specialday/", "/admin/tickets/holiday/calendar/"
SATURDAY = {"day": "۱۴۰۵/۰۹/۰۷", "title": "آلودگی هوا", "is_confirmed": "on", "province": "", "source": "", "is_active": "on"}
CLOSURE = {"day": "1405/09/07", "department": "", "begin": "", "end": "", "title": "قطع برق", "is_active": "on"}


@pytest.fixture
def ticket(working, a_ticket) -> Ticket:
    return a_ticket(at=at(1405, 9, 4, 17))


def due(ticket):
    return Ticket.objects.get(pk=ticket.pk).due_at


def test_a_holiday_that_moves_nothing_is_saved_at_once(at_home, kaveh):
    client = at_home(kaveh)
    assert "ثبت شد" in client.post(f"{HOLIDAYS}add/", SATURDAY, follow=True).content.decode()
    assert Holiday.objects.get(day=from_jalali(1405, 9, 7)).title == "آلودگی هوا"


def test_what_is_filed_while_a_holiday_is_saved_is_looked_at_again(at_home, kaveh):
    """It moves nothing now; what comes with the calendar as it was is not stored yet."""
    at_home(kaveh).post(f"{HOLIDAYS}add/", SATURDAY)
    assert Job.objects.filter(kind="reschedule", run_at__gte=timezone.now() + IN_FLIGHT / 2).exists()


def test_one_that_moves_due_times_is_asked_first_and_nothing_is_stored(ticket, at_home, kaveh):
    page = at_home(kaveh).post(f"{HOLIDAYS}add/", SATURDAY)
    assert page.status_code == 200
    text = page.content.decode()
    assert "این تغییر مهلت پاسخ ۱ تیکت را جابه‌جا می‌کند." in text
    assert "ثبت شد" not in text
    assert 'name="title" value="آلودگی هوا"' in text
    assert not Holiday.objects.filter(day=from_jalali(1405, 9, 7)).exists()
    assert not Job.objects.filter(kind="reschedule").exists()
    assert "ثبت شد" not in at_home(kaveh).get(HOLIDAYS).content.decode()


def test_confirmed_it_is_stored_and_the_worker_moves_them(ticket, at_home, kaveh):
    assert at_home(kaveh).post(f"{HOLIDAYS}add/", SATURDAY | {"confirmed": "1"}).status_code == 302
    assert due(ticket) == at(1405, 9, 7, 16)
    worker(clock=timezone.now).run_once()
    assert due(ticket) == at(1405, 9, 8, 16)
    assert Event.objects.get(verb="reschedule").after["cause"] == "holiday"


def test_a_name_alone_moves_nothing(ticket, at_home, kaveh):
    holiday = Holiday.objects.create(day=from_jalali(1405, 9, 7), title="پیشین")
    assert at_home(kaveh).post(f"{HOLIDAYS}{holiday.pk}/change/", SATURDAY).status_code == 302
    assert Holiday.objects.get(pk=holiday.pk).title == "آلودگی هوا"


def test_the_same_day_twice_is_refused(at_home, kaveh):
    Holiday.objects.create(day=from_jalali(1405, 9, 7), title="پیشین")
    page = at_home(kaveh).post(f"{HOLIDAYS}add/", SATURDAY).content.decode()
    assert "برای این روز تعطیلی ثبت شده است؛ همان را تغییر دهید." in page


def test_a_closure_moves_only_its_department(ticket, training, at_home, kaveh):
    assert at_home(kaveh).post(f"{SPECIAL}add/", CLOSURE | {"department": training.pk}).status_code == 302
    page = at_home(kaveh).post(f"{SPECIAL}add/", CLOSURE | {"department": ticket.department_id})
    assert "مهلت پاسخ ۱ تیکت" in page.content.decode()


def test_an_opening_has_hours(ticket, at_home, kaveh):
    thursday = CLOSURE | {"day": "1405/09/05", "begin": "۸", "end": "۱۲:۰۰", "confirmed": "1"}
    assert at_home(kaveh).post(f"{SPECIAL}add/", thursday).status_code == 302
    row = SpecialDay.objects.get()
    assert (row.begin, row.end, row.is_closure) == (480, 720, False)
    worker(clock=timezone.now).run_once()
    assert due(ticket) == at(1405, 9, 7, 12)


@pytest.mark.parametrize(
    ("hours", "said"),
    [
        ({"begin": "8", "end": ""}, "هر دو ساعت را بنویسید، یا برای تعطیلی هر دو را خالی بگذارید."),
        ({"begin": "12", "end": "8"}, "ساعت پایان باید پس از ساعت آغاز باشد."),
        ({"begin": "25", "end": "26"}, "ساعت را به شکل ۸:۳۰ وارد کنید؛ پایان روز ۲۴:۰۰ است."),
    ],
)
def test_half_an_opening_is_refused(at_home, kaveh, hours, said):
    assert said in at_home(kaveh).post(f"{SPECIAL}add/", CLOSURE | hours).content.decode()
    assert not SpecialDay.objects.exists()


def test_the_year_shows_every_day_with_what_it_is(working, at_home, omid):
    SpecialDay.objects.create(day=from_jalali(1405, 9, 8), department=working, title="قطع برق")
    SpecialDay.objects.create(day=from_jalali(1405, 9, 13), begin=480, end=720, title="جبران")
    Holiday.objects.create(day=from_jalali(1405, 9, 9), title="احتمالی", is_confirmed=False)
    page = at_home(omid).get(f"{YEAR}?year=1405&department={working.pk}")
    months = page.context["months"]
    assert ([len(month.days) for month in months], months[8].name) == ([31] * 6 + [30] * 5 + [29], "آذر")
    kinds = {day.number: day.kind for day in months[8].days}
    assert [kinds[number] for number in (4, 5, 6, 8, 9, 13)] == ["work", "rest", "rest", "closure", "forecast", "opening"]
    assert months[0].days[0].kind == "holiday"
    text = page.content.decode()
    for words in ("قطع برق، تعطیل", "جبران، ۸:۰۰ تا ۱۲:۰۰", "(پیش‌بینی‌شده)", "۸:۰۰ تا ۱۶:۰۰"):
        assert words in text


def test_another_department_does_not_see_its_closures(working, training, at_home, omid):
    SpecialDay.objects.create(day=from_jalali(1405, 9, 8), department=working, title="قطع برق")
    assert "قطع برق" not in at_home(omid).get(f"{YEAR}?year=1405&department={training.pk}").content.decode()


def test_the_week_stands_above_the_year(working, at_home, omid):
    give_hours(working, ((480, 720), (780, 1020)), [0])
    page = at_home(omid).get(f"{YEAR}?year=1405&department={working.pk}")
    assert page.context["week"][:2] == [("شنبه", ["۸:۰۰ تا ۱۲:۰۰", "۱۳:۰۰ تا ۱۷:۰۰"]), ("یکشنبه", [])]
    text = page.content.decode()
    assert "<dt>شنبه</dt><dd>۸:۰۰ تا ۱۲:۰۰</dd><dd>۱۳:۰۰ تا ۱۷:۰۰</dd>" in text
    assert "<dt>یکشنبه</dt><dd>تعطیل</dd>" in text
    assert "<dt>تعطیلات رسمی</dt><dd>تعطیل</dd>" in text


def test_a_department_without_hours_is_warned_of(working, at_home, omid):
    warning = "این بخش ساعت کاری ندارد؛ مهلت پاسخ داده نمی‌شود."
    place = f"{YEAR}?year=1405&department={working.pk}"
    assert warning not in at_home(omid).get(place).content.decode()
    give_hours(working, weekdays=())
    assert warning in at_home(omid).get(place).content.decode()


def test_who_works_on_holidays_has_them_as_days_of_work(ticket, at_home, kaveh):
    """Saturday is a holiday already; ticking the box brings the due time back to it, after the same question."""
    Holiday.objects.create(day=from_jalali(1405, 9, 7), title="آلودگی هوا")
    calendar_changed()
    Ticket.objects.get(pk=ticket.pk).reschedule(at=at(1405, 9, 5, 9), cause="holiday")
    place, department = f"/admin/tickets/department/{ticket.department_id}/change/", ticket.department
    spans = [{"id": span.pk, "department": department.pk, **typed(span)} for span in department.work_spans.all()]
    fields = form(department.name, "1") | inline("work_spans-", spans, len(spans)) | {"works_on_holidays": "on"}
    assert "مهلت پاسخ ۱ تیکت" in at_home(kaveh).post(place, fields).content.decode()
    assert at_home(kaveh).post(place, fields | {"confirmed": "1"}).status_code == 302
    worker(clock=timezone.now).run_once()
    assert due(ticket) == at(1405, 9, 7, 16)
    page = at_home(kaveh).get(f"{YEAR}?year=1405&department={department.pk}")
    saturday = page.context["months"][8].days[6]
    assert (saturday.kind, saturday.words) == ("work", "آلودگی هوا، ۸:۰۰ تا ۱۶:۰۰")


def typed(span) -> dict[str, str]:
    return {"weekday": str(span.weekday), "begin": shown_clock(span.begin), "end": shown_clock(span.end)}


@pytest.mark.parametrize("year", ["1299", "1500", "99999", "x", "۱۴۰۵", "²"])
def test_what_is_no_year_shows_this_one(at_home, omid, year):
    shown = at_home(omid).get(YEAR, {"year": year, "department": "x"})
    assert (shown.status_code, shown.context["year"]) == (200, to_jalali(day_of(timezone.now()))[0])


def test_an_office_has_no_such_page(at_home, sara):
    assert at_home(sara).get(YEAR).status_code == 404


def test_a_year_takes_few_queries(working, at_home, omid, django_assert_max_num_queries):
    client = at_home(omid)
    client.get(YEAR)
    with django_assert_max_num_queries(12):
        client.get(YEAR)


def test_experts_look_and_do_not_change(at_home, omid):
    client = at_home(omid)
    assert client.get(f"{HOLIDAYS}add/").status_code == 403
    assert f'href="{HOLIDAYS}add/"' not in client.get(YEAR).content.decode()
