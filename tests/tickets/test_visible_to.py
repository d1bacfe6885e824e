"""The one door: who sees which ticket, message, event."""

import pytest
from django.utils import timezone

from tickets.models import Event, Message, Ticket


def test_all_clerks_of_the_office_see_its_tickets_and_neda_does_not(a_ticket, sara, reza, leila, neda):
    ticket = a_ticket()
    for person in (sara, reza, leila):
        assert list(Ticket.objects.visible_to(person)) == [ticket]
    assert list(Ticket.objects.visible_to(neda)) == []


def test_experts_see_their_departments_and_the_manager_all(a_ticket, omid, sina, mina, kaveh):
    ticket = a_ticket()
    assert [list(Ticket.objects.visible_to(person)) for person in (omid, sina, mina, kaveh)] == [[ticket], [ticket], [], [ticket]]


@pytest.mark.parametrize("who", ["sara", "omid", "kaveh"])
def test_an_inactive_account_sees_nothing(a_ticket, sara, omid, kaveh, who):
    ticket = a_ticket()
    person = {"sara": sara, "omid": omid, "kaveh": kaveh}[who]
    person.is_active = False
    person.save()
    assert ticket not in Ticket.objects.visible_to(person)


def test_messages_and_events_follow_their_ticket(a_ticket, omid, mina, sara, neda):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    for rows, count in ((Message, 2), (Event, 2)):
        assert [rows.objects.visible_to(person).count() for person in (sara, omid, neda, mina)] == [count, count, 0, 0]


def test_the_audit_is_in_nobodys_thread(a_ticket, omid, kaveh):
    ticket = a_ticket()
    ticket.reveal(by=omid, at=timezone.now())
    assert Event.objects.visible_to(kaveh).filter(verb="reveal").count() == 0
