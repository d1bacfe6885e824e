import pytest

from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import address, stored, told
from tickets.models import Event


def test_omid_takes_a_ticket(a_ticket, at_desk, omid):
    ticket = a_ticket()
    response = at_desk(omid, ticket, "assign", assignee=omid.pk)
    assert response.url == address(ticket)
    assert told(response) == [f"تیکت {to_persian_digits(ticket.pk)} به امید رستمی واگذار شد."]
    assert (stored(ticket).assignee, Event.objects.get(verb="assign").audience) == (omid, "desk")


def test_sina_gives_it_to_omid_and_takes_it_back(a_ticket, at_desk, sina, omid):
    ticket = a_ticket()
    at_desk(sina, ticket, "assign", assignee=omid.pk)
    assert stored(ticket).assignee == omid
    assert told(at_desk(sina, ticket, "assign", assignee="nobody"))[-1] == f"تیکت {to_persian_digits(ticket.pk)} بدون کارشناس شد."
    assert stored(ticket).assignee is None


def test_somebody_of_another_department_is_refused_in_persian(a_ticket, at_desk, omid, mina, sara):
    ticket = a_ticket()
    for stranger in (mina.pk, sara.pk, 999999, "x", "9" * 30):
        response = at_desk(omid, ticket, "assign", assignee=stranger)
        assert response.context["assign"].errors["assignee"] == ["این همکار عضو بخش پشتیبانی فنی نیست. همکار دیگری را انتخاب کنید."]
    assert stored(ticket).assignee is None


@pytest.mark.parametrize("fields", [{}, {"assignee": ""}])
def test_nobody_must_be_said(a_ticket, at_desk, omid, fields):
    ticket = a_ticket()
    at_desk(omid, ticket, "assign", assignee=omid.pk)
    assert at_desk(omid, ticket, "assign", **fields).context["assign"].errors["assignee"] == ["یک همکار را انتخاب کنید."]
    assert stored(ticket).assignee == omid


def test_the_manager_is_not_offered_what_only_members_do(a_ticket, opened, kaveh, omid):
    page = opened(kaveh, a_ticket()).content.decode()
    assert "واگذاری به همکار" in page
    assert "واگذاری به من" not in page
