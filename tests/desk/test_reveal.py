from datetime import timedelta

from django.utils import timezone

from autonax_support.accounts.models import AuditEntry
from tests.desk.reading import address
from tickets.models import Event, Ticket

MASKED, WHOLE = "۸۵۲****۲۷۲", "۸۵۲۰۳۴۲۲۷۲"


def test_omid_reveals_for_himself_only_and_it_is_on_record(a_ticket, at_desk, opened, omid, sina):
    ticket = a_ticket()
    assert at_desk(omid, ticket, "reveal").url == address(ticket)
    assert WHOLE in opened(omid, ticket).content.decode()
    assert MASKED in opened(sina, ticket).content.decode()
    assert (Event.objects.get(verb="reveal").audience, Event.objects.get(verb="reveal").actor) == ("audit", omid)
    entry = AuditEntry.objects.get(verb="reveal")
    assert (entry.actor, entry.address, entry.data) == (omid, "127.0.0.1", {"ticket": ticket.pk})


def test_twice_in_half_an_hour_is_one_record(a_ticket, at_desk, omid):
    ticket = a_ticket()
    at_desk(omid, ticket, "reveal")
    at_desk(omid, ticket, "reveal")
    assert (Event.objects.filter(verb="reveal").count(), AuditEntry.objects.filter(verb="reveal").count()) == (1, 1)


def test_after_half_an_hour_it_is_masked_again(a_ticket, opened, omid):
    ticket = a_ticket()
    Ticket.objects.get(pk=ticket.pk).reveal(by=omid, at=timezone.now() - timedelta(minutes=31))
    assert MASKED in opened(omid, ticket).content.decode()
