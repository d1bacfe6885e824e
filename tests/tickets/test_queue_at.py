"""The queue's one sort key."""

from datetime import timedelta

from django.utils import timezone

from tests.hours import give_hours
from tickets.models import Ticket


def queue() -> list[Ticket]:
    return list(Ticket.objects.awaiting_support().order_by("queue_at", "number"))


def test_what_nothing_is_due_for_is_served_in_the_order_it_came(a_ticket, omid, sara, technical):
    give_hours(technical, weekdays=())
    at = timezone.now()
    answered_once, waiting = a_ticket(at=at), a_ticket(at=at + timedelta(minutes=1))
    answered_once.answer(by=omid, at=at + timedelta(minutes=2), body="سلام")
    answered_once.reply(by=sara, at=at + timedelta(minutes=3), body="باز هم")
    assert queue() == [waiting, answered_once]


def test_what_is_due_stands_before_what_is_not(a_ticket, technical, training):
    give_hours(training, weekdays=())
    at = timezone.now()
    a_ticket(at=at, department=training)
    due = a_ticket(at=at + timedelta(minutes=1), department=technical)
    assert queue()[0] == due


def test_in_development_the_promised_date_counts_until_the_office_asks(a_ticket, omid, sara):
    ticket, at = a_ticket(), timezone.now()
    ticket.develop(by=omid, at=at, promised=timezone.localdate() + timedelta(days=3))
    stored = Ticket.objects.get(pk=ticket.pk)
    assert stored.queue_at == stored.promised_at
    ticket.reply(by=sara, at=at, body="چه شد؟")
    assert queue() == [ticket]
