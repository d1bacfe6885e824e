"""«Next» and «previous» go on in the view from which a ticket was opened; an address that names none means the first tab."""

from datetime import timedelta
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.bulking import in_bulk
from tests.desk.reading import QUEUE, address, told
from tickets.admin.way import END
from tickets.models import Batch


def on_the_way(ticket, verb="change", **way):
    return f"{address(ticket, verb)}?{urlencode({'from': urlencode(way)})}" if way else address(ticket, verb)


@pytest.fixture
def queue(a_ticket, omid, sina):
    """By number: nobody's, Sina's, nobody's and urgent, Omid's, nobody's."""
    tickets = [a_ticket(subject=f"تیکت {place}", at=timezone.now() - timedelta(minutes=10 - place)) for place in range(5)]
    at = timezone.now()
    tickets[1].assign(by=omid, at=at, to=sina)
    tickets[3].assign(by=omid, at=at, to=omid)
    for ticket in (tickets[0], tickets[4]):
        ticket.prioritise(by=omid, at=at, priority="urgent")
    return tickets


def test_the_queue_says_where_its_tickets_were_opened(queue, at_home, omid):
    html = at_home(omid).get(QUEUE, {"view": "all", "priority": "urgent"}).content.decode()
    assert f'href="{on_the_way(queue[0], view="all", priority="urgent")}"' in html
    assert f'href="{address(queue[0])}"' in at_home(omid).get(QUEUE).content.decode()


@pytest.mark.parametrize("query", [{"q": "پلاک"}, {"q": "8520342272"}, {"view": "all", "q": "x", "priority": "urgent"}])
def test_nothing_that_was_searched_for_stands_in_an_address(queue, at_home, omid, query):
    html = at_home(omid).get(QUEUE, query).content.decode()
    assert "change/?from" not in html


def test_a_filter_that_is_wrong_is_no_way(queue, at_home, omid):
    assert "change/?from" not in at_home(omid).get(QUEUE, {"view": "all", "from": "فردا"}).content.decode()


def test_the_page_keeps_the_way_in_all_it_leads_to(queue, at_home, omid):
    way = {"view": "all", "priority": "urgent"}
    html = at_home(omid).get(on_the_way(queue[0], **way)).content.decode()
    for verb in ("change", "next", "previous", "assign", "transfer", "prioritise", "develop", "close"):
        assert f'"{on_the_way(queue[0], verb, **way)}"' in html, verb


@pytest.mark.parametrize("way", [{"view": "all"}, {"view": "all", "priority": "urgent"}, {"view": "mine"}, {"view": "unassigned"}])
def test_next_and_previous_are_the_rows_below_and_above(queue, at_home, omid, way):
    client = at_home(omid)
    rows = [ticket.pk for ticket in client.get(QUEUE, way).context["cl"].result_list]
    found = [on_the_way(ticket, **way) for pk in rows for ticket in queue if ticket.pk == pk]
    for above, below in zip(rows, rows[1:], strict=False):
        assert client.get(f"{QUEUE}{above}/next/?{urlencode({'from': urlencode(way)})}").url == found[rows.index(below)]
        assert client.get(f"{QUEUE}{below}/previous/?{urlencode({'from': urlencode(way)})}").url == found[rows.index(above)]
    last = client.get(f"{QUEUE}{rows[-1]}/next/?{urlencode({'from': urlencode(way)})}")
    assert (last.url, told(last)[-1]) == (f"{QUEUE}?{urlencode(way)}", END)


@pytest.mark.parametrize("way", [{"view": "overdue"}, {"view": "unassigned"}, {"view": "all"}])
def test_after_an_answer_comes_what_stood_below(queue, at_home, omid, way, working):
    client = at_home(omid)
    if way["view"] == "overdue":
        at = timezone.now() - timedelta(minutes=1)
        type(queue[0]).objects.update(due_at=at, queue_at=at)
    rows = [ticket.pk for ticket in client.get(QUEUE, way).context["cl"].result_list]
    here = f"{QUEUE}{rows[1]}/change/?{urlencode({'from': urlencode(way)})}"
    response = client.post(here, {"body": "پاسخ", "kind": "answer", "then": "next"})
    assert response.url == f"{QUEUE}{rows[2]}/change/?{urlencode({'from': urlencode(way)})}"


def test_after_the_last_answer_comes_the_view(queue, at_home, omid):
    response = at_home(omid).post(on_the_way(queue[3], view="mine"), {"body": "پاسخ", "kind": "answer", "then": "next"})
    assert (response.url, told(response)[-1]) == (f"{QUEUE}?view=mine", END)


def test_every_verb_comes_back_on_the_way(queue, at_home, omid, training):
    client, way = at_home(omid), {"view": "all"}
    for verb, fields in {
        "assign": {"assignee": omid.pk},
        "prioritise": {"priority": "normal"},
        "undo": {},
        "close": {"reason": "solved"},
    }.items():
        assert client.post(on_the_way(queue[0], verb, **way), fields).url == on_the_way(queue[0], **way), verb
    saved = client.post(on_the_way(queue[2], **way), {"body": "نیمه", "kind": "answer", "save_draft": "1"}).url
    assert saved.endswith(f"&{urlencode({'from': 'view=all'})}#answer")
    sent = {"body": "پاسخ", "kind": "answer", "submission_key": str(uuid4())}
    client.post(on_the_way(queue[4], **way), sent)
    assert client.post(on_the_way(queue[4], **way), sent | {"body": "پاسخ دیگر"}).url.endswith(f"&{urlencode({'from': 'view=all'})}#answer")
    moved = client.post(on_the_way(queue[2], "transfer", **way), {"department": training.pk, "reason": "آموزشی است"})
    assert moved.url == f"{QUEUE}?view=all&undo={queue[2].pk}"
    assert f'action="{on_the_way(queue[2], "undo", **way)}"' in client.get(moved.url).content.decode()


def test_the_pages_of_bulk_work_lead_back_to_the_view_they_came_from(queue, at_home, omid):
    client, back = at_home(omid), f'href="{QUEUE}?view=all&amp;priority=urgent">صف تیکت‌ها</a>'
    asking = client.post(f"{QUEUE}bulk/", {"verb": "close", "ticket": queue[0].pk, "queue": "view=all&priority=urgent"})
    assert back in asking.content.decode()
    in_bulk(client, "take", queue[:2], queue="view=all&priority=urgent")
    assert back in client.get(f"{QUEUE}bulk/{Batch.objects.get().pk}/").content.decode()


@pytest.mark.parametrize(
    "told_way",
    [
        "",
        "x",
        "view=nothing",
        "view=next",
        "priority=urgent",
        "view=all&department=99999",
        "view=all&from=99",
        "\x00",
        "v" * 9000,
    ],
)
def test_what_is_no_way_is_the_first_tab(queue, at_home, omid, told_way):
    client = at_home(omid)
    query = f"?from={quote(told_way)}"
    assert client.get(f"{address(queue[0])}{query}").status_code == 200
    assert client.get(f"{address(queue[0], 'next')}{query}").url == client.get(address(queue[0], "next")).url
    assert client.post(f"{address(queue[0])}{query}", {"body": "پاسخ", "kind": "answer", "then": "next"}).status_code == 302


def test_no_way_leads_to_what_is_not_ones_own(queue, a_ticket, at_home, omid, training):
    foreign = a_ticket(department=training)
    client = at_home(omid)
    response = client.get(on_the_way(queue[0], "next", view="all", department=str(training.pk)))
    assert str(foreign.pk) not in response.url
    newest = client.get(QUEUE, {"view": "all"}).context["cl"].result_list[0]
    assert client.get(f"{QUEUE}{newest.pk}/previous/?from=view%3Dall").url == f"{QUEUE}?view=all"


def test_the_page_takes_no_query_more(queue, client, omid):
    client.force_login(omid)
    client.get(address(queue[0]))
    counts = []
    for path in (address(queue[0]), on_the_way(queue[0], view="all", office="نمونه", priority="urgent")):
        with CaptureQueriesContext(connection) as captured:
            client.get(path)
        counts.append(len(captured))
    assert counts[0] == counts[1]
