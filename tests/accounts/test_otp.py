"""Signing in with a one-time code: the session is good for nothing until it is given."""

import time
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_otp.oath import TOTP
from django_otp.plugins.otp_static.models import StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from autonax_support.accounts import second_factor
from autonax_support.accounts.models import AuditEntry
from autonax_support.notices.models import Notice
from tests.accounts.otp import code_of, has_device, sign_in
from tests.desk.reading import address, told
from tests.racing import at_once, rounds
from tickets.models import Draft, Message

OTP = "/accounts/otp/"
RECOVERY = "/accounts/otp/recovery/"
QUEUE = "/admin/tickets/ticket/"


@pytest.fixture
def device(omid) -> TOTPDevice:
    return has_device(omid)


@pytest.fixture
def awaited(client, omid, device):
    """Omid with his password given and the code not yet."""
    assert sign_in(client, "omid").status_code == 302
    return client


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


@pytest.mark.parametrize(
    "path", ["/admin/", QUEUE, "/accounts/me/", "/accounts/me/password/", "/announcements/", "/notices/", "/", "/help/"]
)
def test_every_page_leads_to_the_code(awaited, path):
    response = awaited.get(path)
    assert (response.status_code, response.url) == (302, f"{OTP}?next={path}")


def test_the_code_opens_the_page_that_was_asked_for(awaited, device):
    response = awaited.post(OTP, {"code": code_of(device), "next": QUEUE})
    assert (response.status_code, response.url) == (302, QUEUE)
    assert awaited.get(QUEUE).status_code == 200


def test_the_code_may_be_typed_in_persian_digits_and_groups(awaited, device):
    typed = code_of(device).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert awaited.post(OTP, {"code": f" {typed[:3]} {typed[3:]} "}).url == "/admin/"


def test_the_session_is_another_afterwards(awaited, device):
    before = awaited.session.session_key
    awaited.post(OTP, {"code": code_of(device)})
    assert awaited.session.session_key != before


@pytest.mark.parametrize("code", ["000000", "12345", "abcdef", "+12_34", "1234567", "۱۲۳۴۵", "\x00" * 6])
def test_a_wrong_code_is_told_at_the_field_and_audited(awaited, device, code):
    response = awaited.post(OTP, {"code": code})
    assert response.status_code == 200
    assert "code" in response.context["form"].errors
    assert awaited.get(QUEUE).status_code == 302


def test_a_failure_is_on_record(awaited, device):
    awaited.post(OTP, {"code": "000000"})
    assert verbs()[-1] == "otp_failed"
    assert AuditEntry.objects.latest("id").data == {"recovery": False}


def test_a_code_works_once(awaited, device, omid):
    code = code_of(device)
    awaited.post(OTP, {"code": code})
    other = Client()
    sign_in(other, "omid")
    assert "پذیرفته نشد" in other.post(OTP, {"code": code}).content.decode()
    assert other.get(QUEUE).status_code == 302


@pytest.mark.parametrize(("steps", "accepted"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_one_step_off(awaited, device, steps, accepted):
    response = awaited.post(OTP, {"code": code_of(device, steps)})
    assert (response.status_code == 302) is accepted


def test_waits_grow_and_the_right_code_waits_too(awaited, device):
    TOTPDevice.objects.update(throttling_failure_count=6, throttling_failure_timestamp=timezone.now())
    response = awaited.post(OTP, {"code": code_of(device)})
    assert (response.status_code, int(response.headers["Retry-After"])) == (429, 32)
    assert "۳۲ ثانیه صبر کنید" in response.content.decode()
    TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(seconds=33))
    assert awaited.post(OTP, {"code": code_of(device)}).status_code == 302


def test_a_wait_has_an_end(awaited, device):
    for _ in range(14):
        TOTPDevice.objects.update(throttling_failure_timestamp=timezone.now() - timedelta(days=1))
        awaited.post(OTP, {"code": "000000"})
    assert int(awaited.post(OTP, {"code": "000000"}).headers["Retry-After"]) <= 512


@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_what_was_typed_is_kept_as_a_draft(a_ticket, client, omid, accept):
    """The page was open when the second factor was set up in another browser."""
    ticket = a_ticket()
    client.force_login(omid)
    token = client.get(address(ticket)).context["writing"].token
    has_device(omid)
    fields = {"body": "نیمه‌کاره", "kind": "answer", "draft_token": token}
    response = client.post(address(ticket), fields, headers={"accept": accept})
    assert (Message.objects.count(), Draft.objects.get(owner=omid, kind=Draft.Kind.ANSWER).data["body"]) == (1, "نیمه‌کاره")
    where = response.json()["signin"] if accept == "application/json" else response.url
    assert (where.startswith(f"{OTP}?next=/admin/tickets/ticket/{ticket.pk}/"), "saved=1" in where) == (True, True)
    assert response.status_code == (401 if accept == "application/json" else 302)
    assert "ذخیره شده است" in client.get(where).content.decode()


def test_htmx_is_led_by_the_whole_page(awaited):
    response = awaited.get(QUEUE, headers={"HX-Request": "true"})
    assert response.headers["HX-Redirect"] == f"{OTP}?next={QUEUE}"


def test_the_page_of_the_code_and_the_errors_tell_no_numbers(awaited, omid):
    response = awaited.get("/no-such-page/")
    assert (response.status_code, response.context["header"].unread_notices, response.context["header"].banner) == (404, 0, None)


def test_the_bell_of_a_page_that_stands_open_asks_no_more(awaited, omid, a_ticket):
    Notice.objects.create(recipient=omid, kind="breached", ticket=a_ticket(), at=timezone.now())
    response = awaited.get("/notices/bell/", {"of": omid.pk})
    assert (response.status_code, "۱" in response.content.decode()) == (286, False)


def test_signing_out_is_always_open(awaited):
    assert awaited.post("/accounts/logout/").url == "/accounts/out/"


def test_a_reset_device_verifies_no_session_any_more(awaited, device, omid):
    awaited.post(OTP, {"code": code_of(device)})
    device.delete()
    has_device(omid)
    assert awaited.get(QUEUE).url.startswith(OTP)


def test_a_recovery_code_opens_once(awaited, omid):
    codes = second_factor.new_codes(omid)
    response = awaited.post(RECOVERY, {"code": codes[0].upper().replace("-", " "), "next": QUEUE})
    assert (response.url, told(response)) == (QUEUE, ["با کد بازیابی وارد شدید. ۹ کد بازیابی مانده است."])
    assert AuditEntry.objects.latest("id").data == {"left": 9}
    other = Client()
    sign_in(other, "omid")
    assert "پیش‌تر به کار رفته است" in other.post(RECOVERY, {"code": codes[0]}).content.decode()
    assert other.get(QUEUE).status_code == 302


def test_a_wrong_recovery_code_waits_like_any_other(awaited, omid):
    codes = second_factor.new_codes(omid)
    assert "پذیرفته نشد" in awaited.post(RECOVERY, {"code": "aaaaa-aaaaa"}).content.decode()
    assert awaited.post(RECOVERY, {"code": codes[0]}).status_code == 429
    assert verbs()[-1] == "otp_failed"


def test_another_persons_recovery_code_opens_nothing(awaited, sina, omid):
    second_factor.new_codes(omid)
    theirs = second_factor.new_codes(sina)
    assert awaited.post(RECOVERY, {"code": theirs[0]}).status_code == 200


def test_no_code_rests_in_the_table(omid):
    codes = second_factor.new_codes(omid)
    stored = set(StaticToken.objects.values_list("token", flat=True))
    assert (len(stored), stored & {code.replace("-", "") for code in codes}) == (10, set())


@pytest.mark.parametrize("person", ["sara", "leila"])
def test_clerks_are_not_concerned(client, request, person, settings):
    settings.STAFF_OTP = "required"
    client.force_login(request.getfixturevalue(person))
    assert client.get("/inbox/").status_code == 200
    assert client.get(OTP).status_code == client.get(RECOVERY).status_code == 404


def test_switched_off_nobody_is_asked(awaited, settings):
    settings.STAFF_OTP = "off"
    assert awaited.get(QUEUE).status_code == 200
    assert awaited.get(OTP).status_code == 404


def test_asking_takes_no_query_more(client, omid, device, django_assert_max_num_queries, django_assert_num_queries):
    client.force_login(omid)
    client.get(QUEUE)
    with django_assert_num_queries(2):  # the session, and the person with the device
        assert client.get(QUEUE).status_code == 302


def test_a_device_on_the_way_is_none(client, omid):
    TOTPDevice.objects.create(user=omid, name="totp", confirmed=False)
    client.force_login(omid)
    assert client.get(QUEUE).status_code == 200


def test_nobody_signed_in_is_led_to_the_sign_in(client, db):
    assert client.get(OTP).url == f"{reverse('accounts:login')}?next={OTP}"


def test_the_code_of_the_library_is_ours(device):
    totp = TOTP(device.bin_key)
    totp.time = time.time()
    assert code_of(device) == f"{totp.token():06}"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["code", "recovery"])
def test_of_two_browsers_at_the_same_moment_one_gets_in(omid, device, kind):
    """Who reads the code over a shoulder is not let in with it, be it in the same second."""
    code = code_of(device) if kind == "code" else second_factor.new_codes(omid)[0]
    check = second_factor.check_code if kind == "code" else second_factor.check_recovery
    for _ in range(rounds(5, 50)):
        TOTPDevice.objects.update(last_t=-1, throttling_failure_count=0, throttling_failure_timestamp=None)
        answers = at_once(lambda typed: check(omid, typed, timezone.now()).accepted, [code] * 3)
        assert sorted(answers) == [False, False, True]
        if kind == "recovery":
            code = second_factor.new_codes(omid)[0]
