"""Fifty browsers with one token, fifty with one handle, and many people of one new office: real threads, let go together."""

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client

from autonax_support.accounts.models import AuditEntry, LaunchUse, Office, User
from tests.launching import post
from tests.racing import at_once

FIFTY = 50


def whole_way(token):
    client = Client()
    if post(client, token).status_code != 303:
        return False
    return client.get("/launch/arrive/").status_code == 302


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_fifty_uses_of_one_token_are_one_session(host):
    token = host()
    assert sorted(at_once(whole_way, [token] * FIFTY)) == [False] * (FIFTY - 1) + [True]
    assert (Session.objects.count(), User.objects.count(), LaunchUse.objects.count()) == (1, 1, 1)
    assert [entry.data["reason"] for entry in AuditEntry.objects.filter(verb="launch_refused")] == ["replayed"] * (FIFTY - 1)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_fifty_arrivals_with_one_handle_are_one_session(client, host):
    post(client, host())
    handle = client.cookies[configured.LAUNCH_COOKIE_NAME].value

    def arrives(_):
        mine = Client()
        mine.cookies[configured.LAUNCH_COOKIE_NAME] = handle
        return mine.get("/launch/arrive/").status_code

    assert sorted(at_once(arrives, range(FIFTY))) == [302] + [403] * (FIFTY - 1)
    assert Session.objects.count() == 1


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_whole_new_office_at_once(host):
    tokens = [host(sub=f"user-{number % 10}") for number in range(30)]
    assert at_once(whole_way, tokens) == [True] * 30
    assert (Office.objects.count(), User.objects.count(), Session.objects.count()) == (1, 10, 30)


@pytest.mark.django_db(transaction=True)
def test_one_token_twice_at_once(host):
    """On SQLite too, which has one writer at a time."""
    assert sorted(at_once(whole_way, [host()] * 4)) == [False, False, False, True]
    assert Session.objects.count() == 1
