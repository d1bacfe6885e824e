"""Rules that show only when two things meet."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from tickets.models import Event, Message, Rating, Refused, Ticket


def test_an_expert_whose_ticket_was_transferred_meanwhile_is_told_where_it_is(a_ticket, omid, sina, training):
    ticket = a_ticket()
    stale = Ticket.objects.get(pk=ticket.pk)
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    with pytest.raises(Refused, match="در این فاصله به بخش آموزش ارجاع داده شده است"):
        stale.close(by=omid, at=timezone.now(), reason="solved")
    assert not Event.objects.filter(verb="close").exists()


def test_who_lost_the_department_undoes_nothing_there(a_ticket, omid, training):
    ticket, at = a_ticket(), timezone.now()
    ticket.transfer(by=omid, at=at, to=training, reason="آموزش")
    omid.memberships.all().delete()
    assert list(Ticket.objects.undoable_by(omid, at)) == []


def test_undo_does_not_bring_back_an_expert_who_left(a_ticket, omid, sina, training):
    ticket, at = a_ticket(), timezone.now()
    ticket.assign(by=sina, at=at, to=omid)
    ticket.transfer(by=sina, at=at, to=training, reason="آموزش")
    omid.memberships.all().delete()
    ticket.undo(by=sina, at=at)
    assert Ticket.objects.get(pk=ticket.pk).assignee is None


def test_stars_belong_to_the_department_that_answered(a_ticket, omid, sara, technical, training):
    ticket, at = a_ticket(), timezone.now()
    ticket.answer(by=omid, at=at, body="سلام")
    ticket.transfer(by=omid, at=at, to=training, reason="آموزش")
    ticket.rate(by=sara, at=at, stars=5)
    assert Rating.objects.get().department == technical


def test_a_closed_department_takes_no_ticket(a_ticket, training):
    training.is_active = False
    training.save()
    with pytest.raises(Refused, match="بخش آموزش دیگر تیکت نمی‌پذیرد"):
        a_ticket(department=training)


def test_what_continues_a_ticket_of_a_closed_department_goes_to_an_open_one(a_ticket, sara, omid, technical, training):
    ticket, at = a_ticket(department=training), timezone.now()
    ticket.close(by=sara, at=at, reason="by_office")
    training.is_active = False
    training.save()
    assert ticket.reply(by=sara, at=at + timedelta(days=60), body="باز هم").ticket.department == technical


def test_staff_file_no_tickets(a_ticket, omid):
    with pytest.raises(Refused):
        a_ticket(by=omid)


def test_the_system_closes_nothing_that_waits_for_support(a_ticket):
    with pytest.raises(Refused):
        a_ticket().close(by=None, at=timezone.now(), reason="quiet")


def test_a_reason_is_at_most_1000_characters_long(a_ticket, omid, training):
    ticket = a_ticket()
    ticket.transfer(by=omid, at=timezone.now(), to=training, reason="م" * 1000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(kind="reason").update(body="م" * 1001)
