"""What no page of ours sends to the bulk form: every answer is a page or a way on, and nothing is changed."""

from uuid import uuid4

import pytest

from tests.desk.bulking import BULK, batch_of, in_bulk
from tests.desk.reading import QUEUE
from tickets.models import Event

ODD = [
    "",
    "\x00",
    "a\x00b",
    "-1",
    "0",
    "9" * 400,
    "1e9",
    "²",
    "۱۲",
    "\ud800".encode("utf-8", "surrogatepass"),
    "\u202e",
    "پ" * 7000,
    "' OR 1=1 --",
    "<b>",
    "None",
    "null",
    "1.5",
]
FIELDS = {
    "assign": ["assignee"],
    "transfer": ["department", "reason"],
    "prioritise": ["priority"],
    "develop": ["promised", "reason"],
    "close": ["reason", "remark"],
}


def _comes_through(client, sent) -> None:
    response = client.post(BULK, sent)
    assert response.status_code in (200, 302), (sent, response.status_code)
    if response.status_code == 302:
        assert client.get(response.url).status_code == 200, response.url


@pytest.mark.parametrize("verb", ["assign", "transfer", "prioritise", "develop", "close"])
def test_any_field_may_hold_anything(a_ticket, at_home, omid, verb):
    ticket, client = a_ticket(), at_home(omid)
    whole = {"verb": verb, "tickets": str(ticket.pk), "queue": "view=next", "submission_key": str(uuid4()), "confirmed": "1"}
    for field in ("tickets", "submission_key", *FIELDS[verb]):
        for odd in ODD:
            _comes_through(client, whole | dict.fromkeys(FIELDS[verb], "1") | {field: [odd, odd]})
    assert list(Event.objects.exclude(verb="file")) == []


def test_what_came_before_the_verb_may_be_anything(a_ticket, at_home, omid):
    ticket, client = a_ticket(), at_home(omid)
    for field in ("verb", "ticket", "queue", "whole", "confirmed"):
        for odd in ODD:
            _comes_through(client, {"verb": "close", "ticket": ticket.pk, "queue": "view=next"} | {field: odd})
    assert list(Event.objects.exclude(verb="file")) == []


@pytest.mark.parametrize(
    "name", ["q", "view", "department", "status", "assignee", "office", "province", "rating", "priority", "from", "to", "x"]
)
def test_the_queue_it_came_from_may_be_any(a_ticket, at_home, omid, name):
    ticket, client = a_ticket(), at_home(omid)
    for odd in ("%00", "%ED%A0%80", "9" * 400, "پ" * 3000, "%" * 3000, "۹۹۹۹/۹۹/۹۹", "-1", "²"):
        _comes_through(client, {"verb": "take", "ticket": ticket.pk, "queue": f"view=all&{name}={odd}"})
        _comes_through(client, {"verb": "take", "whole": "1", "queue": f"view=all&{name}={odd}"})


@pytest.mark.parametrize("key", ["x", "123", "00000000-0000-0000-0000-00000000000g", "%00"])
def test_a_key_that_is_none_is_a_404_and_in_the_queue_nothing(at_home, omid, key):
    client = at_home(omid)
    assert [client.get(f"{BULK}{key}/").status_code, client.post(f"{BULK}{key}/undo/").status_code] == [404, 404]
    assert client.get(f"{QUEUE}?batch={key}").status_code == 200


def test_another_persons_work_is_not_there(a_ticket, at_home, omid, sina, kaveh):
    batch = batch_of(in_bulk(at_home(omid), "take", [a_ticket()]))
    for person in (sina, kaveh):
        client = at_home(person)
        assert [client.get(f"{BULK}{batch.pk}/").status_code, client.post(f"{BULK}{batch.pk}/undo/").status_code] == [404, 404]
        assert client.get(f"{QUEUE}?batch={batch.pk}").context["outcome"] is None
    batch.refresh_from_db()
    assert batch.undo_asked_at is None
