"""What failed is in the log under the number that the page shows; what people typed, searched and carried is not."""

import io
import logging
import re

import pytest
from django.test import Client

from autonax_support.logs import ErrorReference, PrivateLine, clean
from autonax_support.persian.text import to_ascii_digits

pytestmark = pytest.mark.once

PASSWORD, ID, PERSIAN_ID, TRACKING = "sesame-1405-open", "8520342272", "۸۵۲۰۳۴۲۲۷۲", "99010294000040"
SENT = {"password": PASSWORD, "national_id": ID, "body": "متن محرمانه تیکت"}
QUERY = f"?q={ID}&token=eyJhbGciOi"
BEGIN = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d,\d{3} [A-Z]+ \S+ ref=(?:-|\d{8}) ")


@pytest.fixture
def log():
    """What the console of a running site would show: lines as settings.LOGGING makes them."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(PrivateLine())
    handler.addFilter(ErrorReference())
    root = logging.getLogger()
    root.addHandler(handler)
    yield stream.getvalue
    root.removeHandler(handler)


@pytest.fixture
def failing(settings, sara):
    settings.ROOT_URLCONF = "tests.project.failing"
    client = Client(raise_request_exception=False)
    client.force_login(sara)
    return client


def secrets_in(text: str, *more: str) -> list[str]:
    folded = to_ascii_digits(text)
    return [secret for secret in (PASSWORD, ID, TRACKING, "محرمانه", "eyJhbGciOi", "q=", *more) if secret in folded]


def events(text: str) -> list[str]:
    """Lines that begin an event; any line that is neither one nor a «|» line would be forged."""
    lines = text.splitlines()
    assert [line for line in lines if not BEGIN.match(line) and not line.startswith("| ")] == []
    return [line for line in lines if BEGIN.match(line)]


def shown_number(answer) -> str:
    return to_ascii_digits(re.search("شماره خطا: <bdi>([۰-۹]{8})</bdi>", answer.content.decode())[1])


@pytest.mark.parametrize(("how", "status"), [("value", 500), ("row", 500), ("away", 503), ("bad", 400), ("denied", 403)])
def test_the_number_on_the_page_is_in_the_log_and_nothing_that_was_sent(failing, log, how, status):
    answer = failing.post(f"/fail/{how}/{QUERY}", SENT)
    text = log()
    of_it = [line for line in events(text) if f"ref={shown_number(answer)} " in line]
    assert (answer.status_code, len(of_it), f"/fail/{how}/" in of_it[0]) == (status, 1, True)
    assert secrets_in(text, failing.cookies["session"].value) == []


def test_an_error_still_says_where_and_what_it_was(failing, log):
    failing.post("/fail/value/", SENT)
    told = log()
    assert re.search(r"^\| .*tests/project/failing\.py:\d+ in fail: raise ERRORS\[how\]\(sent\) from first$", told, re.MULTILINE)
    assert [kind in told for kind in ("| ValueError: ", "| KeyError: ")] == [True, True]


def test_a_failed_form_check_is_in_the_log_under_its_number(sara, log):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sara)
    answer = strict.post("/accounts/me/", {"full_name": "سارا"})
    assert (answer.status_code, f"ref={shown_number(answer)} Forbidden" in log()) == (403, True)


def test_a_page_that_is_not_there_has_no_number_and_no_query_in_the_log(failing, log):
    answer = failing.get(f"/nowhere/{PERSIAN_ID}/{QUERY}")
    assert (answer.status_code, "شماره خطا" in answer.content.decode(), secrets_in(log())) == (404, False, [])


@pytest.mark.parametrize("end", ["%0a", "%0d%0a", "%C2%85", "%E2%80%A8", "%0b", "%1b[2K"])
def test_a_path_cannot_write_a_line_of_its_own(failing, log, end):
    failing.get(f"/nowhere{end}2026-11-25 12:00:00,000 CRITICAL root ref=- forged")
    assert len(events(log())) == 1


def test_a_user_name_cannot_either(client, db, log):
    for name in ("a\n2026-11-25 12:00:00,000 CRITICAL root ref=- forged", f"x\r{ID}"):
        client.post("/accounts/login/", {"username": name, "password": PASSWORD})
    events(log())
    assert secrets_in(log(), "forged") == []


def test_a_foreign_host_name_cannot_either(failing, log):
    failing.get("/inbox/", HTTP_HOST="evil.example\n2026-11-25 CRITICAL forged")
    assert "forged" not in "".join(line for line in log().splitlines() if line.startswith("2026-11-25 CRITICAL"))
    events(log())


def test_our_own_lines_are_kept_private_too(log):
    logging.getLogger("tickets").warning("mobile %s\nof %s at %s", "09121234567", PERSIAN_ID, f"/inbox/?q={TRACKING}")
    assert log().rstrip().endswith(r"WARNING tickets ref=- mobile #\nof # at /inbox/?…")


def test_what_has_several_lines_is_known_by_each_of_them(failing, log):
    failing.post("/fail/value/", SENT | {"password": f"first line\nthen {PASSWORD}"})
    assert secrets_in(log(), "first line") == []


def test_a_line_does_not_grow_without_end():
    assert len(clean("x" * 100_000)) == 300


def test_the_running_site_logs_like_this(settings):
    console = settings.LOGGING["handlers"]["console"]
    assert settings.LOGGING["formatters"][console["formatter"]] == {"()": "autonax_support.logs.PrivateLine"}
    assert console["filters"] == ["reference"]
    assert PrivateLine in {type(handler.formatter) for handler in logging.getLogger("gunicorn.error").handlers}
