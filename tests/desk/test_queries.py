"""The budgets of DESIGN.md 6.12: session, user and rights included, whatever the number of rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.reading import QUEUE, address
from tickets.models import Message, Ticket


@pytest.fixture
def queries(client):
    """A function: how many queries this GET takes, savepoints not counted."""

    def counted(path, **query) -> int:
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(path, query).status_code == 200
        return sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN")) for query in captured)

    return counted


@pytest.fixture
def many(a_ticket):
    """A function: so many tickets, copied from one."""

    def copied(count: int) -> Ticket:
        ticket = a_ticket()
        values = {field.attname: getattr(ticket, field.attname) for field in Ticket._meta.concrete_fields if not field.primary_key}
        Ticket.objects.bulk_create(Ticket(**values) for _ in range(count))
        return ticket

    return copied


@pytest.mark.parametrize("rows", [10, 1000])
@pytest.mark.parametrize("person", ["omid", "kaveh"])
def test_the_queue_takes_ten_at_most(many, client, queries, request, person, rows):
    ticket = many(rows)
    client.force_login(request.getfixturevalue(person))
    client.get(QUEUE)
    for query in ({}, {"view": "all"}, {"view": "mine"}, {"q": "پلاک", "status": "new", "from": "۱۴۰۰/۰۱/۰۱"}, {"undo": ticket.pk}):
        assert queries(QUEUE, **query) <= 10, query


@pytest.mark.parametrize("rows", [10, 1000])
def test_the_ticket_page_takes_fourteen_with_everything_on_it(
    many, at_desk, client, queries, omid, sina, mina, training, technical, sara, rows
):
    ticket, at = many(rows), timezone.now()
    ticket.transfer(by=omid, at=at, to=training, reason="آموزشی است")
    ticket.transfer(by=mina, at=at, to=technical, reason="فنی است")
    ticket.assign(by=sina, at=at, to=omid)
    for _ in range(rows // 10):
        ticket.reply(by=sara, at=at, body="پاسخ")
        ticket.answer(by=omid, at=at, body="پاسخ")
    ticket.rate(by=sara, at=at, stars=5)
    for person in (sina, omid):
        at_desk(person, ticket, "change", body="نیمه‌کاره", kind="answer", save_draft="1")
    client.get(address(ticket))
    assert queries(address(ticket)) <= 14


def test_the_first_opening_takes_four_more(a_ticket, client, queries, omid):
    ticket = a_ticket(at=timezone.now() - timedelta(hours=1))
    client.force_login(omid)
    client.get("/accounts/me/")  # the session's own first write
    first = queries(address(ticket))
    again = queries(address(ticket))
    assert Message.objects.count() == 1
    assert (again <= 14, first - again <= 4) == (True, True)
