"""DESIGN.md 6.12: the same few queries for any number of rows, those of session and person included."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.bell.conftest import LIST, told

CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK", "SET LOCAL")
OFFICE, STAFF = 5, 6  # session, person, (rights,) header, list, names of departments


def queries_of(client, address):
    client.get("/help/")
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured if not query["sql"].startswith(CONTROL)]


@pytest.fixture
def of_every_sort(many_notices, an_answered_ticket, an_announcement, training, omid):
    """A function: so many notices of this person, among them some that need names of departments."""

    def make(person, count):
        many_notices(person, count)
        an_answered_ticket.transfer(by=omid, at=timezone.now(), to=training, reason="آموزشی است")
        event = an_answered_ticket.events.latest("pk")
        if person.is_staff:
            told(person, "transferred", an_answered_ticket, event=event)
        told(person, "announced", announcement=an_announcement())
        told(person, "queue_digest", count=3, department=training)

    return make


@pytest.mark.parametrize("count", [10, pytest.param(300, marks=pytest.mark.once)])
@pytest.mark.parametrize(("who", "budget"), [("sara", OFFICE), ("omid", STAFF), ("kaveh", STAFF)])
def test_the_list_keeps_its_budget_on_every_page(at_home, request, of_every_sort, who, budget, count):
    person = request.getfixturevalue(who)
    of_every_sort(person, count)
    client = at_home(person)
    second = client.get(LIST).context["older"] or ""
    assert [len(queries_of(client, address)) <= budget for address in (LIST, LIST + second)] == [True, True]


def test_the_list_never_counts_and_never_skips(at_home, sara, many_notices):
    many_notices(sara, 100)
    client = at_home(sara)
    queries = [sql for way in ("", client.get(LIST).context["older"]) for sql in queries_of(client, LIST + way)]
    assert [sql for sql in queries if "OFFSET" in sql or ("COUNT(" in sql and "LIMIT" not in sql)] == []


def test_opening_a_ticket_with_nothing_new_asks_nothing_more(at_home, sara, an_answered_ticket):
    client, address = at_home(sara), f"/inbox/{an_answered_ticket.pk}/"
    first, again = (queries_of(client, address) for _ in range(2))
    assert [sum("UPDATE" in sql and "notices_notice" in sql for sql in asked) for asked in (first, again)] == [1, 0]
