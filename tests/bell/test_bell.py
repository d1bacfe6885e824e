"""The count in the frame, and the small request that keeps it up to date."""

import re
import time

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from autonax_support.middleware import NOTED_EVERY
from autonax_support.notices.models import Notice
from tests.bell.conftest import BELL, LIST, told

STOP = 286  # htmx asks no more


def bell_of(html):
    """Its accessible name, and the count that is seen."""
    link = re.search(r'<a class="bell .*?</a>', html, re.DOTALL)[0]
    seen = re.search(r'<span class="count[^>]*>(.*?)</span>', link)
    return re.search(r'visually-hidden">(.*?)</span>', link)[1], seen[1] if seen else None


def asked(client, person, **query):
    return client.get(BELL, {"of": person.pk, **query}, headers={"HX-Request": "true"})


@pytest.mark.parametrize("address", ["/inbox/", "/accounts/me/", LIST])
def test_the_bar_counts_what_sara_has_not_read(at_home, sara, an_answered_ticket, address):
    assert bell_of(at_home(sara).get(address).content.decode()) == ("اعلان‌ها، ۱ اعلان خوانده‌نشده", "۱")


@pytest.mark.parametrize("address", ["/admin/", "/admin/tickets/ticket/", "/admin/accounts/user/", LIST])
def test_so_does_the_desk(at_home, kaveh, technical, address):
    told(kaveh, "queue_digest", count=3, department=technical)
    html = at_home(kaveh).get(address).content.decode()
    assert bell_of(html) == ("اعلان‌ها، ۱ اعلان خوانده‌نشده", "۱")
    assert f'hx-get="{BELL}?of={kaveh.pk}"' in html


def test_at_zero_there_is_no_badge(at_home, sara):
    assert bell_of(at_home(sara).get("/inbox/").content.decode()) == ("اعلان‌ها", None)


def test_a_hundred_are_many(at_home, sara, many_notices):
    many_notices(sara, 100)
    assert bell_of(at_home(sara).get("/help/").content.decode()) == ("اعلان‌ها، ۹۹+ اعلان خوانده‌نشده", "۹۹+")


def test_without_a_script_it_is_a_link(at_home, sara):
    assert f'href="{LIST}"' in re.search(r'<a class="bell [^>]*>', at_home(sara).get("/inbox/").content.decode())[0]


def test_the_page_is_told_of_a_new_count_and_of_nothing_else(at_home, sara, an_answered_ticket):
    client = at_home(sara)
    assert [asked(client, sara, shown=shown).status_code for shown in ("۰", "", "۱")] == [200, 200, 204]
    fragment = asked(client, sara, shown="۰").content.decode()
    assert ["۱ اعلان خوانده‌نشده" in fragment, 'name="shown" value="۱"' in fragment, "<a " in fragment] == [True, True, False]


def test_the_count_is_never_kept_by_a_browser(at_home, sara):
    assert asked(at_home(sara), sara).headers["Cache-Control"] == "no-store"


def test_who_is_signed_out_is_not_asked_for_again(client, sara, an_answered_ticket):
    response = asked(client, sara)
    assert (response.status_code, "خوانده‌نشده" in response.content.decode()) == (STOP, False)
    assert "HX-Redirect" not in response.headers


def test_another_persons_count_does_not_reach_saras_page(at_home, sara, neda, an_answered_ticket):
    response = asked(at_home(sara), neda)
    assert (response.status_code, "خوانده‌نشده" in response.content.decode()) == (STOP, False)


@pytest.mark.parametrize("garbage", ["", "x", "\x00", "9" * 40])
def test_a_page_that_does_not_say_whose_it_is_gets_nothing(at_home, sara, garbage):
    assert at_home(sara).get(BELL, {"of": garbage}).status_code == STOP


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_it_is_only_asked(at_home, sara, method):
    assert getattr(at_home(sara), method)(BELL).status_code == 405


def test_it_takes_one_query_beside_session_and_person_and_writes_nothing(at_home, sara, many_notices):
    many_notices(sara, 200)
    client = at_home(sara)
    client.get("/help/")
    with CaptureQueriesContext(connection) as captured:
        assert asked(client, sara).status_code == 200
    assert len(captured) == 3
    assert Notice.objects.visible_to(sara).unread().count() == 201


def test_a_page_that_stands_open_keeps_no_session_alive(sara):
    client = Client()
    client.force_login(sara)
    client.get("/help/")
    session, before = client.session, int(time.time()) - NOTED_EVERY - 60
    session["noted"] = before
    session.save()
    ends = Session.objects.get().expire_date
    asked(client, sara)
    assert (client.session["noted"], Session.objects.get().expire_date) == (before, ends)
    client.get("/help/")
    assert client.session["noted"] > before


def test_an_ended_session_is_not_begun_anew_by_it(sara):
    client = Client()
    client.force_login(sara)
    client.get("/help/")
    Session.objects.update(expire_date=timezone.now())
    assert asked(client, sara).status_code == STOP
    assert settings.SESSION_COOKIE_NAME not in asked(client, sara).cookies or not Session.objects.filter(expire_date__gt=timezone.now())
