"""Taking back what was done to many: what can be undone, by whoever did it, for ten minutes, and only where nothing happened since."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.bulking import BULK, batch_of, in_bulk, outcome, verbs_of
from tests.desk.reading import stored
from tickets.admin.bulk_forms import NO_WAY_BACK
from tickets.models import Batch, Event

BUTTON = "برگرداندن"


def undone(client, batch):
    return client.post(f"{BULK}{batch.pk}/undo/")


@pytest.mark.parametrize("verb", ["take", "develop", "close"])
def test_omid_takes_it_back_whole(a_ticket, at_home, omid, verb):
    tickets, client = [a_ticket() for _ in range(3)], at_home(omid)
    done = in_bulk(client, verb, tickets)
    assert BUTTON in client.get(done.url).content.decode()
    back = undone(client, batch_of(done))
    page = client.get(back.url).content.decode()
    assert ("۳ تیکت به حالت قبل برگشت." in page, BUTTON in page) == (True, False)
    assert {(stored(ticket).status, stored(ticket).assignee, stored(ticket).promised_at) for ticket in tickets} == {("new", None, None)}
    assert verbs_of(batch_of(done))[3:] == [("undo", ticket.pk) for ticket in tickets]


def test_sina_takes_back_a_transfer_out_of_his_sight(a_ticket, at_home, sina, technical, training):
    tickets, client = [a_ticket(), a_ticket()], at_home(sina)
    done = in_bulk(client, "transfer", tickets, department=training.pk, reason="آموزشی است")
    assert client.get(f"/admin/tickets/ticket/{tickets[0].pk}/change/").status_code == 404
    undone(client, batch_of(done))
    assert {stored(ticket).department for ticket in tickets} == {technical}


def test_what_mina_has_touched_since_stays(a_ticket, at_home, omid, mina, technical, training):
    tickets, client = [a_ticket() for _ in range(3)], at_home(omid)
    done = in_bulk(client, "transfer", tickets, department=training.pk, reason="آموزشی است")
    tickets[1].answer(by=mina, at=timezone.now(), body="پاسخ")
    page = client.get(undone(client, batch_of(done)).url).content.decode()
    assert ("۲ تیکت به حالت قبل برگشت." in page, "۱ تیکت پس از آن تغییر کرده است و برنگشت." in page) == (True, True)
    assert [stored(ticket).department for ticket in tickets] == [technical, training, technical]


def test_a_later_work_of_ones_own_is_not_taken_back_instead(a_ticket, at_home, omid, sina):
    ticket, client = a_ticket(), at_home(omid)
    first = in_bulk(client, "take", [ticket])
    in_bulk(client, "assign", [ticket], assignee=sina.pk)
    undone(client, batch_of(first))
    assert (stored(ticket).assignee, outcome(client, first).stayed) == (sina, 1)


def test_twice_is_once(a_ticket, at_home, omid):
    ticket, client = a_ticket(), at_home(omid)
    batch = batch_of(in_bulk(client, "take", [ticket]))
    assert undone(client, batch).url == undone(client, batch).url
    assert Event.objects.filter(verb="undo").count() == 1


@pytest.mark.parametrize("person", ["sina", "kaveh", "mina", "sara"])
def test_it_is_nobody_elses(a_ticket, at_home, request, omid, person):
    ticket = a_ticket()
    batch = batch_of(in_bulk(at_home(omid), "take", [ticket]))
    client = at_home(request.getfixturevalue(person))
    assert [undone(client, batch).status_code, client.get(f"{BULK}{batch.pk}/").status_code] == [404, 404]
    assert stored(ticket).assignee == omid
    if person != "sara":
        assert client.get(f"/admin/tickets/ticket/?batch={batch.pk}").context["outcome"] is None


def test_after_ten_minutes_it_is_too_late(a_ticket, at_home, omid):
    ticket, client = a_ticket(), at_home(omid)
    done = in_bulk(client, "take", [ticket])
    Batch.objects.update(finished_at=timezone.now() - timedelta(minutes=11))
    assert BUTTON not in client.get(done.url).content.decode()
    undone(client, batch_of(done))
    assert stored(ticket).assignee == omid


def test_a_priority_is_not_taken_back_and_the_page_says_so_before(a_ticket, at_home, omid):
    ticket, client = a_ticket(), at_home(omid)
    assert NO_WAY_BACK in client.post(BULK, {"verb": "prioritise", "ticket": ticket.pk}).content.decode()
    done = in_bulk(client, "prioritise", [ticket])
    assert BUTTON not in client.get(done.url).content.decode()
    undone(client, batch_of(done))
    assert stored(ticket).priority == "urgent"


def test_it_is_a_post(a_ticket, at_home, omid):
    client = at_home(omid)
    batch = batch_of(in_bulk(client, "take", [a_ticket()]))
    assert client.get(f"{BULK}{batch.pk}/undo/").status_code == 405


@pytest.mark.parametrize("key", ["x", "", "00000000-0000-4000-8000-000000000000", "\x00"])
def test_a_garbage_key_tells_nothing(a_ticket, at_home, omid, key):
    a_ticket()
    response = at_home(omid).get("/admin/tickets/ticket/", {"batch": key})
    assert (response.status_code, response.context["outcome"]) == (200, None)
