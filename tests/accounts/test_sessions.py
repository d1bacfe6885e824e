"""A session ends with its time, its account, its password, and whenever its person or a manager says so."""

from datetime import timedelta

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry, User
from tests.cast import PASSWORD

ME, END = "/accounts/me/", "/accounts/me/sessions/"


@pytest.fixture
def elsewhere(sara):
    """Sara's browser on another PC, signed in."""
    client = Client()
    client.force_login(sara)
    assert client.get(ME).status_code == 200
    return client


def is_out(client):
    answer = client.get(ME)
    return answer.status_code == 302 and answer.url.startswith("/accounts/login/")


def at_the_desk(person):
    return f"/admin/accounts/user/{person.pk}/sessions/"


def test_sara_ends_her_other_sessions_and_stays(at_home, sara, elsewhere):
    here = at_home(sara)
    answer = here.post(END, follow=True)
    assert [str(message) for message in answer.context["messages"]] == ["نشست‌های دیگر شما بسته شد."]
    assert (is_out(here), is_out(elsewhere)) == (False, True)


def test_her_page_offers_it(at_home, sara):
    assert f'action="{END}"' in at_home(sara).get(ME).content.decode()


def test_reza_keeps_his_session(at_home, sara, reza):
    his = Client()
    his.force_login(reza)
    at_home(sara).post(END)
    assert is_out(his) is False


def test_it_is_on_record(at_home, sara):
    at_home(sara).post(END)
    assert [(entry.verb, entry.actor, entry.data) for entry in AuditEntry.objects.all()] == [("sessions_ended", sara, {"user": sara.pk})]


def test_a_link_ends_nothing(at_home, sara, elsewhere):
    assert at_home(sara).get(END).status_code == 405
    assert is_out(elsewhere) is False


def test_kaveh_ends_all_sessions_of_sara(at_home, sara, kaveh, elsewhere):
    answer = at_home(kaveh).post(at_the_desk(sara))
    assert (answer.url, is_out(elsewhere)) == (f"/admin/accounts/user/{sara.pk}/change/", True)
    entry = AuditEntry.objects.get(verb="sessions_ended")
    assert (entry.actor, entry.data) == (kaveh, {"model": "accounts.user", "id": sara.pk})


@pytest.mark.parametrize("where", ["desk", "elsewhere"])
def test_who_changes_sides_keeps_no_session_of_the_side_before(at_home, kaveh, sara, elsewhere, where):
    fields = {"full_name": sara.full_name, "email": "", "mobile": "", "is_active": "on"}
    if where == "desk":
        page = at_home(kaveh).post(f"/admin/accounts/user/{sara.pk}/change/", {**fields, "username": "sara", "role": "staff", "office": ""})
        assert page.status_code == 302
    else:
        sara.role, sara.office = "staff", None
        sara.save(update_fields=["role", "office"])
    assert (User.objects.get(pk=sara.pk).is_staff, is_out(elsewhere)) == (True, True)


def test_nor_when_she_comes_back_to_it_and_only_then(sara, office_b):
    theirs = Client()
    sara.role, sara.office = "office_manager", office_b
    theirs.force_login(sara)
    sara.save()
    assert is_out(theirs) is False
    for role, office in (("staff", None), ("clerk", office_b)):
        sara.role, sara.office = role, office
        sara.save()
    assert is_out(theirs) is True


def test_kaveh_s_page_of_sara_offers_it(at_home, sara, kaveh):
    page = at_home(kaveh).get(f"/admin/accounts/user/{sara.pk}/change/").content.decode()
    assert (f'action="{at_the_desk(sara)}"' in page, "بستن همه نشست‌ها" in page) == (True, True)


def test_kaveh_stays_when_he_ends_his_own(at_home, kaveh):
    client = at_home(kaveh)
    assert client.post(at_the_desk(kaveh)).status_code == 302
    assert is_out(client) is False


def test_kaveh_cannot_end_those_of_an_operator(at_home, kaveh):
    operator = User.objects.create_superuser("operator", PASSWORD, full_name="راهبر سامانه")
    assert at_home(kaveh).post(at_the_desk(operator)).status_code == 403
    operator.refresh_from_db()
    assert operator.sessions_ended == 0


@pytest.mark.parametrize(("who", "status"), [("omid", 403), ("neda", 404)])
def test_nobody_else_ends_them(at_home, request, sara, elsewhere, who, status):
    assert at_home(request.getfixturevalue(who)).post(at_the_desk(sara)).status_code == status
    assert is_out(elsewhere) is False


@pytest.mark.parametrize("number", ["999999", "x", "1\x00"])
def test_somebody_who_is_not_there_is_404(at_home, kaveh, number):
    assert at_home(kaveh).post(f"/admin/accounts/user/{number}/sessions/").status_code == 404


@pytest.mark.parametrize("closed", ["account", "office"])
def test_a_session_ends_with_its_account_and_its_row_goes(sara, office_a, elsewhere, closed):
    key = elsewhere.session.session_key
    row = sara if closed == "account" else office_a
    row.is_active = False
    row.save()
    assert (is_out(elsewhere), Session.objects.filter(session_key=key).exists()) == (True, False)
    row.is_active = True
    row.save()
    assert is_out(elsewhere) is True


def test_the_row_of_an_ended_session_goes_too(at_home, sara, elsewhere):
    key = elsewhere.session.session_key
    at_home(sara).post(END)
    assert (is_out(elsewhere), Session.objects.filter(session_key=key).exists()) == (True, False)


def test_a_new_password_from_a_manager_ends_them(sara, elsewhere):
    sara.set_password("another-1405")
    sara.save()
    assert is_out(elsewhere) is True


def test_twelve_quiet_hours_end_a_session(elsewhere):
    session = Session.objects.get(session_key=elsewhere.session.session_key)
    left = session.expire_date - timezone.now()
    assert timedelta(hours=11, minutes=59) < left <= timedelta(hours=12)
    Session.objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    assert is_out(elsewhere) is True


def test_nobody_is_signed_out_by_an_upgrade(sara):
    """Until somebody ends sessions the hash is Django's own, so those from before this counter live on."""
    from django.contrib.auth.base_user import AbstractBaseUser

    before = AbstractBaseUser._get_session_auth_hash(sara)
    assert sara.get_session_auth_hash() == before
    sara.end_sessions()
    assert sara.get_session_auth_hash() != before
