"""Warned before, told after, each once. Eight hours from Wednesday 15: due on Saturday at 15, warned at 13:24."""

import pytest

from autonax_support.notices.models import Notice
from autonax_support.persian.calendar import from_jalali
from autonax_support.work import worker
from tests.cast import a_member, an_expert
from tests.hours import at
from tickets.models import SpecialDay, Ticket
from tickets.watching import _tell, watch_promises
from tickets.working_time import calendar_changed

FILED, NEAR, DUE, LATE = at(1405, 9, 4, 15), at(1405, 9, 7, 13, 30), at(1405, 9, 7, 15), at(1405, 9, 7, 15, 1)


@pytest.fixture
def ticket(working, a_ticket) -> Ticket:
    return a_ticket(at=FILED)


def watched(moment) -> None:
    watch_promises(None, moment)


def told(kind: str) -> set[int]:
    people = list(Notice.objects.filter(kind=kind).values_list("recipient", flat=True))
    assert len(people) == len(set(people))
    return set(people)


def test_nobody_hears_of_what_has_time(ticket, omid, sina):
    watched(at(1405, 9, 7, 13))
    assert Notice.objects.count() == 0


def test_the_assignee_is_warned_once(ticket, omid, sina):
    ticket.assign(by=sina, at=FILED, to=omid)
    Notice.objects.all().delete()
    for moment in (NEAR, NEAR, DUE):
        watched(moment)
    assert (told("breach_near"), told("breached")) == ({omid.pk}, set())
    assert ticket.promises.get().warned_at == NEAR


def test_of_nobodys_ticket_all_experts_of_the_department_are_warned(ticket, omid, sina, mina):
    watched(NEAR)
    assert told("breach_near") == {omid.pk, sina.pk}


def test_of_one_who_has_left_the_department_all_others_are_warned(ticket, omid, sina):
    """Who may not see the ticket any more cannot keep its time."""
    ticket.assign(by=sina, at=FILED, to=omid)
    omid.memberships.all().delete()
    watched(NEAR)
    assert told("breach_near") == {sina.pk}


def test_a_promise_that_moves_while_it_is_looked_at_is_not_told_too_early(ticket, sina):
    """Between reading and telling; it is told at its new time."""
    read = ticket.promises.get()
    ticket.promises.update(due=at(1405, 9, 8, 15), warn_at=at(1405, 9, 8, 13, 24))
    _tell(read, "breached_at", Notice.Kind.BREACHED, LATE)
    _tell(read, "warned_at", Notice.Kind.BREACH_NEAR, LATE)
    assert Notice.objects.count() == 0
    watched(at(1405, 9, 8, 15, 1))
    assert told("breached") == {sina.pk}


def test_the_heads_hear_of_a_breach_once(ticket, omid, sina, mina, working):
    other_head = a_member(an_expert("head2", "سرپرست دوم"), working, is_head=True)
    for moment in (LATE, LATE, at(1405, 9, 8, 9)):
        watched(moment)
    assert (told("breached"), told("breach_near")) == ({sina.pk, other_head.pk}, set())  # too late for a warning


def test_who_has_left_hears_nothing(ticket, sina):
    sina.is_active = False
    sina.save()
    watched(LATE)
    assert told("breached") == set()


def test_what_is_answered_is_watched_no_more(ticket, omid, sina):
    ticket.answer(by=omid, at=FILED, body="سلام")
    Notice.objects.all().delete()
    watched(LATE)
    assert Notice.objects.count() == 0


def test_a_due_time_that_moves_on_is_warned_of_again(ticket, omid, sina, working):
    watched(NEAR)
    SpecialDay.objects.create(day=from_jalali(1405, 9, 7), title="تعطیل")
    calendar_changed()
    Ticket.objects.get(pk=ticket.pk).reschedule(at=NEAR, cause="hours")
    promise = ticket.promises.get()
    assert (promise.warned_at, promise.due) == (None, at(1405, 9, 8, 15))


def test_the_worker_does_it_every_minute(ticket, omid, sina):
    worker(clock=lambda: LATE).run_once()
    assert told("breached") == {sina.pk}
