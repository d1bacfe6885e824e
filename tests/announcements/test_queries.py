"""DESIGN.md 6.12: the same few queries for any number of rows, those of session and person included."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from announcements.models import Announcement

LIST_BUDGET, PAGE_BUDGET = 6, 7
CONTROL = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK")


def queries_of(client, address):
    client.get(reverse("announcements:list"))  # a session's first request writes when it began
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in captured if not query["sql"].startswith(CONTROL)]


@pytest.mark.parametrize("count", [10, pytest.param(1000, marks=pytest.mark.once)])
@pytest.mark.parametrize("query", ["", "?tab=unread", "?tab=confirm"])
def test_the_list_keeps_its_budget(old_hand, signed_in, many_announcements, count, query):
    many_announcements(count)
    assert len(queries_of(signed_in(old_hand), f"/announcements/{query}")) <= LIST_BUDGET


def test_every_page_of_the_list_keeps_its_budget(old_hand, signed_in, many_announcements):
    many_announcements(1000)
    client = signed_in(old_hand)
    second = client.get("/announcements/").context["older"]
    third = client.get(f"/announcements/{second}").context["older"]
    back = client.get(f"/announcements/{third}").context["newer"]
    ways = [second, third, back, "?before=0-9999999999999999-1", "?after=0-1-1"]
    assert [way for way in ways if len(queries_of(client, f"/announcements/{way}")) > LIST_BUDGET] == []


@pytest.mark.parametrize("count", [10, pytest.param(1000, marks=pytest.mark.once)])
def test_the_page_keeps_its_budget_first_and_again(old_hand, signed_in, many_announcements, count):
    many_announcements(count)
    address = reverse("announcements:page", args=[Announcement.objects.filter(needs_confirmation=True).first().pk])
    client = signed_in(old_hand)
    assert [len(queries_of(client, address)) <= PAGE_BUDGET for _ in range(2)] == [True, True]


def test_the_list_does_not_carry_whole_texts(old_hand, signed_in, an_announcement):
    an_announcement(body="م" * 50_000)
    row = signed_in(old_hand).get("/announcements/").context["announcements"][0]
    assert (row.get_deferred_fields(), len(row.beginning)) == ({"body"}, 600)
