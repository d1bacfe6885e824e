import pytest
from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import stored, told
from tickets.models import Event, Message


def test_omid_closes_with_a_reason_and_a_remark(a_ticket, at_desk, omid):
    ticket = a_ticket()
    response = at_desk(omid, ticket, "close", reason="duplicate", remark="همان تیکت قبلی است")
    assert told(response) == [f"تیکت {to_persian_digits(ticket.pk)} بسته شد."]
    assert (stored(ticket).status, stored(ticket).closed_reason) == ("closed", "duplicate")
    assert Message.objects.get(kind="reason").body == "همان تیکت قبلی است"
    assert Event.objects.get(verb="close").actor == omid


@pytest.mark.parametrize("reason", ["", "by_office", "quiet", "x"])
def test_the_reasons_of_others_are_not_omids(a_ticket, at_desk, omid, reason):
    ticket = a_ticket()
    response = at_desk(omid, ticket, "close", reason=reason, remark="نگه دار")
    assert list(response.context["close"].errors) == ["reason"]
    assert "نگه دار</textarea>" in response.content.decode()
    assert stored(ticket).status == "new"


def test_another_reason_must_be_written(a_ticket, at_desk, omid):
    ticket = a_ticket()
    assert at_desk(omid, ticket, "close", reason="other").context["close"].errors["remark"] == ["دلیل را بنویسید."]
    assert stored(ticket).status == "new"


def test_closing_twice_is_refused_in_persian(a_ticket, at_desk, omid, sina):
    ticket = a_ticket()
    ticket.close(by=sina, at=timezone.now(), reason="solved")
    assert "این تیکت پیش‌تر بسته شده است." in at_desk(omid, ticket, "close", reason="solved").content.decode()
    assert Event.objects.filter(verb="close").count() == 1
