import logging

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, IntegrityError, InterfaceError, OperationalError
from django.test import Client, RequestFactory

from autonax_support import views
from autonax_support.logs import ErrorReference
from autonax_support.persian.text import to_persian_digits


def page_after(error: Exception):
    request = RequestFactory().get("/inbox/?q=8520342272")
    try:
        raise error
    except Exception:  # noqa: BLE001 - as Django's own handler does
        return request, views.server_error(request)


def test_the_page_and_the_log_carry_the_same_reference():
    request, answer = page_after(ZeroDivisionError())
    record = logging.makeLogRecord({"request": request})
    ErrorReference().filter(record)
    assert (answer.status_code, len(record.ref)) == (500, 8)
    assert to_persian_digits(record.ref) in answer.content.decode()


@pytest.mark.parametrize("error", [OperationalError("gone"), InterfaceError("closed"), DatabaseError("server closed the connection")])
def test_a_database_that_is_away_is_no_fault_of_the_person(error):
    _, answer = page_after(error)
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


def test_a_row_that_is_refused_is_not_a_database_that_is_away():
    assert page_after(IntegrityError("doubled"))[1].status_code == 500


@pytest.mark.parametrize(("cause", "status"), [(DatabaseError("server closed the connection"), 503), (None, 400)])
def test_a_session_that_could_not_be_stored_is_told_from_one_that_is_gone(cause, status):
    """Django tells both with the same words; the one hides what the database said."""
    update, interrupted = UpdateError(), SessionInterrupted("deleted before the request completed")
    interrupted.__context__, update.__context__ = update, cause
    assert views.bad_request(RequestFactory().get("/help/"), interrupted).status_code == status


@pytest.mark.parametrize("who", ["sara", "omid"])
def test_an_unknown_page_is_persian_for_everybody(at_home, request, who):
    answer = at_home(request.getfixturevalue(who)).get("/nowhere/")
    assert (answer.status_code, "این صفحه پیدا نشد" in answer.content.decode()) == (404, True)


def test_a_form_without_its_token_is_refused_in_persian(sara):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sara)
    answer = client.post("/accounts/me/", {"full_name": "سارا"})
    assert (answer.status_code, "زمان این فرم تمام شد" in answer.content.decode()) == (403, True)


def test_a_foreign_host_name_is_refused(client, db):
    answer = client.get("/accounts/login/", HTTP_HOST="evil.example")
    assert (answer.status_code, "این صفحه با این نشانی باز نمی‌شود" in answer.content.decode()) == (400, True)
