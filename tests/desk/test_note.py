from uuid import uuid4

import pytest
from django.utils import timezone

from tests.desk.reading import stored, told
from tickets.models import Audience, Event


@pytest.fixture
def noted(at_desk):
    def note(person, ticket, **fields):
        return at_desk(person, ticket, "change", **({"body": "بین خودمان", "kind": "note", "submission_key": str(uuid4())} | fields))

    return note


def test_a_note_stays_at_the_desk(a_ticket, noted, opened, omid, sina):
    ticket = a_ticket()
    response = noted(omid, ticket)
    assert told(response) == ["یادداشت داخلی ثبت شد."]
    assert stored(ticket).status == "new"
    assert Event.objects.get(verb="note").audience == Audience.DESK
    assert "message--note" in opened(sina, ticket).content.decode()


def test_a_note_never_closes(a_ticket, noted, omid):
    ticket = a_ticket()
    noted(omid, ticket, then="close")
    assert stored(ticket).status == "new"


def test_when_radio_and_button_differ_nothing_goes_to_the_office(a_ticket, noted, omid):
    """Without styles both buttons are seen; whoever presses the note's may have left the radio at «answer»."""
    ticket = a_ticket()
    noted(omid, ticket, kind=["answer", "note"])
    noted(omid, ticket, kind=["note", "answer"])
    assert list(ticket.messages.values_list("kind", flat=True)) == ["filed", "note", "note"]


def test_a_closed_ticket_takes_notes_only(a_ticket, noted, opened, omid):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    page = opened(omid, ticket).content.decode()
    assert 'id="kind-answer"' not in page
    noted(omid, ticket)
    assert ticket.messages.filter(kind="note").count() == 1
