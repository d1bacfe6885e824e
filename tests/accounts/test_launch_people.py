"""Offices and people are those of their host, by its ids: names may change, codes may repeat, and nobody comes into another's account."""

import copy

import jwt
import pytest

from autonax_support.accounts.models import AuditEntry, City, LaunchUse, Office, User
from tests import launching
from tests.cast import a_clerk, an_office
from tests.launching import ISSUER, OFFICE, STRANGER, come, pem, post

pytestmark = pytest.mark.django_db
OTHER = "https://other.example.ir"
MOVED = {"code": "729901040001", "title": "دفتر شهر نمونه ۴", "province": "نمونه", "city": "شهر دیگر"}


@pytest.fixture
def other_host(settings, tmp_path):
    """A second host beside the first; a function that gives a token of it."""
    told = launching.described()
    told["issuers"][OTHER] = {"keys": {"other": {"alg": "EdDSA", "public_key": pem(STRANGER)}}}
    launching.known(settings, tmp_path, told)
    return lambda **changes: jwt.encode(launching.claims(settings, iss=OTHER, **changes), STRANGER, "EdDSA", headers={"kid": "other"})


def names():
    return sorted(User.objects.values_list("host_issuer", "host_subject", "full_name", "office__title"))


def test_a_second_launch_changes_what_the_host_changed(client, host):
    come(client, host())
    come(client, host(name="سارا محمدی‌نژاد", mobile="۰۹۱۲۷۶۵۴۳۲۱", role="office_manager", office={**OFFICE, "title": "دفتر تازه"}))
    sara = User.objects.get()
    assert (sara.full_name, sara.mobile, sara.role, sara.office.title) == ("سارا محمدی‌نژاد", "09127654321", "office_manager", "دفتر تازه")
    assert (Office.objects.count(), City.objects.count()) == (1, 1)


def test_what_the_host_does_not_say_stays(client, host):
    come(client, host())
    come(client, host(mobile=None))
    assert User.objects.get().mobile == "09121234567"


def test_two_of_one_name_are_two_people(client, host):
    come(client, host())
    come(client, host(sub="user-18"))
    assert names() == [(ISSUER, sub, "سارا محمدی", "دفتر شهر نمونه ۲") for sub in ("user-17", "user-18")]


def test_a_mobile_of_somebody_else_leads_into_no_account_of_theirs(client, host, sara):
    User.objects.filter(pk=sara.pk).update(mobile="09121234567")
    come(client, host())
    came = client.get("/help/").wsgi_request.user
    assert (came.pk == sara.pk, came.mobile, came.host_subject) == (False, "09121234567", "user-17")


def test_two_hosts_with_the_same_ids_are_two_people_in_two_offices(client, settings, other_host):
    come(client, other_host())
    come(client, launching.signed(launching.claims(settings)))
    assert [issuer for issuer, *_ in names()] == sorted([ISSUER, OTHER])
    assert sorted(Office.objects.values_list("host_issuer", "code")) == sorted([(ISSUER, OFFICE["code"]), (OTHER, OFFICE["code"])])


def test_an_office_kept_at_the_desk_is_not_taken_over_by_its_code_or_name(client, host):
    ours = an_office(OFFICE["code"], OFFICE["title"])
    a_clerk("user-17", "سارا محمدی", ours)
    come(client, host())
    assert (ours.users.count(), Office.objects.count(), User.objects.count()) == (1, 2, 2)


def test_who_moves_sees_the_new_office_alone(client, host, a_ticket, technical):
    come(client, host(target="inbox"))
    sara = User.objects.get(host_subject="user-17")
    old = a_ticket(by=sara)
    assert client.get(f"/inbox/{old.pk}/").status_code == 200
    come(client, host(office=MOVED, target="inbox"))
    sara.refresh_from_db()
    assert (sara.office.code, client.get(f"/inbox/{old.pk}/").status_code) == (MOVED["code"], 404)
    assert Office.objects.get(code=OFFICE["code"]).is_active is True
    moved = AuditEntry.objects.get(verb="changed")
    assert (moved.data["before"]["office"], moved.data["after"]["office"]) == (old.office_id, sara.office_id)


@pytest.mark.parametrize("closed", ["account", "office", "staff"])
def test_who_is_closed_here_does_not_come_in_by_the_host(client, host, closed):
    come(client, host())
    User.objects.update(is_active=closed != "account")
    Office.objects.update(is_active=closed != "office")
    if closed == "staff":
        User.objects.update(role="staff", office=None)
    before = (names(), LaunchUse.objects.count())
    token = host(name="نام تازه", office={**OFFICE, "title": "نام تازه"})
    assert post(client, token).status_code == 403
    reasons = {"account": "inactive_user", "office": "inactive_office", "staff": "staff"}
    assert AuditEntry.objects.get(verb="launch_refused").data == {"reason": reasons[closed], "issuer": ISSUER}
    assert (names(), LaunchUse.objects.count()) == before


def test_nobody_becomes_an_expert_by_a_name(client, host, omid):
    come(client, host(name=omid.full_name, sub=omid.username))
    assert User.objects.exclude(pk=omid.pk).get().is_staff is False


@pytest.mark.parametrize("city", ["يزد", "یزد", "  یزد\u200f "])
def test_a_place_is_one_place_however_it_is_written(client, host, city):
    come(client, host(office={**OFFICE, "province": "یزد", "city": "یزد"}))
    come(client, host(office={**OFFICE, "province": city, "city": city}))
    assert list(City.objects.values_list("name", "province__name")) == [("یزد", "یزد")]


def test_numbers_come_in_any_digits(client, host):
    office = {**OFFICE, "code": "۷۲۹۹۰۱۰۲۰۰۰۱"}
    case = {"tracking_number": "٩٩٠١٠٢٩٤٠٠٠٠٤٠", "national_id": "\u200e۸۵۲۰۳۴۲۲۷۲", "subject": "كد ملي", "kind": None}
    come(client, host(office=office, case=case, mobile="+98 912 123 4567"))
    assert client.session["case"] == {
        "tracking_number": "99010294000040",
        "national_id": "8520342272",
        "subject": "کد ملی",
        "kind": "other",
    }
    sara = User.objects.get()
    assert (sara.office.code, sara.mobile) == ("729901020001", "09121234567")


@pytest.mark.parametrize("wrong", ["85203", "852034227222", "A1234567", "نامشخص"])
def test_a_case_with_a_wrong_national_id_arrives_without_it(client, host, wrong):
    come(client, host(case={"tracking_number": "99010294000040", "national_id": wrong}))
    assert (client.session["case"]["tracking_number"], client.session["case"]["national_id"]) == ("99010294000040", "")


def test_what_a_host_adds_for_itself_is_passed_over(client, host):
    assert post(client, host(locale="fa", office=copy.deepcopy(OFFICE) | {"phone": "1"})).status_code == 303
