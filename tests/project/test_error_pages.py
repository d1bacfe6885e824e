import logging

import pytest
from django.db import OperationalError
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


def test_a_database_that_is_away_is_no_fault_of_the_person():
    _, answer = page_after(OperationalError("gone"))
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "30")


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
