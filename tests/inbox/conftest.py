from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from autonax_support.persian.text import KEY_VERSION, search_key
from tests.inbox.scenes import ago
from tickets.models import SearchDoc, Ticket

CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK", "SET LOCAL")


@pytest.fixture
def an_answered_ticket(a_ticket, omid):
    """Filed by Sara an hour ago, answered by Omid half an hour ago; unread by the office."""
    ticket = a_ticket(at=ago(hours=1))
    ticket.answer(by=omid, at=ago(minutes=30), body="تصویر شناسنامه یا کارت ملی پیوست شود")
    return ticket


@pytest.fixture
def many_tickets(sara, technical):
    """One a minute of Sara's office, the newest a minute old; rows only, with their search text."""

    def make(count, **changes):
        now = timezone.now()
        facts = {"office": sara.office, "filed_by": sara, "filed_by_name": sara.full_name, "department": technical, "case_kind": "none"}
        tickets = [
            Ticket(**facts, subject=f"پروانه شماره {place}", **moments(now - timedelta(minutes=place), changes))
            for place in range(1, count + 1)
        ]
        made = Ticket.objects.bulk_create(tickets)
        SearchDoc.objects.bulk_create(
            SearchDoc(ticket=ticket, office=sara.office, key=search_key(ticket.subject), key_version=KEY_VERSION) for ticket in made
        )
        return made

    return make


def moments(at, changes):
    return {"filed_at": at, "last_activity_at": at, "awaiting_support_since": at, "queue_at": at} | changes


@pytest.fixture
def queries_of():
    """A function that tells what one GET asks the database; session and person included, transactions' own words not."""

    def asked(client, address):
        client.get("/help/")  # a session's first request writes when it began
        with CaptureQueriesContext(connection) as captured:
            assert client.get(address).status_code == 200
        return [query["sql"] for query in captured if not query["sql"].startswith(CONTROL)]

    return asked


@pytest.fixture
def numbers_at(at_home):
    """A function that gives the ticket numbers a person sees at an address of the list."""

    def seen(person, address="/inbox/", **parameters):
        response = at_home(person).get(address, parameters)
        assert response.status_code == 200
        return [ticket.pk for ticket in response.context["page"].rows]

    return seen
