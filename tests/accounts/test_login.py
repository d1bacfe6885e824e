import pytest
from django.urls import reverse

from autonax_support.accounts.forms import INACTIVE, WRONG
from autonax_support.accounts.models import AuditEntry
from tests.cast import PASSWORD

LOGIN = "/accounts/login/"


@pytest.fixture
def sign_in(client):
    def attempt(username, password=PASSWORD, query="", **fields):
        return client.post(LOGIN + query, {"username": username, "password": password, **fields})

    return attempt


def who(client):
    return client.session.get("_auth_user_id")


def entries():
    return [(entry.verb, entry.actor, entry.data) for entry in AuditEntry.objects.order_by("pk")]


def test_sara_lands_in_the_inbox(sign_in, client, sara):
    assert sign_in("sara").url == "/inbox/"
    assert who(client) == str(sara.pk)


def test_omid_lands_at_the_desk(sign_in, omid):
    assert sign_in("omid").url == "/admin/"


def test_sara_may_type_her_name_with_persian_digits(sign_in, client, sara):
    sara.username = "7299"
    sara.save()
    assert sign_in("۷۲۹۹").url == "/inbox/"


@pytest.mark.parametrize("spelling", ["Sara", "SARA", "sara"])
def test_sara_may_type_her_name_as_her_keyboard_writes_it(sign_in, client, sara, spelling):
    assert sign_in(spelling).url == "/inbox/"
    assert who(client) == str(sara.pk)


def test_a_name_stored_with_capitals_is_found_too(sign_in, sara):
    sara.username = "Sara.M"
    sara.save()
    assert sign_in("sara.m").url == "/inbox/"


def test_a_password_is_exact(sign_in, client, sara):
    assert sign_in("sara", PASSWORD.upper()).context["form"].non_field_errors() == [WRONG]
    assert who(client) is None


def test_sara_comes_back_to_the_page_she_wanted(sign_in, sara):
    assert sign_in("sara", query="?next=/announcements/").url == "/announcements/"
    assert sign_in("sara", next="/tickets/new/?a=1").url == "/tickets/new/?a=1"


@pytest.mark.parametrize(
    "target", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "\\\\evil.example", "/accounts/logout/", LOGIN]
)
def test_nobody_is_led_away_after_signing_in(sign_in, sara, target):
    assert sign_in("sara", next=target).url == "/inbox/"


NO_PATHS = ["x", "-", "\x00", "a:b", "a/b", "?a=1", "http://testserver/help/", "///evil.example", "/\\evil.example", "/" + "x" * 20_000]


@pytest.mark.parametrize("target", NO_PATHS)
def test_a_next_that_is_no_path_of_ours_is_as_none(sign_in, client, sara, target):
    assert sign_in("sara", next=target).url == "/inbox/"
    assert client.get(LOGIN, {"next": target}).url == "/inbox/"


@pytest.mark.parametrize("target", ["/\x00", "/a\nb", "/[", "/a:b", "/%", "/" + "é" * 500])
def test_a_path_that_is_no_page_of_ours_breaks_nothing(sign_in, client, sara, target):
    assert sign_in("sara", next=target).status_code == 302
    assert client.get(LOGIN, {"next": target}).status_code == 302


def test_sara_is_never_led_to_the_desk(sign_in, sara):
    assert sign_in("sara", next="/admin/tickets/ticket/").url == "/inbox/"


def test_omid_is_led_to_the_desk_page_he_wanted(sign_in, omid):
    assert sign_in("omid", next="/admin/accounts/user/").url == "/admin/accounts/user/"


def test_an_unknown_name_and_a_wrong_password_get_the_same_text(sign_in, client, sara):
    unknown, wrong = sign_in("nobody"), sign_in("sara", "wrong")
    assert [unknown.context["form"].non_field_errors(), wrong.context["form"].non_field_errors()] == [[WRONG], [WRONG]]
    assert who(client) is None


def test_only_the_right_password_learns_that_the_account_is_inactive(sign_in, client, sara):
    sara.is_active = False
    sara.save()
    assert sign_in("sara").context["form"].non_field_errors() == [INACTIVE]
    assert sign_in("sara", "wrong").context["form"].non_field_errors() == [WRONG]
    assert who(client) is None


def test_nobody_signs_in_for_a_closed_office(sign_in, office_a, sara):
    office_a.is_active = False
    office_a.save()
    assert sign_in("sara").context["form"].non_field_errors() == [INACTIVE]


def test_a_session_ends_when_its_account_or_office_is_closed(at_home, sara, office_a):
    client = at_home(sara)
    office_a.is_active = False
    office_a.save()
    assert client.get("/accounts/me/").url == f"{LOGIN}?next=/accounts/me/&expired=1"


def test_empty_fields_are_named_and_nothing_is_recorded(sign_in, db):
    errors = sign_in("", "").context["form"].errors
    assert errors == {"username": ["این قسمت را پر کنید."], "password": ["این قسمت را پر کنید."]}
    assert entries() == []


@pytest.mark.parametrize("name", ["a\x00b", "x" * 200_000, "'; DROP TABLE x; --", "\u202egnp.exe", "😀"])
def test_a_hostile_name_is_only_a_wrong_name(sign_in, db, name):
    assert sign_in(name).status_code == 200


def test_the_password_never_comes_back_in_the_page(sign_in, sara):
    assert b"sesame-1405" not in sign_in("sara", "sesame-1405").content


def test_signing_in_gives_a_new_session_key(sign_in, client, sara):
    sign_in("sara")
    first = client.session.session_key
    sign_in("sara")
    assert (client.session.session_key == first, who(client)) == (False, str(sara.pk))


def test_reza_finds_nothing_of_saras_session_on_the_shared_pc(sign_in, client, sara, reza):
    sign_in("sara")
    session = client.session
    session["secret"] = "of sara"
    session.save()
    sign_in("reza")
    assert (who(client), client.session.get("secret")) == (str(reza.pk), None)
    assert session.exists(session.session_key) is False


def test_sign_ins_are_on_record_without_the_password(sign_in, sara):
    sign_in("sara", "wrong")
    sign_in("my-password-1405")
    sign_in("sara")
    assert entries() == [
        ("sign_in_failed", None, {"name": "sara"}),
        ("sign_in_failed", None, {"unknown_name": True}),  # it may be a password, typed one field too early
        ("sign_in", sara, {}),
    ]
    assert set(AuditEntry.objects.values_list("address", flat=True)) == {"127.0.0.1"}


def test_sara_who_is_signed_in_needs_no_sign_in_page(at_home, sara):
    assert at_home(sara).get(LOGIN).url == "/inbox/"


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ("?expired=1", "زمان نشست شما تمام شد. دوباره وارد شوید."),
        ("?saved=1", "آنچه نوشته بودید ذخیره شده است؛ وارد شوید تا از همان جا ادامه دهید."),
    ],
)
def test_the_page_says_why_sara_must_sign_in_again(client, query, sentence, db):
    assert sentence in client.get(LOGIN + query).content.decode()


def test_reza_whose_pc_keeps_a_text_of_sara_gets_the_sign_in_page(at_home, reza):
    assert at_home(reza).get(LOGIN + "?saved=1").status_code == 200


def test_other_methods_are_refused(client, db):
    assert client.put(LOGIN).status_code == 405
    assert reverse("accounts:login") == LOGIN
