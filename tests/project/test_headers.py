"""Every answer of every address carries the safe headers: pages, refusals, redirects, files, and what never reaches a view."""

from pathlib import Path

import pytest
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client

from autonax_support import views
from autonax_support.accounts.models import User
from tests.journeys.addresses import every_address
from tests.journeys.rows import rows_of

EXACT = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Strict-Transport-Security": "max-age=31536000; includeSubDomains; preload",
}
POLICY = {"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}
FOR_OTHER_SITES = {("/companion.js", 200): ["Cross-Origin-Resource-Policy: cross-origin"]}
UNUSED = ("camera=()", "microphone=()", "geolocation=()", "payment=()", "usb=()")


def faults(answer: HttpResponse) -> list[str]:
    """What is missing or too much on this answer."""
    headers = answer.headers
    policy = headers.get("Content-Security-Policy", "")
    wrong = [f"{name}: {headers.get(name)}" for name, value in EXACT.items() if headers.get(name) != value]
    wrong += [f"policy without {part}" for part in POLICY if part not in policy]
    wrong += [f"policy with {part}" for part in ("unsafe", "data:", "http:", "*") if part in policy]
    wrong += [f"not denied: {part}" for part in UNUSED if part not in headers.get("Permissions-Policy", "")]
    wrong += [f"tells {name}" for name in ("Server", "X-Powered-By", "Access-Control-Allow-Origin") if name in headers]
    return wrong


@pytest.fixture
def https(settings):
    """Settings as a site with TLS has them; a client made after this is served by them."""
    settings.SECURE_SSL_REDIRECT, settings.SECURE_HSTS_SECONDS = True, 31536000
    settings.SECURE_HSTS_INCLUDE_SUBDOMAINS = settings.SECURE_HSTS_PRELOAD = True


@pytest.fixture
def ask(https):
    """A function: the answer to this request over TLS, as this person or as nobody."""

    def asked(path, person=None, method="get", **more):
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person)
        return getattr(client, method)(path, secure=True, **more)

    return asked


@pytest.fixture
def addresses(a_ticket, sara, omid, kaveh):
    return every_address(**rows_of(sara, kaveh, a_ticket()))


@pytest.mark.parametrize("who", ["nobody", "sara", "kaveh"])
def test_every_address_answers_with_them(https, addresses, who):
    client = Client(raise_request_exception=False)
    wrong, codes = {}, set()
    for address in addresses:
        if who == "kaveh" and not address.is_of_the_desk:
            continue
        if who != "nobody":
            client.force_login(User.objects.get(username=who))  # anew: one of the addresses ends sessions
        for method in {"nobody": ("get", "post", "trace"), "sara": ("get", "post"), "kaveh": ("get",)}[who]:
            answer = getattr(client, method)(address.path, secure=True)
            codes.add(answer.status_code)
            if faults(answer) != FOR_OTHER_SITES.get((address.path, answer.status_code), []):
                wrong[method, address.path, answer.status_code] = faults(answer)
    assert wrong == {}
    assert codes >= {"nobody": {200, 302, 405}, "sara": {200, 302, 404, 405}, "kaveh": {200, 302, 404, 405}}[who]


@pytest.mark.parametrize("method", ["TRACE", "PROPFIND", "CONNECT"])
def test_trace_and_unknown_methods_go_no_further(https, sara, method):
    client = Client()
    client.force_login(sara)
    answer = client.generic(method, "/inbox/", secure=True)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS, POST, PUT, DELETE")
    assert "این صفحه با این نشانی باز نمی‌شود" in answer.content.decode()
    assert faults(answer) == []


def test_the_redirect_to_https_and_a_foreign_host_carry_all_but_strict_transport(https, db):
    only = [f"Strict-Transport-Security: {None}"]
    moved, foreign = Client().get("/inbox/"), Client().get("/inbox/", HTTP_HOST="evil.example")
    assert (moved.status_code, moved.url, foreign.status_code) == (301, "https://testserver/inbox/", 400)
    assert (faults(moved), faults(foreign)) == (only, only)


def test_a_proxy_before_the_demo_is_refused_with_them(db):
    answer = Client().get("/accounts/login/", HTTP_VIA="1.1 proxy")
    assert (answer.status_code, faults(answer)) == (403, ["Strict-Transport-Security: None"])


def test_refusals_carry_them(ask, sara, settings):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sara)
    answers = {
        400: ask("/accounts/theme/", sara, "post", data={"theme": "neon"}),
        403: strict.post("/accounts/me/", {"full_name": "x"}, secure=True),
        404: ask("/nowhere/"),
        405: ask("/inbox/1/close/", sara),
        413: ask("/accounts/login/", None, "post", CONTENT_LENGTH=str(settings.REQUEST_MAX_BYTES + 1)),
    }
    assert {code: (answer.status_code, faults(answer)) for code, answer in answers.items()} == {code: (code, []) for code in answers}


@pytest.mark.parametrize(("error", "code"), [(ZeroDivisionError(), 500), (OperationalError("away"), 503)])
def test_failures_carry_them(ask, sara, monkeypatch, error, code):
    def failing(*args, **kwargs):
        raise error

    monkeypatch.setattr(views, "render", failing)
    answer = ask("/help/", sara)
    assert (answer.status_code, faults(answer)) == (code, [])


@pytest.mark.parametrize("conditional", [False, True])
def test_static_files_carry_them(ask, db, settings, conditional):
    name = "headers-test.css"
    (Path(settings.STATIC_ROOT) / name).write_text("a{}")
    try:
        headers = {"if-modified-since": "Wed, 01 Jan 2120 00:00:00 GMT"} if conditional else {}
        answer = ask(f"/static/{name}", headers=headers)
        list(answer.streaming_content if answer.streaming else [])
        answer.close()
    finally:
        (Path(settings.STATIC_ROOT) / name).unlink()
    assert (answer.status_code, faults(answer)) == (304 if conditional else 200, [])
