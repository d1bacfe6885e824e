import pytest
from django.test import Client

from autonax_support.accounts.models import AuditEntry
from tests.cast import PASSWORD

PAGE = "/accounts/me/password/"
NEW = "bulbul-dar-bagh-1405"


def typed(old=PASSWORD, new=NEW, again=NEW):
    return {"old_password": old, "new_password1": new, "new_password2": again}


def test_sara_changes_her_password_and_stays_signed_in(at_home, sara):
    client = at_home(sara)
    assert client.post(PAGE, typed()).url == "/accounts/me/"
    sara.refresh_from_db()
    assert sara.check_password(NEW) is True
    assert client.get("/accounts/me/").status_code == 200


def test_her_session_on_another_pc_ends(at_home, sara):
    elsewhere = Client()
    elsewhere.force_login(sara)
    at_home(sara).post(PAGE, typed())
    assert elsewhere.get("/accounts/me/").url == "/accounts/login/?next=/accounts/me/&expired=1"


def test_the_change_is_on_record_without_the_password(at_home, sara):
    at_home(sara).post(PAGE, typed())
    assert [(entry.verb, entry.actor, entry.data) for entry in AuditEntry.objects.all()] == [("password_changed", sara, {"user": sara.pk})]


@pytest.mark.parametrize(
    ("fields", "errors"),
    [
        (typed(old="wrong"), {"old_password": ["گذرواژه کنونی درست نیست. آن را دوباره وارد کنید."]}),
        (typed(again="other"), {"new_password2": ["دو گذرواژه یکسان نیست. همان گذرواژه را دوباره بنویسید."]}),
        (typed(old=""), {"old_password": ["این قسمت را پر کنید."]}),
    ],
)
def test_what_is_wrong_is_said_at_the_field(at_home, sara, fields, errors):
    assert at_home(sara).post(PAGE, fields).context["form"].errors == errors
    sara.refresh_from_db()
    assert sara.check_password(PASSWORD) is True


@pytest.mark.parametrize("weak", ["short1", "password1", "12345678"])
def test_a_weak_password_is_refused(at_home, sara, weak):
    assert list(at_home(sara).post(PAGE, typed(new=weak, again=weak)).context["form"].errors) == ["new_password2"]


def test_no_typed_password_comes_back_in_the_page(at_home, sara):
    assert NEW not in at_home(sara).post(PAGE, typed(old="wrong")).content.decode()


def test_the_help_names_the_length_in_persian_digits(at_home, sara):
    assert "دست‌کم ۸ نویسه؛ نه یک گذرواژه رایج و نه شبیه نام شما." in at_home(sara).get(PAGE).content.decode()


def test_a_person_who_arrives_by_launch_has_none_to_change(at_home, sara):
    sara.set_unusable_password()
    sara.save()
    assert at_home(sara).get(PAGE).url == "/accounts/me/"


def test_a_stranger_must_sign_in_first(client, db):
    assert client.get(PAGE).url == "/accounts/login/?next=/accounts/me/password/"
    assert client.post(PAGE, typed()).url == "/accounts/login/?next=/&expired=1"
