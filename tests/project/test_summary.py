"""What a host's page may ask about its person: two counts, for a token of the host, in two queries, and nothing is written."""

import time
from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.accounts.models import AuditEntry, User
from tests import launching
from tests.launching import ISSUER, ORIGIN, signed, summary_token
from tickets.models import Unread

pytestmark = pytest.mark.django_db
ASKED = {"access-control-request-method": "GET", "access-control-request-headers": "authorization"}


@pytest.fixture(autouse=True)
def _known(settings, tmp_path):
    launching.known(settings, tmp_path)


@pytest.fixture
def sara(sara):
    """She has come by launch before."""
    User.objects.filter(pk=sara.pk).update(host_issuer=ISSUER, host_subject="user-17")
    return sara


@pytest.fixture
def ask(client):
    def asked(token, **headers):
        return client.get("/launch/summary/", headers={"authorization": f"Bearer {token}", **headers})

    return asked


def test_it_says_how_much_sara_has_not_read(ask, settings, sara, reza, kaveh, a_ticket):
    for place in range(3):
        Unread.objects.mark(a_ticket(), [sara, reza] if place else [reza])
    for published in (timezone.now(), timezone.now() + timedelta(days=1)):
        Announcement.objects.create(title="قطع موقت", body="متن", author=kaveh, published_at=published)
    answer = ask(summary_token(settings))
    assert (answer.status_code, answer.json()) == (200, {"unread_answers": 2, "unread_announcements": 1})
    assert answer.headers["Cache-Control"] == "no-store"


def test_it_stops_counting_at_a_hundred(ask, settings, sara, a_ticket):
    first = a_ticket()
    fields = {field.attname: getattr(first, field.attname) for field in first._meta.concrete_fields if not field.primary_key}
    tickets = type(first).objects.bulk_create(type(first)(**fields) for _ in range(105))
    Unread.objects.bulk_create(Unread(user=sara, ticket=ticket) for ticket in tickets)
    assert ask(summary_token(settings)).json()["unread_answers"] == 100


def test_tickets_of_an_office_she_has_left_do_not_count(ask, settings, sara, office_b, a_ticket):
    Unread.objects.mark(a_ticket(), [sara])
    User.objects.filter(pk=sara.pk).update(office=office_b)
    assert ask(summary_token(settings)).json()["unread_answers"] == 0


def test_it_may_be_asked_again_for_five_minutes(ask, settings, sara):
    token = summary_token(settings)
    assert [ask(token).status_code for _ in range(3)] == [200, 200, 200]


def test_it_costs_two_queries_and_writes_nothing(ask, settings, sara, a_ticket, django_assert_num_queries):
    Unread.objects.mark(a_ticket(), [sara])
    ask(summary_token(settings))  # what is prepared is prepared
    before = AuditEntry.objects.count()
    with django_assert_num_queries(2):
        ask(summary_token(settings))
    assert (AuditEntry.objects.count(), Session.objects.count()) == (before, 0)


def test_who_has_never_been_here_has_nothing_to_read_and_is_not_made(ask, settings):
    answer = ask(summary_token(settings, sub="user-99"))
    assert (answer.json(), User.objects.count()) == ({"unread_answers": 0, "unread_announcements": 0}, 0)


NOW = int(time.time())
WRONG = {
    "expired": {"iat": NOW - 600, "exp": NOW - 300},
    "made for too long": {"exp": NOW + 3600},
    "from the future": {"iat": NOW + 86_400, "exp": NOW + 86_500},
    "a launch": {"aud": "http://127.0.0.1:8000/launch/"},
    "both": {"aud": ["http://127.0.0.1:8000/launch/", "http://127.0.0.1:8000/launch/summary/"]},
    "another host": {"iss": "https://other.example.ir"},
    "nobody": {"sub": None},
    "a strange id": {"sub": "user 17"},
}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_token_is_401(ask, settings, sara, kind):
    answer = ask(summary_token(settings, **WRONG[kind]), origin=ORIGIN)
    assert (answer.status_code, answer.json()) == (401, {"error": "invalid_token"})
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert answer.headers["Access-Control-Allow-Origin"] == ORIGIN  # so that the script can tell why
    assert AuditEntry.objects.count() == 0


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer x.y.z", "Basic c2FyYTpk", "Bearer سلام"])
def test_no_token_is_401(client, sara, header):
    assert client.get("/launch/summary/", headers={"authorization": header} if header else {}).status_code == 401


def test_a_session_does_not_stand_in_for_a_token(at_home, sara):
    assert at_home(sara).get("/launch/summary/").status_code == 401


@pytest.mark.parametrize("closed", ["account", "office", "staff"])
def test_who_is_closed_here_is_401(ask, settings, sara, office_a, closed):
    User.objects.filter(pk=sara.pk).update(
        is_active=closed != "account", **({"role": "staff", "office": None} if closed == "staff" else {})
    )
    office_a.is_active = closed != "office"
    office_a.save()
    assert ask(summary_token(settings)).status_code == 401


def test_a_summary_token_lets_nobody_in(client, settings, sara):
    assert launching.post(client, summary_token(settings)).status_code == 403


def test_a_launch_token_is_no_summary_token(ask, settings, sara):
    assert ask(signed(launching.claims(settings))).status_code == 401


def test_pages_of_the_host_may_read_it_and_no_others(ask, settings, sara):
    token = summary_token(settings)
    told = {
        origin: ask(token, origin=origin).headers.get("Access-Control-Allow-Origin") for origin in (ORIGIN, "https://evil.example", "null")
    }
    assert told == {ORIGIN: ORIGIN, "https://evil.example": None, "null": None}
    answer = ask(token, origin=ORIGIN)
    assert ("Origin" in answer.headers["Vary"], "Access-Control-Allow-Credentials" in answer.headers) == (True, False)


def test_pages_of_another_host_do_not_read_what_this_one_signed(ask, client, settings, tmp_path, sara):
    told = launching.described()
    theirs = "https://other.example.ir"
    told["issuers"][theirs] = {"origins": [theirs], "keys": {"other": {"alg": "EdDSA", "public_key": launching.pem(launching.STRANGER)}}}
    launching.known(settings, tmp_path, told)
    answer = ask(summary_token(settings), origin=theirs)
    assert (answer.status_code, "Access-Control-Allow-Origin" in answer.headers) == (200, False)
    refused = ask("x.y.z", origin=theirs)
    assert (refused.status_code, refused.headers["Access-Control-Allow-Origin"]) == (401, theirs)
    preflight = client.options("/launch/summary/", headers={"origin": theirs, **ASKED})
    assert preflight.headers["Access-Control-Allow-Origin"] == theirs


def test_the_preflight_is_answered(client):
    answer = client.options("/launch/summary/", headers={"origin": ORIGIN, **ASKED})
    allowed = [answer.headers[f"Access-Control-Allow-{what}"] for what in ("Origin", "Methods", "Headers")]
    assert (answer.status_code, allowed) == (204, [ORIGIN, "GET", "Authorization"])
    stranger = client.options("/launch/summary/", headers={"origin": "https://evil.example", **ASKED})
    assert "Access-Control-Allow-Origin" not in stranger.headers


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_nothing_is_sent_there(client, settings, method):
    assert getattr(client, method)("/launch/summary/").status_code == 405
