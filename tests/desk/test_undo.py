from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import QUEUE, address, stored, told
from tickets.models import Event

BUTTON = "برگرداندن"
TOO_LATE = "این کار دیگر برنمی‌گردد؛ پس از آن رویداد دیگری ثبت شده یا زمان آن گذشته است."


@pytest.mark.parametrize(
    ("verb", "fields"),
    [
        ("assign", {}),
        ("develop", {"promised": "۱۴۰۹/۰۱/۲۰"}),
        ("close", {"reason": "solved"}),
    ],
)
def test_omid_takes_back_what_he_did(a_ticket, at_desk, opened, omid, verb, fields):
    ticket = a_ticket()
    opened(omid, ticket)
    at_desk(omid, ticket, verb, **({"assignee": omid.pk} if verb == "assign" else fields))
    assert BUTTON in opened(omid, ticket).content.decode()
    response = at_desk(omid, ticket, "undo")
    assert response.url == address(ticket)
    assert told(response)[-1] == f"تیکت {to_persian_digits(ticket.pk)} به حالت قبل برگشت."
    assert (stored(ticket).status, stored(ticket).assignee, stored(ticket).promised_at) == ("read", None, None)
    assert Event.objects.get(verb="undo").actor == omid


def test_a_transfer_out_of_sight_comes_back(a_ticket, at_desk, client, omid, technical, training):
    ticket = a_ticket()
    at_desk(omid, ticket, "transfer", department=training.pk, reason="آموزشی است")
    assert client.get(address(ticket)).status_code == 404
    assert at_desk(omid, ticket, "undo").url == address(ticket)
    assert stored(ticket).department == technical
    assert client.get(f"{QUEUE}?undo={ticket.pk}").context["waiting_undo"] is None


def test_what_happened_since_is_not_undone(a_ticket, at_desk, opened, omid, sina):
    ticket = a_ticket()
    at_desk(omid, ticket, "assign", assignee=omid.pk)
    ticket.prioritise(by=sina, at=timezone.now(), priority="urgent")
    assert BUTTON not in opened(omid, ticket).content.decode()
    assert told(at_desk(omid, ticket, "undo"))[-1] == TOO_LATE
    assert stored(ticket).assignee == omid


def test_after_mina_worked_on_it_omid_is_led_to_the_queue(a_ticket, at_desk, omid, mina, training):
    ticket = a_ticket()
    at_desk(omid, ticket, "transfer", department=training.pk, reason="آموزشی است")
    ticket.answer(by=mina, at=timezone.now(), body="پاسخ")
    response = at_desk(omid, ticket, "undo")
    assert response.url == QUEUE
    assert told(response)[-1] == TOO_LATE


def test_only_the_doer_and_only_for_ten_minutes(a_ticket, opened, omid, sina):
    ticket = a_ticket()
    ticket.assign(by=omid, at=timezone.now() - timedelta(minutes=11), to=omid)
    assert opened(omid, ticket).context["undoable"] is None
    ticket.assign(by=omid, at=timezone.now(), to=None)
    assert opened(sina, ticket).context["undoable"] is None
    assert opened(omid, ticket).context["undoable"].verb == "assign"


@pytest.mark.parametrize("number", ["x", "", "9" * 40, "-1", "۱۲"])
def test_a_garbage_number_waits_for_nothing(at_home, omid, number):
    assert at_home(omid).get(QUEUE, {"undo": number}).context["waiting_undo"] is None
