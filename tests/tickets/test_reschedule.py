"""The calendar changes under running promises: filed on a Wednesday evening, promised for Saturday."""

from datetime import timedelta

import pytest

from autonax_support.notices.models import Job, Notice
from autonax_support.persian.calendar import from_jalali
from autonax_support.work import worker
from tests.hours import at, give_hours
from tickets import rescheduling
from tickets.models import Event, Holiday, SpecialDay, Ticket
from tickets.working_time import calendar_changed, hours_of

WEDNESDAY, THURSDAY = at(1405, 9, 4, 17), at(1405, 9, 5, 9)
SATURDAY, SUNDAY = at(1405, 9, 7, 16), at(1405, 9, 8, 16)
DAY = from_jalali(1405, 9, 7)


@pytest.fixture
def ticket(working, a_ticket) -> Ticket:
    return a_ticket(at=WEDNESDAY)


@pytest.fixture
def holiday(ticket):
    """Somebody makes Saturday a holiday."""
    Holiday.objects.create(day=DAY, title="تعطیلی هوا")
    calendar_changed()


def moved(departments=None, cause="holiday") -> Job:
    rescheduling.enqueue(departments, cause=cause, day=DAY, at=THURSDAY)
    worker(clock=lambda: THURSDAY).run_once()
    return Job.objects.filter(kind="reschedule").earliest("run_at")


def stored(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_a_holiday_moves_the_due_time_with_an_event_and_the_office_is_told(ticket, holiday, sara, reza):
    assert stored(ticket).due_at == SATURDAY
    assert rescheduling.would_move(None) == 1
    assert moved().state == "done"
    now = stored(ticket)
    assert (now.due_at, now.queue_at, now.promises.get().due) == (SUNDAY, SUNDAY, SUNDAY)
    event = Event.objects.get(ticket=ticket, verb="reschedule")
    assert (event.before, event.after) == (
        {"due_at": SATURDAY.isoformat()},
        {"due_at": SUNDAY.isoformat(), "cause": "holiday", "day": "2026-11-28"},
    )
    assert (event.actor, event.source, event.audience) == (None, "worker", "office")
    assert set(Notice.objects.filter(kind="due_moved").values_list("recipient", flat=True)) == {sara.pk, reza.pk}
    assert now.last_activity_at == WEDNESDAY


def test_running_twice_moves_and_tells_once(ticket, holiday):
    moved()
    Job.objects.all().delete()
    moved()
    assert Event.objects.filter(ticket=ticket, verb="reschedule").count() == 1


def test_the_job_says_how_many_it_has_moved(ticket, a_ticket, working):
    for _ in range(2):
        a_ticket(department=working, at=WEDNESDAY)
    Holiday.objects.create(day=DAY, title="تعطیلی هوا")
    calendar_changed()
    job = moved()
    assert (job.done, job.total) == (3, 3)


def test_what_is_answered_stays_as_it_was(ticket, omid, holiday):
    ticket.answer(by=omid, at=THURSDAY, body="سلام")
    before = ticket.promises.values().get()
    assert rescheduling.would_move(None) == 0
    moved()
    assert (ticket.promises.values().get(), Event.objects.filter(verb="reschedule").exists()) == (before, False)


def test_what_is_taken_back_runs_on_with_the_calendar_of_now(ticket, omid):
    ticket.close(by=omid, at=THURSDAY, reason="solved")
    Holiday.objects.create(day=DAY, title="تعطیلی هوا")
    calendar_changed()
    moved()
    stored(ticket).undo(by=omid, at=THURSDAY + timedelta(minutes=4))
    now = stored(ticket)
    assert (now.due_at, now.queue_at, now.promises.get().due, now.promises.get().answered) == (SUNDAY, SUNDAY, SUNDAY, None)


def test_only_the_departments_named_are_touched(ticket, holiday, training, a_ticket):
    other = a_ticket(department=give_hours(training), at=WEDNESDAY - timedelta(days=1))
    moved([training])
    assert (stored(ticket).due_at, stored(other).due_at) == (SATURDAY, at(1405, 9, 4, 16))


def test_an_opening_brings_the_due_time_forward(ticket, working):
    SpecialDay.objects.create(day=from_jalali(1405, 9, 5), begin=480, end=960, title="جبران", department=working)
    calendar_changed([working])
    moved([working], cause="opening")
    assert stored(ticket).due_at == at(1405, 9, 5, 16)


def test_hours_that_are_taken_away_take_the_promise_along(ticket, working):
    give_hours(working, weekdays=())
    moved([working], cause="hours")
    now = stored(ticket)
    assert (now.due_at, now.promises.exists(), now.queue_at > SUNDAY + timedelta(days=365)) == (None, False, True)


def test_hours_that_are_given_begin_a_promise_for_what_had_none(technical, a_ticket, sara):
    give_hours(technical, weekdays=())
    ticket = a_ticket(at=WEDNESDAY)
    assert (ticket.due_at, rescheduling.would_move(None)) == (None, 0)
    give_hours(technical, weekdays=range(6))
    assert (rescheduling.would_move([technical]), rescheduling.would_move(None)) == (1, 1)
    moved([technical], cause="hours")
    now = stored(ticket)
    assert (now.due_at, now.promises.get().started, rescheduling.would_move(None)) == (at(1405, 9, 7, 9), THURSDAY, 0)
    assert Notice.objects.filter(kind="due_moved", recipient=sara).exists()


def test_what_was_read_before_the_change_and_stored_after_the_job_moves_too(working, a_ticket):
    """Its form was on the way: whoever files it still knows the calendar as it was."""
    hours_of(working)
    Holiday.objects.create(day=DAY, title="تعطیلی هوا")
    calendar_changed()
    moved()
    ticket = a_ticket(department=working, at=THURSDAY)
    assert ticket.due_at == SATURDAY
    worker(clock=lambda: THURSDAY + rescheduling.IN_FLIGHT).run_once()
    assert stored(ticket).due_at == SUNDAY


def test_a_holiday_of_another_province_moves_nothing(ticket, office_a):
    Holiday.objects.create(day=DAY, title="سوگواری", province=office_a.city.province)
    calendar_changed()
    assert rescheduling.would_move(None) == 0


def test_a_holiday_of_the_departments_own_province_does(ticket, working, office_a):
    working.province = office_a.city.province
    working.save()
    calendar_changed([working])
    Holiday.objects.create(day=DAY, title="سوگواری", province=office_a.city.province)
    calendar_changed()
    assert rescheduling.would_move(None) == 1


def test_the_thread_says_why(ticket, holiday, at_home, sara):
    moved()
    page = at_home(sara).get(f"/inbox/{ticket.pk}/").content.decode()
    assert "مهلت پاسخ از ۱۴۰۵/۰۹/۰۷" in page
    assert "تعطیل رسمی" in page
