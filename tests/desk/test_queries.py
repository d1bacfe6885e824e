"""The budgets of DESIGN.md 6.12: session, user and rights included, whatever the number of rows."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.bulking import BULK, batch_of, in_bulk
from tests.desk.reading import QUEUE, address
from tickets.admin.queue import VIEWS
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
        Ticket.objects.bulk_create((Ticket(**values) for _ in range(count)), batch_size=1000)
        return ticket

    return copied


@pytest.mark.parametrize("rows", [10, pytest.param(10_000, marks=pytest.mark.once)])
@pytest.mark.parametrize("person", ["omid", "kaveh"])
def test_the_queue_takes_ten_at_most(many, client, queries, request, office_a, person, rows):
    ticket = many(rows)
    client.force_login(request.getfixturevalue(person))
    client.get(QUEUE)
    filters = {"office": "نمونه", "province": office_a.city.province_id, "rating": "any", "assignee": "nobody", "priority": "urgent"}
    views = [{"view": view.code} for view in VIEWS]
    searched = {"q": "پلاک", "status": "new", "from": "۱۴۰۰/۰۱/۰۱"}
    for query in ({}, *views, filters | {"view": "all"}, searched, searched | {"office": office_a.code}, {"undo": ticket.pk}):
        assert queries(QUEUE, **query) <= 10, query


@pytest.mark.parametrize("rows", [10, pytest.param(10_000, marks=pytest.mark.once)])
def test_so_it_does_when_it_tells_of_bulk_work(many, client, queries, omid, sina, rows):
    tickets = Ticket.objects.filter(pk__gte=many(rows).pk)[:5]
    client.force_login(omid)
    done = in_bulk(client, "assign", tickets, assignee=sina.pk)
    assert queries(done.url) <= 10
    assert queries(f"{BULK}{batch_of(done).pk}/") <= 8


def test_each_ticket_of_a_batch_takes_the_same(many, client, omid):
    """Transactions not counted: what a hundred tickets cost is what one of them costs, a hundred times."""
    first = many(40)
    client.force_login(omid)
    client.get(QUEUE)
    taken = []
    for count in (2, 12, 22):
        tickets = Ticket.objects.filter(pk__gte=first.pk, assignee=None)[:count]
        with CaptureQueriesContext(connection) as captured:
            in_bulk(client, "take", list(tickets))
        taken.append(len(captured))
    assert taken[2] - taken[1] == taken[1] - taken[0]


@pytest.mark.parametrize("rows", [10, pytest.param(10_000, marks=pytest.mark.once)])
def test_what_a_bulk_verb_asks_for_takes_ten(many, client, omid, rows):
    many(rows)
    client.force_login(omid)
    client.get(QUEUE)
    for verb in ("assign", "transfer", "close"):
        with CaptureQueriesContext(connection) as captured:
            assert client.post(BULK, {"verb": verb, "whole": "1", "queue": "view=next"}).status_code == 200
        assert sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN")) for query in captured) <= 10


@pytest.mark.parametrize("rows", [10, pytest.param(10_000, marks=pytest.mark.once)])
def test_the_ticket_page_takes_fourteen_with_everything_on_it(
    many, at_desk, client, queries, omid, sina, mina, training, technical, sara, rows
):
    ticket, at = many(rows), timezone.now()
    ticket.transfer(by=omid, at=at, to=training, reason="آموزشی است")
    ticket.transfer(by=mina, at=at, to=technical, reason="فنی است")
    ticket.assign(by=sina, at=at, to=omid)
    for _ in range(min(rows // 10, 100)):  # a long thread is long enough with a hundred of each
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
