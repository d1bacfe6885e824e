"""However many tickets there are, what is past its time is found by an index, oldest first, and nothing is read from end to end."""

from datetime import timedelta
from time import perf_counter

import pytest
from django.db import connection
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry
from autonax_support.privacy import retention
from tests.privacy.conftest import ago
from tickets.models import Message, Ticket

WHOLE_TABLE = {"postgresql": "Seq Scan on", "sqlite": "SCAN "}
CLOSED = {"status": "closed", "closed_reason": "solved", "awaiting_support_since": None}


def many_closed(ticket, count):
    """A closed ticket a day, each with a message; those closed longer ago than a year were emptied, but for the last twenty."""
    fields = {field.attname: getattr(ticket, field.attname) for field in ticket._meta.concrete_fields if not field.primary_key}
    days = [day % 1000 for day in range(count)]
    erased = {day for day in range(count) if day % 1000 > 385}
    now = timezone.now()
    return Ticket.objects.bulk_create(
        Ticket(**fields | CLOSED | {"closed_at": now - timedelta(days=age), "erased_at": now if turn in erased else None})
        for turn, age in enumerate(days)
    )


def plan_of(rows):
    plan = rows.explain()
    return plan, [line for line in plan.splitlines() if WHOLE_TABLE[connection.vendor] in line]


def test_what_is_past_its_time_is_found_by_an_index(a_ticket):
    many_closed(a_ticket(), 2000)
    AuditEntry.objects.bulk_create(AuditEntry(verb="sign_in", at=ago(days=turn % 1000)) for turn in range(2000))
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    tickets = plan_of(retention.tickets_to_empty(ago(days=365)).order_by("closed_at").values_list("pk")[:100])
    entries = plan_of(retention.entries_to_purge(ago(days=990)).order_by("at").values_list("pk")[:1000])
    assert ("ticket_to_erase" in tickets[0], tickets[1]) == (True, [])
    assert ("accounts_auditentry_at" in entries[0], entries[1]) == (True, [])


@pytest.mark.long
def test_a_night_of_twenty_thousand_tickets_takes_minutes_and_not_hours(a_ticket, sara, settings):
    settings.RETAIN_CLOSED_TEXT_DAYS = settings.RETAIN_ATTACHMENTS_DAYS = 30
    tickets = many_closed(a_ticket(), 20_000)
    Ticket.objects.filter(pk__in=[row.pk for row in tickets]).update(erased_at=None)
    said = {"kind": "reply", "side": "office", "author": sara, "body": "متن", "created_at": timezone.now()}
    Message.objects.bulk_create((Message(ticket=ticket, **said) for ticket in tickets), batch_size=2000)
    began = perf_counter()
    counts = retention.run(timezone.now())
    assert counts["tickets"] > 19_000
    assert perf_counter() - began < 180
