from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import address, stored, told
from tickets.models import Event


def test_omid_makes_it_urgent_and_normal_again(a_ticket, at_desk, omid):
    ticket = a_ticket()
    response = at_desk(omid, ticket, "prioritise", priority="urgent")
    assert response.url == address(ticket)
    assert told(response) == [f"اولویت تیکت {to_persian_digits(ticket.pk)}: فوری."]
    assert stored(ticket).priority == "urgent"
    at_desk(omid, ticket, "prioritise", priority="normal")
    assert stored(ticket).priority == "normal"
    assert Event.objects.filter(verb="prioritise").count() == 2


def test_another_priority_is_refused(a_ticket, at_desk, omid):
    ticket = a_ticket()
    assert at_desk(omid, ticket, "prioritise", priority="nuclear").status_code == 200
    assert stored(ticket).priority == "normal"


def test_a_closed_ticket_has_no_more_priority(a_ticket, at_desk, omid):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    assert "این تیکت پیش‌تر بسته شده است." in at_desk(omid, ticket, "prioritise", priority="urgent").content.decode()
    assert stored(ticket).priority == "normal"
