"""What each verb makes of the promise. Technical support works Saturday to Wednesday from 8 to 16 and promises 8 hours, urgent ones 2."""

from datetime import timedelta

import pytest

from tests.hours import at, give_hours
from tickets.models import Event, Promise, Ticket
from tickets.promise import due_from
from tickets.verbs.filing import Case

WEDNESDAY = at(1405, 9, 4, 15)
SUNDAY = at(1405, 9, 8, 15)  # Saturday 8 to 15 and an hour on Wednesday: eight
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ticket(working, a_ticket) -> Ticket:
    return a_ticket(at=WEDNESDAY)


def rows(ticket: Ticket) -> list[tuple]:
    return list(ticket.promises.values_list("kind", "started", "due", "answered", "kept", "business_minutes"))


def due(ticket: Ticket):
    return Ticket.objects.get(pk=ticket.pk).due_at


def test_filing_promises_a_first_answer(ticket, working):
    assert rows(ticket) == [("first", WEDNESDAY, at(1405, 9, 7, 15), None, None, None)]
    now = Ticket.objects.get(pk=ticket.pk)
    assert (now.due_at, now.queue_at) == (at(1405, 9, 7, 15), at(1405, 9, 7, 15))
    promise = ticket.promises.get()
    assert (promise.department, promise.priority) == (working, "normal")
    assert promise.warn_at == at(1405, 9, 7, 13, 24)  # a fifth of the eight hours is left


def test_without_hours_nothing_is_promised(a_ticket, technical):
    give_hours(technical, weekdays=())
    ticket = a_ticket(at=WEDNESDAY)
    assert (rows(ticket), due(ticket)) == ([], None)


def test_an_answer_in_time_keeps_it(ticket, omid):
    ticket.answer(by=omid, at=at(1405, 9, 7, 9), body="سلام")
    assert rows(ticket) == [("first", WEDNESDAY, at(1405, 9, 7, 15), at(1405, 9, 7, 9), True, 120)]
    assert (due(ticket), ticket.promises.get().expert) == (None, omid)


def test_an_answer_at_the_last_moment_keeps_it_and_a_minute_later_does_not(working, a_ticket, omid):
    for late, kept in ((timedelta(), True), (timedelta(minutes=1), False)):
        ticket = a_ticket(at=WEDNESDAY)
        ticket.answer(by=omid, at=at(1405, 9, 7, 15) + late, body="سلام")
        assert ticket.promises.get().kept is kept


def test_a_second_answer_settles_nothing(ticket, omid):
    ticket.answer(by=omid, at=at(1405, 9, 7, 9), body="سلام")
    ticket.answer(by=omid, at=at(1405, 9, 7, 10), body="و این")
    assert len(rows(ticket)) == 1


def test_a_reply_to_an_answer_promises_the_next(ticket, omid, sara, working):
    working.next_response_normal = 60
    working.save()
    ticket.answer(by=omid, at=at(1405, 9, 7, 9), body="سلام")
    Ticket.objects.get(pk=ticket.pk).reply(by=sara, at=at(1405, 9, 7, 10), body="نشد")
    assert rows(ticket)[1:] == [("next", at(1405, 9, 7, 10), at(1405, 9, 7, 11), None, None, None)]


def test_a_reply_while_support_owes_an_answer_moves_nothing(ticket, sara):
    ticket.reply(by=sara, at=WEDNESDAY + HOUR, body="نکته‌ای دیگر")
    assert (len(rows(ticket)), due(ticket)) == (1, at(1405, 9, 7, 15))


def test_a_note_and_reading_settle_nothing(ticket, omid):
    ticket.read(by=omid, at=WEDNESDAY + HOUR)
    ticket.note(by=omid, at=WEDNESDAY + HOUR, body="بررسی شود")
    assert rows(ticket)[0][3] is None


def test_a_transfer_takes_the_times_of_the_other_department(ticket, omid, training):
    give_hours(training)
    training.first_response_normal = 120
    training.save()
    ticket.transfer(by=omid, at=WEDNESDAY + HOUR, to=training, reason="آموزشی است")
    assert (due(ticket), ticket.promises.get().department) == (at(1405, 9, 7, 9), training)
    event = Event.objects.get(ticket=ticket, verb="transfer")
    assert (event.before["due_at"], event.after["due_at"]) == (at(1405, 9, 7, 15).isoformat(), at(1405, 9, 7, 9).isoformat())


def test_a_transfer_to_a_department_without_hours_promises_nothing_any_more(ticket, omid, training):
    give_hours(training, weekdays=())
    ticket.transfer(by=omid, at=WEDNESDAY + HOUR, to=training, reason="آموزشی است")
    assert (rows(ticket), due(ticket)) == ([], None)


def test_a_transfer_from_one_without_hours_begins_there(a_ticket, mina, training, working):
    give_hours(training, weekdays=())
    ticket = a_ticket(department=training, at=WEDNESDAY - DAY)
    ticket.transfer(by=mina, at=WEDNESDAY, to=working, reason="فنی است")
    assert rows(ticket) == [("first", WEDNESDAY, at(1405, 9, 7, 15), None, None, None)]


def test_other_times_are_for_new_tickets_only(ticket, omid, working, a_ticket):
    working.first_response_normal = 60
    working.save()
    Ticket.objects.get(pk=ticket.pk).reschedule(at=WEDNESDAY + HOUR, cause="hours")
    assert (due(ticket), due(a_ticket(at=WEDNESDAY))) == (at(1405, 9, 7, 15), at(1405, 9, 4, 16))


def test_urgency_counts_from_the_beginning(ticket, omid):
    ticket.prioritise(by=omid, at=WEDNESDAY + HOUR, priority="urgent")
    assert (due(ticket), ticket.promises.get().priority) == (at(1405, 9, 7, 9), "urgent")


def test_development_is_an_answer_and_a_reply_runs_beside_its_date(ticket, omid, sara):
    ticket.develop(by=omid, at=at(1405, 9, 7, 9), promised=at(1405, 10, 1, 0).date() + DAY)
    assert (rows(ticket)[0][4], due(ticket)) == (True, None)
    asked = Ticket.objects.get(pk=ticket.pk)
    asked.reply(by=sara, at=at(1405, 9, 7, 10), body="چه شد؟")
    now = Ticket.objects.get(pk=ticket.pk)
    assert (now.status, now.due_at, now.promised_at is None) == ("in_development", at(1405, 9, 8, 10), False)
    now.answer(by=omid, at=at(1405, 9, 8, 9), body="در دست کار است")
    assert [row[4] for row in rows(ticket)] == [True, True]


def test_closing_with_a_reason_is_an_answer(ticket, omid):
    ticket.close(by=omid, at=at(1405, 9, 8, 9), reason="solved")
    assert (rows(ticket)[0][4], due(ticket)) == (False, None)


def test_an_office_that_closes_in_time_was_promised_nothing(ticket, sara):
    ticket.close(by=sara, at=at(1405, 9, 7, 9), reason="by_office")
    assert rows(ticket) == []


def test_an_office_that_closes_too_late_has_waited_too_long(ticket, sara):
    ticket.close(by=sara, at=at(1405, 9, 8, 9), reason="by_office")
    assert (ticket.promises.get().kept, ticket.promises.get().expert) == (False, None)


def test_opening_again_begins_anew(ticket, omid, sina):
    ticket.close(by=omid, at=at(1405, 9, 7, 9), reason="solved")
    Ticket.objects.get(pk=ticket.pk).reopen(by=omid, at=at(1405, 9, 8, 9))
    assert [row[:2] for row in rows(ticket)] == [("first", WEDNESDAY), ("first", at(1405, 9, 8, 9))]
    assert due(ticket) == at(1405, 9, 9, 9)


def test_a_reply_that_opens_a_closed_ticket_begins_the_next(ticket, omid, sara):
    ticket.answer(by=omid, at=at(1405, 9, 7, 9), body="سلام")
    Ticket.objects.get(pk=ticket.pk).close(by=omid, at=at(1405, 9, 7, 10), reason="solved")
    Ticket.objects.get(pk=ticket.pk).reply(by=sara, at=at(1405, 9, 8, 9), body="دوباره شد")
    assert [row[0] for row in rows(ticket)] == ["first", "next"]


@pytest.mark.parametrize("verb", ["develop", "close"])
def test_undoing_takes_the_settlement_back(ticket, omid, verb):
    given = {"develop": {"promised": at(1405, 10, 2, 0).date()}, "close": {"reason": "solved"}}[verb]
    before = rows(ticket)
    getattr(ticket, verb)(by=omid, at=at(1405, 9, 7, 9), **given)
    Ticket.objects.get(pk=ticket.pk).undo(by=omid, at=at(1405, 9, 7, 9, 5))
    assert (rows(ticket), due(ticket)) == (before, at(1405, 9, 7, 15))


def test_undoing_a_transfer_takes_the_former_times_back(ticket, omid, training):
    give_hours(training, spans=((600, 660),))
    before = rows(ticket)
    ticket.transfer(by=omid, at=at(1405, 9, 7, 9), to=training, reason="آموزشی است")
    assert rows(ticket) != before
    Ticket.objects.get(pk=ticket.pk).undo(by=omid, at=at(1405, 9, 7, 9, 5))
    assert (rows(ticket), due(ticket)) == (before, at(1405, 9, 7, 15))


def test_what_continues_an_old_ticket_is_promised_its_own_answer(ticket, omid, sara, settings):
    ticket.close(by=omid, at=at(1405, 9, 7, 9), reason="solved")
    later = at(1405, 9, 7, 9) + timedelta(days=settings.REOPEN_DAYS + 1)
    message = Ticket.objects.get(pk=ticket.pk).reply(by=sara, at=later, body="دوباره شد")
    assert message.ticket.promises.get().started == later


def test_the_case_of_a_ticket_changes_no_promise(working, a_ticket):
    assert a_ticket(at=WEDNESDAY, case=Case()).promises.get().due == at(1405, 9, 7, 15)


def test_only_one_promise_runs(ticket, working):
    with pytest.raises(Exception, match="one_open_promise|UNIQUE"):
        Promise.objects.create(ticket=ticket, kind="next", department=working, minutes=1, started=SUNDAY, warn_at=SUNDAY, due=SUNDAY)


def test_a_due_time_costs_no_query_once_the_hours_are_known(working, django_assert_num_queries):
    due_from(working, 480, WEDNESDAY)
    with django_assert_num_queries(0):
        assert due_from(working, 120, WEDNESDAY).at == at(1405, 9, 7, 9)
