"""What an open page hears by itself: who is answering, what has come, and where the ticket went."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.reading import address
from tickets.models import Draft, Event


@pytest.fixture
def heard(at_home):
    """A function: what the page of this person hears that shows this much."""

    def ask(person, ticket, seen=None, shown="", **query):
        newest = ticket.messages.latest("pk").pk if seen is None else seen
        return at_home(person).get(address(ticket, "meanwhile"), {"of": person.pk, "seen": newest, "shown": shown} | query)

    return ask


def writes(person, ticket, data=None, ago=0):
    at = timezone.now() - timedelta(seconds=ago)
    return Draft.objects.create(owner=person, kind="answer", ticket=ticket, data={"body": "…"} if data is None else data, updated_at=at)


def test_sina_hears_that_omid_is_answering_and_not_of_herself(a_ticket, heard, omid, sina):
    ticket = a_ticket()
    writes(omid, ticket)
    assert f"<bdi>{omid.full_name}</bdi> در حال پاسخ است" in heard(sina, ticket).content.decode()
    assert "در حال پاسخ است" not in heard(omid, ticket).content.decode()


@pytest.mark.parametrize(("data", "ago"), [({}, 0), (None, 61)])
def test_an_empty_or_an_old_draft_is_no_news(a_ticket, heard, omid, sina, data, ago):
    ticket = a_ticket()
    writes(omid, ticket, data, ago)
    assert "در حال پاسخ است" not in heard(sina, ticket).content.decode()


def test_what_the_page_shows_already_is_not_said_again(a_ticket, heard, opened, omid, sina):
    ticket = a_ticket()
    shown = opened(sina, ticket).context["shown"]
    assert heard(sina, ticket, shown=shown).status_code == 204
    writes(omid, ticket)
    response = heard(sina, ticket, shown=shown)
    assert response.status_code == 200
    assert heard(sina, ticket, shown=response.context["shown"]).status_code == 204


def test_a_reply_and_a_note_are_news_ones_own_words_are_not(a_ticket, heard, omid, sina, sara):
    ticket = a_ticket()
    seen, news = ticket.messages.get().pk, "پیام جدیدی در این تیکت رسیده است."
    ticket.note(by=omid, at=timezone.now(), body="یادداشت")
    assert [news in heard(person, ticket, seen=seen).content.decode() for person in (omid, sina)] == [False, True]
    ticket.reply(by=sara, at=timezone.now(), body="پاسخ")
    assert [news in heard(person, ticket, seen=seen).content.decode() for person in (omid, sina)] == [True, True]


@pytest.mark.parametrize("seen", ["", "x", "-1", "۱", "9" * 30])
def test_a_crooked_address_is_no_fault(a_ticket, heard, omid, seen):
    assert heard(omid, a_ticket(), seen=seen).status_code == 200


def test_strangers_and_what_is_not_there_are_a_404(a_ticket, heard, client, mina, sara, omid):
    ticket = a_ticket()
    assert [heard(person, ticket).status_code for person in (mina, sara)] == [404, 404]
    client.force_login(omid)
    assert client.get(f"/admin/tickets/ticket/999999/meanwhile/?of={omid.pk}").status_code == 404
    assert client.post(address(ticket, "meanwhile")).status_code == 405


def test_who_is_not_the_person_of_the_page_is_told_to_ask_no_more(a_ticket, heard, client, omid, sina):
    ticket = a_ticket()
    writes(sina, ticket)
    answers = [heard(omid, ticket, of=sina.pk), heard(omid, ticket, of="")]
    client.logout()
    answers.append(client.get(address(ticket, "meanwhile"), {"of": omid.pk}))
    assert [(answer.status_code, answer.content) for answer in answers] == [(286, b"")] * 3


def test_who_had_the_ticket_is_told_where_it_went(a_ticket, heard, omid, sina, training):
    ticket = a_ticket()
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    response = heard(omid, ticket)
    assert (response.status_code, "<bdi>آموزش</bdi> ارجاع داده شده است" in response.content.decode()) == (286, True)


def test_it_writes_nothing_and_is_no_sign_of_life(a_ticket, heard, client, omid):
    ticket = a_ticket()
    client.force_login(omid)
    session = client.session
    session["began"], session["noted"] = int(timezone.now().timestamp()), 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    events = Event.objects.count()
    assert client.get(address(ticket, "meanwhile"), {"of": omid.pk, "seen": 0}).status_code == 200
    assert (client.session["noted"], Event.objects.count(), ticket.events.filter(verb="read").count()) == (1, events, 0)


def test_it_takes_three_queries_beside_those_for_the_person(a_ticket, heard, client, omid, sina):
    ticket = a_ticket()
    for person in (omid, sina):
        writes(person, ticket)
    heard(omid, ticket)
    with CaptureQueriesContext(connection) as captured:
        client.get(address(ticket, "meanwhile"), {"of": omid.pk, "seen": 0})
    assert sum('FROM "tickets_' in query["sql"] for query in captured if "session" not in query["sql"]) <= 3
    assert len([query for query in captured if not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]) <= 6
