"""What every request meets before its view."""

import time

import pytest
from django.test import Client

pytestmark = pytest.mark.once

SAFE = {
    "Content-Security-Policy": {"default-src 'none'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "style-src 'self'"},
    "X-Content-Type-Options": {"nosniff"},
    "Referrer-Policy": {"same-origin"},
    "X-Frame-Options": {"DENY"},
    "Cross-Origin-Opener-Policy": {"same-origin"},
}


@pytest.mark.parametrize("proxy", ["HTTP_X_FORWARDED_FOR", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA"])
def test_the_demo_refuses_a_request_through_a_proxy(client, db, proxy):
    assert client.get("/accounts/login/", **{proxy: "127.0.0.1"}).status_code == 403


@pytest.mark.parametrize(("address", "status"), [("192.168.1.7", 403), ("", 403), ("127.0.0.1", 200), ("127.0.0.2", 200), ("::1", 200)])
def test_the_demo_answers_this_machine_only(client, db, address, status):
    assert client.get("/accounts/login/", REMOTE_ADDR=address).status_code == status


def test_a_real_site_answers_other_machines(client, db, settings):
    settings.DEMO = False
    assert client.get("/accounts/login/", REMOTE_ADDR="192.168.1.7").status_code == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "believed"),
    [
        (0, "1.1.1.1", "10.0.0.1"),
        (1, "9.9.9.9, 1.1.1.1", "1.1.1.1"),
        (2, "9.9.9.9, 1.1.1.1, 2.2.2.2", "1.1.1.1"),
        (2, "1.1.1.1", "10.0.0.1"),
    ],
)
def test_only_our_own_proxies_say_who_asks(client, db, settings, proxies, forwarded, believed):
    settings.DEMO, settings.TRUSTED_PROXIES = False, proxies
    answer = client.get("/accounts/login/", REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert answer.wsgi_request.META["REMOTE_ADDR"] == believed


def test_a_stranger_is_led_to_the_sign_in(client, db):
    answer = client.get("/help/")
    assert (answer.status_code, answer.url) == (302, "/accounts/login/?next=/help/")


def test_htmx_is_told_to_load_the_sign_in_as_a_page(client, db):
    answer = client.get("/help/", HTTP_HX_REQUEST="true")
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/accounts/login/?next=/help/")


def test_clerks_and_experts_have_different_homes(sara, omid):
    clerk, expert = Client(), Client()
    clerk.force_login(sara)
    expert.force_login(omid)
    assert (clerk.get("/").url, expert.get("/").url) == ("/inbox/", "/admin/")


def test_a_flood_is_refused_before_it_is_read(client, db, settings):
    answer = client.post("/accounts/login/", CONTENT_LENGTH=str(settings.REQUEST_MAX_BYTES + 1))
    assert (answer.status_code, "۵۰ مگابایت" in answer.content.decode()) == (413, True)


def test_no_page_stays_in_the_cache_of_a_shared_pc(at_home, sara):
    client = at_home(sara)
    caches = [client.get(page).headers["Cache-Control"] for page in ("/help/", "/inbox/", "/nowhere/")]
    assert ["no-store" in cache for cache in caches] == [True, True, True]


@pytest.mark.parametrize("page", ["/accounts/login/", "/nowhere/", "/healthz"])
def test_every_answer_carries_the_safe_headers(client, db, page):
    headers = client.get(page).headers
    assert {name: {part for part in parts if part in headers[name]} for name, parts in SAFE.items()} == SAFE


def test_a_session_is_written_again_only_after_a_quarter_of_an_hour(at_home, sara):
    client = at_home(sara)
    client.get("/help/")
    first = client.session["noted"]
    client.get("/help/")
    assert client.session["noted"] == first


def test_a_session_ends_after_seven_days(at_home, sara):
    client = at_home(sara)
    session = client.session
    session["began"] = int(time.time()) - 7 * 24 * 3600 - 1
    session.save()
    assert client.get("/help/").url.startswith("/accounts/login/?next=")


@pytest.mark.parametrize("page", ["/inbox/0/", "/inbox/2147483648/", "/inbox/99999999999999999999/", "/inbox/۱۰۰۰۰۱/", "/inbox/-1/"])
def test_a_number_no_database_holds_is_no_page(at_home, sara, page):
    assert at_home(sara).get(page).status_code == 404
