from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.notices.models import Notice
from tests.notices.telling import deliveries, letter_of, reachable
from tickets.models import Event, Refused, Ticket
from tickets.timeline import timeline


def stored(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def do(verb: str, ticket: Ticket, by, training, at) -> None:
    arguments = {
        "assign": {"to": by},
        "transfer": {"to": training, "reason": "دلیل"},
        "develop": {"promised": timezone.localdate() + timedelta(days=3)},
        "close": {"reason": "solved"},
    }
    getattr(ticket, verb)(by=by, at=at, **arguments[verb])


@pytest.mark.parametrize("verb", ["assign", "transfer", "develop", "close"])
def test_the_doer_takes_it_back(a_ticket, omid, training, verb):
    ticket, at = a_ticket(), timezone.now()
    before = stored(ticket)
    do(verb, ticket, omid, training, at)
    assert ticket.undo(by=omid, at=at + timedelta(minutes=10)) == verb
    now = stored(ticket)
    for column in ("status", "department", "assignee", "promised_at", "awaiting_support_since", "queue_at", "closed_at", "closed_reason"):
        assert getattr(now, column) == getattr(before, column), column
    assert Event.objects.get(verb="undo").after["undone"] == verb


def test_after_ten_minutes_it_stands(a_ticket, omid, training):
    ticket, at = a_ticket(), timezone.now()
    do("close", ticket, omid, training, at)
    with pytest.raises(Refused, match="دیگر برنمی‌گردد"):
        ticket.undo(by=omid, at=at + timedelta(minutes=10, seconds=1))


def test_nobody_else_takes_it_back(a_ticket, omid, sina, training):
    ticket, at = a_ticket(), timezone.now()
    do("close", ticket, omid, training, at)
    with pytest.raises(Refused):
        ticket.undo(by=sina, at=at)


def test_once_something_happened_since_it_stands(a_ticket, omid, sara, training):
    ticket, at = a_ticket(), timezone.now()
    do("close", ticket, omid, training, at)
    ticket.reply(by=sara, at=at, body="هنوز حل نشده")
    with pytest.raises(Refused):
        ticket.undo(by=omid, at=at)
    assert stored(ticket).status == "followed_up"


def test_looking_at_it_is_nothing_that_happened(a_ticket, omid, mina, training):
    ticket, at = a_ticket(), timezone.now()
    do("transfer", ticket, omid, training, at)
    ticket.reveal(by=mina, at=at)
    assert ticket.undo(by=omid, at=at) == "transfer"


def test_an_answer_cannot_be_undone(a_ticket, omid):
    ticket, at = a_ticket(), timezone.now()
    ticket.answer(by=omid, at=at, body="سلام")
    with pytest.raises(Refused):
        ticket.undo(by=omid, at=at)


def test_undoing_twice_is_refused(a_ticket, omid, training):
    ticket, at = a_ticket(), timezone.now()
    do("assign", ticket, omid, training, at)
    ticket.undo(by=omid, at=at)
    with pytest.raises(Refused):
        ticket.undo(by=omid, at=at)


def test_the_doer_still_reaches_what_was_transferred_out_of_sight(a_ticket, omid, sina, training):
    ticket, at = a_ticket(), timezone.now()
    do("transfer", ticket, omid, training, at)
    assert list(Ticket.objects.undoable_by(omid, at)) == [ticket]
    assert list(Ticket.objects.undoable_by(sina, at)) == []
    assert list(Ticket.objects.undoable_by(omid, at + timedelta(minutes=11))) == []


def test_the_office_sees_that_what_it_saw_was_taken_back(a_ticket, omid, sara, training):
    ticket, at = a_ticket(), timezone.now()
    do("transfer", ticket, omid, training, at)
    ticket.undo(by=omid, at=at)
    assert [entry.verb for entry in timeline(ticket, sara)] == ["file", "transfer", "undo"]
    do("assign", ticket, omid, training, at)
    ticket.undo(by=omid, at=at)
    assert [entry.verb for entry in timeline(ticket, sara)] == ["file", "transfer", "undo"]


def test_nobody_is_called_any_more_to_what_was_taken_back(a_ticket, omid, sara, reza, training):
    ticket, at = a_ticket(), timezone.now()
    reachable(sara, email="sara@example.ir")
    for verb in ("close", "transfer", "develop"):
        do(verb, ticket, omid, training, at)
        assert Notice.objects.visible_to(sara).unread().count() == 1
        ticket.undo(by=omid, at=at + timedelta(minutes=1))
        assert Notice.objects.visible_to(sara).unread().count() == 0
    assert [letter_of(delivery, at + timedelta(minutes=2)) for delivery in deliveries()] == [None]
