from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import address, stored, told
from tickets.models import Event


def test_omid_reopens_to_the_status_before(a_ticket, at_desk, opened, omid):
    ticket = a_ticket()
    opened(omid, ticket)
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    assert "باز کردن دوباره" in opened(omid, ticket).content.decode()
    response = at_desk(omid, ticket, "reopen")
    assert response.url == address(ticket)
    assert told(response) == [f"تیکت {to_persian_digits(ticket.pk)} دوباره باز شد."]
    assert (stored(ticket).status, stored(ticket).reopened_count) == ("read", 1)
    assert Event.objects.get(verb="reopen").actor == omid


def test_an_open_ticket_is_not_reopened(a_ticket, at_desk, omid):
    ticket = a_ticket()
    response = at_desk(omid, ticket, "reopen")
    assert response.url == address(ticket)
    assert told(response) == ["این کار در وضعیت «جدید» ممکن نیست."]
