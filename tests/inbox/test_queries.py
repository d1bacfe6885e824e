"""DESIGN.md 6.12: the same few queries for any number of rows, those of session and person included."""

import pytest
from django.utils import timezone

from tests.inbox.scenes import ago, hang
from tickets.models import Draft, Unread

INBOX, SEARCH, THREAD, FIRST_OPENING = 7, 9, 10, 4


@pytest.mark.parametrize("count", [10, pytest.param(1000, marks=pytest.mark.once)])
def test_the_inbox_keeps_its_budget(queries_of, at_home, sara, many_tickets, count):
    Unread.objects.mark(many_tickets(count)[0], [sara])
    addresses = ["/inbox/", "/inbox/?status=awaiting_support", "/inbox/?status=closed", "/inbox/?department=1&from=1400/01/01"]
    client = at_home(sara)
    assert {address: len(queries_of(client, address)) for address in addresses if len(queries_of(client, address)) > INBOX} == {}


@pytest.mark.parametrize("count", [10, pytest.param(1000, marks=pytest.mark.once)])
@pytest.mark.parametrize("text", ["پروانه", "پروانه شماره ۷", "هیچ"])
def test_search_keeps_its_budget(queries_of, at_home, sara, many_tickets, count, text):
    many_tickets(count)
    assert len(queries_of(at_home(sara), f"/inbox/?q={text}")) <= SEARCH


def test_every_page_of_the_list_keeps_its_budget(queries_of, at_home, sara, many_tickets):
    many_tickets(1000)
    client = at_home(sara)
    second = client.get("/inbox/").context["older"]
    third = client.get(f"/inbox/{second}").context["older"]
    back = client.get(f"/inbox/{third}").context["newer"]
    assert [way for way in (second, third, back) if len(queries_of(client, f"/inbox/{way}")) > INBOX] == []


def test_the_list_never_counts_and_never_skips(queries_of, at_home, sara, many_tickets):
    many_tickets(1000)
    client = at_home(sara)
    older = client.get("/inbox/").context["older"]
    queries = [sql for address in ("/inbox/", f"/inbox/{older}") for sql in queries_of(client, address)]
    assert [sql for sql in queries if "OFFSET" in sql or ("COUNT(" in sql and "LIMIT" not in sql)] == []


@pytest.mark.parametrize("count", [10, pytest.param(300, marks=pytest.mark.once)])
def test_the_thread_keeps_its_budget(queries_of, at_home, sara, omid, training, technical, a_ticket, count):
    ticket = a_long_thread(a_ticket, sara, omid, training, technical, count)
    client, address = at_home(sara), f"/inbox/{ticket.pk}/"
    first, again = (len(queries_of(client, address)) for _ in range(2))
    assert (first <= THREAD + FIRST_OPENING, again <= THREAD) == (True, True)


def a_long_thread(a_ticket, sara, omid, training, technical, count):
    """Talk, files, transfers, a rating and a draft: every query the page may ask."""
    ticket = a_ticket(at=ago(hours=2))
    for _ in range(count // 2):
        hang(ticket.answer(by=omid, at=timezone.now(), body="پاسخ"))
        ticket.reply(by=sara, at=timezone.now(), body="نشد")
    ticket.transfer(by=omid, at=timezone.now(), to=training, reason="دلیل")
    ticket.rate(by=sara, at=timezone.now(), stars=3)
    Draft.objects.create(owner=sara, kind="reply", ticket=ticket, data={"body": "نیمه‌کاره"}, updated_at=timezone.now())
    return ticket
