"""The list of an expert's own drafts at the desk."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import QUEUE, told
from tickets.models import Draft

LIST = f"{QUEUE}drafts/"


def begun(person, ticket, body="نیمه‌کاره", ago=0, **data):
    at = timezone.now() - timedelta(minutes=ago)
    return Draft.objects.create(owner=person, kind="answer", ticket=ticket, data={"body": body, "kind": "answer"} | data, updated_at=at)


def test_omid_finds_his_own_with_ticket_kind_and_words(at_home, a_ticket, omid, sina):
    ticket = a_ticket()
    draft = begun(omid, ticket, "کارت را دوباره", kind="note")
    begun(sina, ticket, "متن سینا")
    page = at_home(omid).get(LIST).content.decode()
    for words in (f"{draft.get_absolute_url()}", to_persian_digits(ticket.pk), "یادداشت داخلی", "کارت را دوباره"):
        assert words in page
    assert "متن سینا" not in page


def test_the_newest_stands_first_and_the_list_goes_on_by_key(at_home, a_ticket, omid):
    drafts = [begun(omid, a_ticket(), ago=place) for place in range(25)]
    client = at_home(omid)
    first = client.get(LIST)
    second = client.get(LIST + first.context["following"])
    assert [draft.key for draft in [*first.context["drafts"], *second.context["drafts"]]] == [draft.key for draft in drafts]
    assert second.context["following"] is None
    assert client.get(LIST, {"after": "x"}).context["drafts"][0] == drafts[0]


def test_a_draft_is_thrown_away_and_the_list_comes_back(at_home, a_ticket, omid):
    draft = begun(omid, a_ticket())
    response = at_home(omid).post(f"/drafts/{draft.key}/", {"discard": "1"})
    assert (response.url, told(response), Draft.objects.count()) == (LIST, ["پیش‌نویس دور انداخته شد."], 0)


def test_a_ticket_out_of_sight_is_not_named(at_home, a_ticket, omid, sina, training):
    ticket = a_ticket()
    begun(omid, ticket)
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    response = at_home(omid).get(LIST)
    assert (list(response.context["drafts"]), "پیش‌نویسی ندارید" in response.content.decode()) == ([], True)


def test_national_ids_are_masked(at_home, a_ticket, omid):
    begun(omid, a_ticket(), "شماره 8520342272 درست است")
    assert "8520342272" not in at_home(omid).get(LIST).content.decode()


@pytest.mark.parametrize("person", ["sara", "neda"])
def test_no_clerk_sees_it(at_home, request, person):
    assert at_home(request.getfixturevalue(person)).get(LIST).status_code == 404


def test_every_page_of_the_desk_leads_there_and_a_post_is_refused(at_home, omid):
    client = at_home(omid)
    assert f'href="{LIST}"' in client.get(QUEUE).content.decode()
    assert client.post(LIST).status_code == 405


@pytest.mark.parametrize("count", [1, 15])
def test_it_takes_the_same_few_queries(at_home, a_ticket, omid, count):
    for _ in range(count):
        begun(omid, a_ticket())
    client = at_home(omid)
    client.get(LIST)
    with CaptureQueriesContext(connection) as captured:
        client.get(LIST)
    assert len([query for query in captured if not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]) <= 6
