"""Setting it up, new recovery codes, switching it off, and what a manager does for a colleague."""

import re
from base64 import b32decode
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django_otp.plugins.otp_static.models import StaticDevice
from django_otp.plugins.otp_totp.models import TOTPDevice

from autonax_support.accounts import second_factor
from autonax_support.accounts.models import AuditEntry, User
from autonax_support.privacy import people
from tests.accounts.otp import code_of, has_device, sign_in
from tests.cast import PASSWORD

OTP, CODES, OFF = "/accounts/otp/", "/accounts/otp/codes/", "/accounts/otp/off/"
QUEUE = "/admin/tickets/ticket/"


def phone(page: str) -> TOTPDevice:
    """Reads the secret off the page, as a person does who cannot scan."""
    secret = re.search(r'<p class="otp-key"><bdi dir="ltr">([A-Z2-7 ]+)</bdi>', page).group(1).replace(" ", "")
    return TOTPDevice(key=b32decode(secret).hex())


def shown_codes(response) -> list[str]:
    return re.findall(r'<li><bdi dir="ltr">([a-z2-9]{5}-[a-z2-9]{5})</bdi>', response.content.decode())


@pytest.fixture
def verified(client, omid):
    """A client of Omid, who has set it up a moment ago."""
    client.force_login(omid)
    client.post(OTP, {"code": code_of(phone(client.get(OTP).content.decode()))})
    return client


def test_set_up_shows_the_codes_once_and_leads_on(client, omid):
    client.force_login(omid)
    page = client.get(f"{OTP}?next={QUEUE}").content.decode()
    before = client.session.session_key
    response = client.post(OTP, {"code": code_of(phone(page)), "next": QUEUE})
    codes = shown_codes(response)
    assert (len(codes), len(set(codes))) == (10, 10)
    assert f'href="{QUEUE}"' in response.content.decode()
    assert client.session.session_key != before
    assert client.get(QUEUE).status_code == 200
    again = client.get(OTP).content.decode()
    assert ("۱۰ کد بازیابی مانده است" in again, codes[0] in again) == (True, False)
    assert AuditEntry.objects.latest("id").verb == "otp_on"


def test_the_qr_code_is_drawn_in_the_page_and_asks_nobody(client, omid):
    client.force_login(omid)
    page = client.get(OTP).content.decode()
    assert 'aria-label="کد QR فعال‌سازی"' in page
    assert ("data:" in page, "style=" in page, "http://" in page.replace("http://testserver", "")) == (False, False, False)


def test_opening_the_page_writes_nothing_and_shows_the_same_secret(client, omid):
    client.force_login(omid)
    first, again = (phone(client.get(OTP).content.decode()).key for _ in range(2))
    assert first == again
    assert TOTPDevice.objects.count() == 0


def test_a_wrong_code_leaves_nothing_behind(client, omid):
    client.force_login(omid)
    before = phone(client.get(OTP).content.decode()).key
    response = client.post(OTP, {"code": "000000"})
    assert "پذیرفته نشد" in response.content.decode()
    assert (phone(response.content.decode()).key, TOTPDevice.objects.count(), StaticDevice.objects.count()) == (before, 0, 0)
    assert client.get(QUEUE).status_code == 200


def test_two_people_and_two_sessions_have_secrets_of_their_own(client, omid, sina):
    keys = set()
    for person in (omid, omid, sina):
        other = Client()
        other.force_login(person)
        keys.add(phone(other.get(OTP).content.decode()).key)
    assert len(keys) == 3


def test_the_code_of_the_set_up_is_used_up(client, omid):
    client.force_login(omid)
    made = phone(client.get(OTP).content.decode())
    client.post(OTP, {"code": code_of(made)})
    other = Client()
    sign_in(other, "omid")
    assert other.post(OTP, {"code": code_of(made)}).status_code in (200, 429)
    assert other.get(QUEUE).status_code == 302


def test_his_other_sessions_need_the_code_too(verified, omid):
    other = Client()
    other.force_login(omid)
    assert other.get(QUEUE).url == f"{OTP}?next={QUEUE}"


def test_required_leads_to_the_set_up_first_and_then_in(client, omid, settings):
    settings.STAFF_OTP = "required"
    assert sign_in(client, "omid").url == "/admin/"
    response = client.get("/admin/")
    assert response.url == f"{OTP}?next=/admin/"
    page = client.get(response.url).content.decode()
    assert "برای کار در میز پشتیبانی، ورود دومرحله‌ای لازم است" in page
    assert len(shown_codes(client.post(OTP, {"code": code_of(phone(page))}))) == 10
    assert client.get("/admin/").status_code == 200


def test_optional_asks_nobody_who_has_none_and_offers_it(client, omid):
    client.force_login(omid)
    assert client.get("/admin/").status_code == 200
    assert "فعال‌سازی ورود دومرحله‌ای" in client.get("/accounts/me/").content.decode()


def test_new_codes_need_the_password_and_end_the_old(verified, omid):
    old = second_factor.codes_left(omid)
    assert "گذرواژه درست نیست" in verified.post(CODES, {"password": "نه"}).content.decode()
    codes = shown_codes(verified.post(CODES, {"password": PASSWORD}))
    assert (len(codes), old, second_factor.codes_left(omid)) == (10, 10, 10)
    assert AuditEntry.objects.latest("id").verb == "otp_codes"


def test_switching_off_needs_the_password(verified, omid):
    assert "گذرواژه درست نیست" in verified.post(OFF, {"password": "نه"}).content.decode()
    assert TOTPDevice.objects.count() == 1
    assert verified.post(OFF, {"password": PASSWORD}).url == "/accounts/me/"
    assert (TOTPDevice.objects.count(), StaticDevice.objects.count()) == (0, 0)
    assert AuditEntry.objects.latest("id").verb == "otp_off"
    assert verified.get(QUEUE).status_code == 200


def test_neither_works_before_the_code(client, omid):
    has_device(omid)
    client.force_login(omid)
    for path in (CODES, OFF):
        assert client.post(path, {"password": PASSWORD}).url.startswith(OTP)
    assert TOTPDevice.objects.count() == 1


def test_without_a_device_there_is_nothing_to_switch_off(client, omid):
    client.force_login(omid)
    assert client.get(CODES).url == client.get(OFF).url == client.get("/accounts/otp/recovery/").url == OTP


def test_kaveh_resets_a_colleagues_device(client, kaveh, omid):
    has_device(omid)
    client.force_login(kaveh)
    assert "برداشتن ورود دومرحله‌ای" in client.get(f"/admin/accounts/user/{omid.pk}/change/").content.decode()
    response = client.post(f"/admin/accounts/user/{omid.pk}/otp/")
    assert response.url == f"/admin/accounts/user/{omid.pk}/change/"
    entry = AuditEntry.objects.latest("id")
    assert (entry.verb, entry.actor, entry.data) == ("otp_reset", kaveh, {"model": "accounts.user", "id": omid.pk})
    assert (TOTPDevice.objects.count(), User.objects.get(pk=omid.pk).sessions_ended) == (0, 1)


def test_where_there_is_none_nothing_is_reset(client, kaveh, omid):
    client.force_login(kaveh)
    client.post(f"/admin/accounts/user/{omid.pk}/otp/")
    assert (AuditEntry.objects.filter(verb="otp_reset").count(), User.objects.get(pk=omid.pk).sessions_ended) == (0, 0)


@pytest.mark.parametrize("person", ["omid", "sina", "sara"])
def test_nobody_else_resets_a_device(client, request, mina, person):
    has_device(mina)
    client.force_login(request.getfixturevalue(person))
    assert client.post(f"/admin/accounts/user/{mina.pk}/otp/").status_code == (404 if person == "sara" else 403)
    assert TOTPDevice.objects.count() == 1


def test_a_manager_resets_no_superusers_device_and_not_the_own(client, kaveh):
    root = User.objects.create_superuser("root", PASSWORD, full_name="راهبر")
    has_device(root)
    client.force_login(kaveh)
    assert client.post(f"/admin/accounts/user/{root.pk}/otp/").status_code == 403
    assert client.post(f"/admin/accounts/user/{kaveh.pk}/otp/").url == OFF


def test_the_operator_opens_the_way_from_the_shell(omid):
    has_device(omid)
    call_command("forget_otp", user="Omid", stdout=(out := StringIO()))
    assert ("برداشته شد" in out.getvalue(), TOTPDevice.objects.count()) == (True, 0)
    assert (AuditEntry.objects.latest("id").verb, AuditEntry.objects.latest("id").actor) == ("otp_reset", None)


def test_an_anonymised_account_keeps_no_device(omid, kaveh):
    has_device(omid)
    second_factor.new_codes(omid)
    people.anonymise(omid, at=timezone.now())
    assert (TOTPDevice.objects.count(), StaticDevice.objects.count()) == (0, 0)


@pytest.mark.parametrize("model", ["otp_totp/totpdevice", "otp_static/staticdevice"])
def test_the_library_has_no_page_of_its_own(client, db, model):
    client.force_login(User.objects.create_superuser("root", PASSWORD, full_name="راهبر"))
    assert client.get(f"/admin/{model}/").status_code == 404
