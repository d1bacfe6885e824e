"""Ten wrong passwords close a name for one address and a quarter of an hour; nobody else notices."""

import logging
from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings as site
from django.contrib.auth.hashers import MD5PasswordHasher
from django.utils import timezone

from autonax_support.accounts.forms import WRONG
from autonax_support.accounts.models import AuditEntry
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"
CLOSED = "پس از چند ورود ناموفق، ورود با این نام کاربری از این رایانه تا ۱۵ دقیقه بسته است. پس از آن دوباره تلاش کنید."


class CountingHasher(MD5PasswordHasher):
    calls = 0

    def encode(self, password, salt):
        CountingHasher.calls += 1
        return super().encode(password, salt)


@pytest.fixture
def attempt(client):
    def made(username="sara", password="wrong", address="127.0.0.1", **headers):
        return client.post(LOGIN, {"username": username, "password": password}, REMOTE_ADDR=address, **headers)

    return made


@pytest.fixture
def locked(attempt, sara):
    """Sara's name after nine wrong passwords at 127.0.0.1 and the tenth."""
    answers = [attempt() for _ in range(site.AXES_FAILURE_LIMIT)]
    assert [answer.status_code for answer in answers] == [200] * 9 + [429]
    return answers[-1]


def test_the_tenth_wrong_password_closes_the_sign_in_on_our_own_page(locked):
    assert locked.context["form"].non_field_errors() == [CLOSED]
    assert (locked.headers["Retry-After"], "accounts/login.html" in [one.name for one in locked.templates]) == ("900", True)


def test_the_right_password_does_not_open_it(locked, attempt, client):
    assert (attempt(password=PASSWORD).status_code, "_auth_user_id" in client.session) == (429, False)


@pytest.mark.parametrize("spelling", ["SARA", "Sara", " sara "])
def test_another_spelling_is_the_same_name(locked, attempt, spelling):
    assert attempt(spelling, PASSWORD).status_code == 429


def test_persian_digits_are_the_same_name(attempt, sara):
    sara.username = "7299"
    sara.save()
    for name in ["7299", "۷۲۹۹"] * 5:
        attempt(name)
    assert attempt("۷۲۹۹", PASSWORD).status_code == 429


def test_reza_signs_in_at_the_same_address(locked, attempt, reza):
    assert attempt("reza", PASSWORD).url == "/inbox/"


def test_sara_signs_in_from_another_address(locked, attempt):
    assert attempt(password=PASSWORD, address="127.0.0.2").url == "/inbox/"


def test_another_browser_at_the_same_address_is_no_way_round(locked, attempt):
    assert attempt(password=PASSWORD, HTTP_USER_AGENT="Firefox/115").status_code == 429


def test_a_written_forwarded_address_is_no_way_round(attempt, sara, settings):
    settings.DEMO, settings.TRUSTED_PROXIES = False, 1
    answers = [attempt(address="10.0.0.1", HTTP_X_FORWARDED_FOR=f"9.9.9.{number}, 5.5.5.5") for number in range(10)]
    assert answers[-1].status_code == 429


def test_an_ipv6_network_is_one_address(attempt, sara, settings):
    settings.DEMO = False
    answers = [attempt(address=f"2001:db8:1:2::{number}") for number in range(10)]
    assert answers[-1].status_code == 429
    assert attempt(password=PASSWORD, address="2001:db8:1:3::1").url == "/inbox/"


@pytest.mark.parametrize("address", ["", "unix:", "10.0.0.1:5000"])
def test_a_request_without_a_readable_address_is_throttled_too(attempt, sara, settings, address):
    settings.DEMO = False
    assert [attempt(address=address).status_code for _ in range(10)][-1] == 429


def test_trying_on_does_not_make_it_longer(locked, attempt):
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=9, seconds=30))
    for _ in range(3):
        later = attempt()
    assert "تا ۶ دقیقه بسته است" in later.context["form"].non_field_errors()[0]


def test_after_a_quarter_of_an_hour_sara_is_back(locked, attempt):
    AccessAttempt.objects.update(attempt_time=timezone.now() - timedelta(minutes=15, seconds=1))
    assert attempt(password=PASSWORD).url == "/inbox/"


def test_a_sign_in_forgets_the_failures_before_it(attempt, sara):
    for _ in range(9):
        attempt()
    attempt(password=PASSWORD)
    assert [attempt().status_code for _ in range(9)] == [200] * 9


def test_an_unknown_name_is_closed_in_the_same_way(attempt, db):
    answers = [attempt("nobody") for _ in range(10)]
    assert answers[0].context["form"].non_field_errors() == [WRONG]
    assert answers[-1].context["form"].non_field_errors() == [CLOSED]


def test_known_unknown_and_passwordless_names_cost_the_same_work(attempt, sara, reza, settings):
    settings.PASSWORD_HASHERS = [f"{__name__}.CountingHasher"]
    sara.set_password(PASSWORD)
    sara.save()
    reza.set_unusable_password()
    reza.save()
    work = {}
    for name in ("sara", "nobody", "reza"):
        CountingHasher.calls = 0
        attempt(name)
        work[name] = CountingHasher.calls
    assert work == {"sara": 1, "nobody": 1, "reza": 1}


def test_the_closing_is_on_record(locked, attempt):
    attempt()
    verbs = list(AuditEntry.objects.order_by("pk").values_list("verb", "data__name"))
    assert verbs == [("sign_in_failed", "sara")] * 9 + [("sign_in_locked", "sara")] * 2


def test_neither_names_nor_passwords_rest_in_the_table(attempt, db, client):
    client.post(f"{LOGIN}?next=/inbox/?q=8520342272", {"username": "8520342272", "password": "sesame-1405", "passwort": "sesame-1405"})
    row = AccessAttempt.objects.values().get()
    assert [secret in str(row) for secret in ("8520342272", "sesame-1405", "csrf")] == [False] * 3
    assert AccessLog.objects.count() == 0


def test_the_log_of_axes_names_nobody(attempt, sara, caplog):
    caplog.set_level(logging.INFO)
    for _ in range(10):
        attempt("8520342272", "sesame-1405")
    text = "\n".join(record.getMessage() for record in caplog.records if record.name.startswith("axes"))
    assert ("Locking out" in text, "8520342272" in text, "sesame" in text) == (True, False, False)
