"""Sara clicks the companion: she is here, with her case in hand, and whoever sat at this PC before is gone."""

import hashlib
import re
from datetime import timedelta

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry, LaunchUse, Office, User
from autonax_support.logs import clean
from tests.launching import CASE, ISSUER, OFFICE, come, post

pytestmark = pytest.mark.django_db


def case_in(client):
    return client.session.get("case")


def test_the_first_launch_makes_office_and_person_and_lets_her_in(client, host):
    answer = come(client, host())
    assert (answer.status_code, answer.headers["Location"]) == (302, "/tickets/new/")
    sara = User.objects.get()
    assert (sara.full_name, sara.mobile, sara.role, sara.has_usable_password()) == ("سارا محمدی", "09121234567", "clerk", False)
    assert (sara.host_issuer, sara.host_subject, sara.office.host_issuer) == (ISSUER, "user-17", ISSUER)
    assert (sara.office.code, sara.office.title, str(sara.office.city), str(sara.office.city.province)) == tuple(OFFICE.values())[:2] + (
        "شهر نمونه",
        "نمونه",
    )
    assert client.get("/inbox/").status_code == 200


def test_the_case_stays_in_her_session_and_nowhere_else(client, host):
    come(client, host())
    assert case_in(client) == CASE
    assert LaunchUse.objects.get().case == {}


def test_a_launch_without_a_case_brings_none(client, host):
    come(client, host(case=None))
    assert case_in(client) is None


@pytest.mark.parametrize(("target", "address"), [("new", "/tickets/new/"), ("inbox", "/inbox/"), ("announcements", "/announcements/")])
def test_she_comes_to_where_she_wanted(client, host, target, address):
    assert come(client, host(target=target)).headers["Location"] == address


def test_the_handle_is_a_cookie_of_one_minute_and_one_address(client, host):
    cookie = post(client, host()).cookies[configured.LAUNCH_COOKIE_NAME]
    assert (cookie["max-age"], cookie["path"], cookie["httponly"], cookie["samesite"]) == (60, "/launch/arrive/", True, "Lax")
    assert LaunchUse.objects.get().handle == hashlib.sha256(cookie.value.encode()).hexdigest()


def test_on_https_it_is_secure(host, settings, client):
    settings.HTTPS, settings.LAUNCH_COOKIE_NAME = True, "__Secure-launch"
    assert post(client, host()).cookies["__Secure-launch"]["secure"] is True
    gone = client.get("/launch/arrive/").cookies["__Secure-launch"]
    assert (gone.value, gone["max-age"], gone["path"], gone["secure"]) == ("", 0, "/launch/arrive/", True)


def test_nothing_of_her_stands_in_an_address(client, host):
    way = [post(client, host()), client.get("/launch/arrive/")]
    assert [answer.headers["Location"] for answer in way] == ["/launch/arrive/", "/tickets/new/"]
    assert [answer.headers["Cache-Control"] for answer in way] == ["max-age=0, no-cache, no-store, must-revalidate, private"] * 2


def test_nothing_of_her_stands_in_the_log(client, host, caplog):
    caplog.set_level("DEBUG")
    token = host()
    come(client, token)
    post(client, token)
    lines = "\n".join(clean(record.getMessage()) for record in caplog.records if record.name != "django.db.backends")
    assert "/launch/" in lines
    assert [part for part in (*token.split("."), "سارا", "user-17", *CASE.values()) if part in lines and part != "other"] == []


def test_the_handle_works_once(client, host):
    post(client, host())
    twin = Client()
    twin.cookies[configured.LAUNCH_COOKIE_NAME] = client.cookies[configured.LAUNCH_COOKIE_NAME].value
    assert (client.get("/launch/arrive/").status_code, twin.get("/launch/arrive/").status_code) == (302, 403)


def test_and_for_a_minute(client, host):
    post(client, host())
    LaunchUse.objects.update(used_at=timezone.now() - timedelta(seconds=61))
    answer = client.get("/launch/arrive/")
    assert (answer.status_code, AuditEntry.objects.get(verb="launch_refused").data) == (403, {"reason": "handle"})


def test_an_invented_handle_is_refused(client, host):
    client.cookies[configured.LAUNCH_COOKIE_NAME] = "invented"
    assert (client.get("/launch/arrive/").status_code, Session.objects.count()) == (403, 0)


@pytest.mark.parametrize("headers", [{"sec-purpose": "prefetch"}, {"purpose": "prefetch"}])
def test_a_browser_that_guesses_does_not_use_the_handle_up(client, host, headers):
    post(client, host())
    assert client.get("/launch/arrive/", headers=headers).status_code == 204
    assert client.head("/launch/arrive/").status_code == 204
    assert client.get("/launch/arrive/").status_code == 302


def test_a_reload_is_told_that_she_is_in(client, host):
    come(client, host(target="inbox"))
    page = client.get("/launch/arrive/")
    assert page.status_code == 200
    assert "پیش‌تر با همین لینک وارد شده‌اید و نشست شما باز است." in page.content.decode()
    assert 'href="/inbox/">ادامه کار' in page.content.decode()


def test_after_signing_out_a_reload_lets_nobody_in(client, host):
    come(client, host())
    client.post("/accounts/logout/")
    assert client.get("/launch/arrive/").status_code == 403
    assert AuditEntry.objects.filter(verb="launch_refused").count() == 0  # nobody came with anything


def test_a_session_of_a_password_is_not_called_a_launch(at_home, sara):
    assert at_home(sara).get("/launch/arrive/").status_code == 403


@pytest.mark.parametrize("who", ["reza", "omid", "kaveh"])
def test_whoever_sat_here_before_is_gone_from_the_database(at_home, request, host, who):
    before = request.getfixturevalue(who)
    client = at_home(before)
    client.get("/help/")
    key = client.session.session_key
    come(client, host())
    assert (Session.objects.filter(session_key=key).exists(), client.get("/help/").wsgi_request.user.full_name) == (False, "سارا محمدی")
    assert client.session.session_key != key


def test_she_is_told_that_the_other_session_ended(at_home, reza, host):
    client = at_home(reza)
    come(client, host(target="inbox"))
    words = [str(message) for message in client.get("/inbox/").context["messages"]]
    assert words == ["اکنون با حساب سارا محمدی از دفتر شهر نمونه ۲ وارد شده‌اید. نشست قبلی روی این رایانه بسته شد."]


@pytest.mark.parametrize(("sub", "status"), [("user-17", 302), ("user-18", 403)])
def test_a_form_left_open_is_sent_by_herself_and_not_by_the_next_person(host, sub, status):
    client = Client(enforce_csrf_checks=True)
    come(client, host())
    page = client.get("/accounts/me/").content.decode()
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
    come(client, host(sub=sub))
    assert client.post("/accounts/me/", {"full_name": "سارا م.", "csrfmiddlewaretoken": token}).status_code == status


def test_her_own_second_launch_says_nothing(client, host):
    come(client, host(target="inbox"))
    come(client, host(target="inbox"))
    assert list(client.get("/inbox/").context["messages"]) == []


def test_the_case_of_the_launch_before_is_gone(client, host):
    come(client, host())
    come(client, host(case=None))
    assert case_in(client) is None


def test_who_came_is_on_record(client, host):
    come(client, host())
    sara, use = User.objects.get(), LaunchUse.objects.get()
    rows = [(entry.verb, entry.actor, entry.data) for entry in AuditEntry.objects.order_by("pk")]
    assert rows == [
        ("created", None, {"model": "accounts.office", "id": sara.office_id}),
        ("created", None, {"model": "accounts.user", "id": sara.pk}),
        ("sign_in", sara, {"launch": use.pk}),
    ]


def test_only_a_form_comes_this_way(client):
    answers = [getattr(client, method)("/launch/") for method in ("get", "head", "put", "options")]
    assert [(answer.status_code, answer.headers["Allow"]) for answer in answers] == [(405, "POST")] * 4
    assert "دوباره «پشتیبانی همراه» را بزنید" in answers[0].content.decode()


@pytest.mark.parametrize("closed", ["account", "office", "staff"])
def test_what_closes_within_the_minute_is_closed(client, host, closed):
    post(client, host())
    Office.objects.update(is_active=closed != "office")
    User.objects.update(is_active=closed != "account")
    if closed == "staff":
        User.objects.update(role="staff", office=None)
    assert client.get("/launch/arrive/").status_code == 403
    assert client.get("/inbox/").headers["Location"].startswith("/accounts/login/")


def test_a_launch_costs_so_much_and_no_more(client, host, django_assert_max_num_queries):
    come(client, host())
    with django_assert_max_num_queries(12):
        answer = post(client, host())
    assert answer.status_code == 303
    with django_assert_max_num_queries(19):
        assert client.get("/launch/arrive/").status_code == 302
