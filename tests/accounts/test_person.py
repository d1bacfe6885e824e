"""Users at the desk: who may change whom, and that nobody rises by it."""

import pytest
from django.contrib.auth.models import Permission

from autonax_support.accounts.admin.user_forms import OFFICE_MISSING, OFFICE_TOO_MUCH
from autonax_support.accounts.models import AuditEntry, User
from tests.cast import PASSWORD, a_clerk

USERS = "/admin/accounts/user/"
NEW = "bulbul-dar-bagh-1405"


@pytest.fixture
def kaveh(kaveh):
    kaveh.groups.get().permissions.set(Permission.objects.filter(content_type__app_label="accounts"))
    return kaveh


@pytest.fixture
def operator(db):
    return User.objects.create_superuser("operator", PASSWORD, full_name="راهبر سامانه")


def typed(user, **changes):
    fields = {"username": user.username, "full_name": user.full_name, "role": user.role, "office": user.office_id or "", "is_active": "on"}
    return {**fields, "email": "", "mobile": "", **changes}


def change(client, user, **changes):
    response = client.post(f"{USERS}{user.pk}/change/", typed(user, **changes))
    user.refresh_from_db()
    return response


def set_password(client, user):
    response = client.post(f"{USERS}{user.pk}/password/", {"usable_password": "true", "password1": NEW, "password2": NEW})
    user.refresh_from_db()
    return response


def add_ali(client, office):
    fields = {"username": "ali", "full_name": "علي  رضايي", "role": "clerk", "office": office.pk, "is_active": "on", "mobile": "۰۹۱۲"}
    client.post(f"{USERS}add/", {**fields, "usable_password": "true", "password1": NEW, "password2": NEW})
    return User.objects.get(username="ali")


def test_kaveh_adds_a_clerk(at_home, kaveh, office_a):
    ali = add_ali(at_home(kaveh), office_a)
    assert (ali.full_name, ali.mobile, ali.office, ali.check_password(NEW)) == ("علی رضایی", "0912", office_a, True)


def test_what_is_recorded_holds_no_password(at_home, kaveh, office_a):
    add_ali(at_home(kaveh), office_a)
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.data["model"]) == ("created", kaveh, "accounts.user")
    assert sorted(entry.data["after"]) == ["full_name", "mobile", "office", "username"]


def test_the_rule_of_role_and_office_is_said_at_the_office(at_home, kaveh, sara, omid, office_a):
    client = at_home(kaveh)
    assert change(client, sara, office="").context["adminform"].errors == {"office": [OFFICE_MISSING]}
    assert change(client, omid, office=office_a.pk).context["adminform"].errors == {"office": [OFFICE_TOO_MUCH]}


def test_kaveh_closes_an_account_and_it_is_on_record(at_home, kaveh, sara):
    change(at_home(kaveh), sara, is_active="")
    assert sara.is_active is False
    entry = AuditEntry.objects.get()
    assert (entry.data["before"], entry.data["after"]) == ({"is_active": True}, {"is_active": False})


def test_kaveh_sets_saras_password(at_home, kaveh, sara):
    set_password(at_home(kaveh), sara)
    assert sara.check_password(NEW) is True
    entry = AuditEntry.objects.get()
    assert (entry.verb, entry.actor, entry.data) == ("password_changed", kaveh, {"model": "accounts.user", "id": sara.pk})


def test_kaveh_hands_out_no_rights(at_home, kaveh, omid):
    rights = {"is_superuser": "on", "user_permissions": [Permission.objects.first().pk], "groups": [kaveh.groups.get().pk]}
    for person in (omid, kaveh):
        assert change(at_home(kaveh), person, **rights).status_code == 302
    assert (omid.is_superuser, omid.groups.count(), omid.user_permissions.count()) == (False, 0, 0)
    assert (kaveh.is_superuser, kaveh.groups.count(), kaveh.user_permissions.count()) == (False, 1, 0)


def test_kaveh_does_not_touch_the_operator(at_home, kaveh, operator):
    client = at_home(kaveh)
    assert [change(client, operator, full_name="x").status_code, set_password(client, operator).status_code] == [403, 403]
    assert (operator.full_name, operator.check_password(PASSWORD)) == ("راهبر سامانه", True)


@pytest.mark.parametrize("active", [True, False])
def test_kaveh_does_not_take_over_an_account_that_may_do_more(at_home, kaveh, omid, active):
    omid.user_permissions.add(Permission.objects.exclude(content_type__app_label="accounts").first())
    omid.is_active = active
    omid.save()
    assert set_password(at_home(kaveh), omid).status_code == 403


def test_the_operator_makes_omid_a_manager(at_home, operator, kaveh, omid):
    change(at_home(operator), omid, groups=[kaveh.groups.get().pk])
    assert list(omid.groups.all()) == list(kaveh.groups.all())
    assert AuditEntry.objects.get().data["after"] == {"groups": [kaveh.groups.get().pk]}


def test_only_the_operator_sees_the_groups(at_home, operator, kaveh):
    assert at_home(kaveh).get("/admin/auth/group/").status_code == 403
    assert at_home(operator).get("/admin/auth/group/").status_code == 200


def test_nobody_writes_the_identity_of_the_host(at_home, operator, sara):
    change(at_home(operator), sara, host_issuer="autonax", host_subject="1")
    assert (sara.host_issuer, sara.host_subject) == (None, None)


def test_nobody_is_deleted(at_home, operator, sara):
    assert at_home(operator).post(f"{USERS}{sara.pk}/delete/", {"post": "yes"}).status_code == 403


def test_the_pages_of_a_user_open(at_home, kaveh, operator, sara):
    for person in (kaveh, operator):
        client = at_home(person)
        pages = [f"{USERS}add/", f"{USERS}{sara.pk}/change/", f"{USERS}{sara.pk}/password/", f"{USERS}{sara.pk}/history/"]
        assert [client.get(page).status_code for page in pages] == [200] * 4


def test_kaveh_chooses_an_office_by_its_code_in_persian_digits(at_home, kaveh, office_a, office_b):
    query = {"term": "۷۲۹۹۰۱۰۲۰۰۱", "app_label": "accounts", "model_name": "user", "field_name": "office"}
    results = at_home(kaveh).get("/admin/autocomplete/", query).json()["results"]
    assert [row["text"] for row in results] == [office_a.title]


@pytest.mark.parametrize("clerks", [1, 40])
def test_the_list_needs_the_same_queries_for_many_users(at_home, kaveh, office_a, clerks, django_assert_num_queries):
    for number in range(clerks):
        a_clerk(f"clerk{number}", f"کاربر {number}", office_a)
    client = at_home(kaveh)
    client.get("/admin/")  # the first page of a session writes it
    with django_assert_num_queries(8):
        assert len(client.get(USERS).context["cl"].result_list) == clerks + 1


def test_the_list_counts_in_persian(at_home, kaveh, sara):
    page = at_home(kaveh).get(USERS).content.decode()
    assert ("۲ کاربر\n" in page, "2 " in page.partition('class="paginator"')[2].partition("</p>")[0]) == (True, False)


def test_the_second_page_of_the_list(at_home, kaveh, office_a):
    for number in range(101):
        a_clerk(f"clerk{number}", f"کاربر {number}", office_a)
    page = at_home(kaveh).get(USERS, {"p": 2})
    assert len(page.context["cl"].result_list) == 2
    assert '<a href="?p=1">۱</a>' in page.content.decode()


def test_the_history_of_sara_has_jalali_dates(at_home, kaveh, sara):
    client = at_home(kaveh)
    change(client, sara, full_name="سارا کریمی")
    assert '<th scope="row">۱۴' in client.get(f"{USERS}{sara.pk}/history/").content.decode()
