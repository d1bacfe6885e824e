"""On which side of the counter somebody is: rights, tickets and reports rest on it, so it does not change under them."""

import pytest

from autonax_support.accounts.admin.user_forms import OWN_ACCOUNT, OWN_ROLE, ROLE_BOUND
from autonax_support.accounts.models import User
from tests.cast import PASSWORD, a_clerk, an_expert


@pytest.fixture
def change(at_home):
    """A function: this person saves that one's form with these changes; gives the errors of the form."""

    def saved(doer, person, **changes):
        fields = {"username": person.username, "full_name": person.full_name, "role": person.role, "office": person.office_id or ""}
        typed = {**fields, "is_active": "on", "email": "", "mobile": "", **changes}
        response = at_home(doer).post(f"/admin/accounts/user/{person.pk}/change/", typed)
        person.refresh_from_db()
        return response.context["adminform"].errors if response.status_code == 200 else response.status_code

    return saved


def test_sara_who_has_filed_tickets_does_not_become_an_expert(change, kaveh, sara, a_ticket):
    a_ticket()
    errors = change(kaveh, sara, role="staff", office="")
    assert list(errors) == ["role"]
    assert errors["role"][0].startswith(ROLE_BOUND.partition("{")[0])
    assert "تیکت‌ها" in errors["role"][0]
    assert sara.role == "clerk"


def test_omid_of_a_department_does_not_become_a_clerk(change, kaveh, omid, office_a):
    assert change(kaveh, omid, role="clerk", office=office_a.pk) == {"role": [ROLE_BOUND.format(kinds="اعضای بخش")]}
    omid.memberships.all().delete()
    assert change(kaveh, omid, role="clerk", office=office_a.pk) == 302
    assert (omid.role, omid.office) == ("clerk", office_a)


def test_a_clerk_who_has_only_signed_in_becomes_an_expert(change, client, kaveh, office_a):
    ali = a_clerk("ali", "علی", office_a)
    client.post("/accounts/login/", {"username": "ali", "password": PASSWORD})
    assert change(kaveh, ali, role="staff", office="") == 302
    assert ali.role == "staff"


def test_sara_with_her_tickets_becomes_the_manager_of_another_office(change, kaveh, sara, office_b, a_ticket):
    a_ticket()
    assert change(kaveh, sara, role="office_manager", office=office_b.pk) == 302
    assert (sara.role, sara.office) == ("office_manager", office_b)


def test_kaveh_does_not_close_his_own_account(change, kaveh):
    assert change(kaveh, kaveh, is_active="") == {"is_active": [OWN_ACCOUNT]}
    assert kaveh.is_active is True


def test_kaveh_does_not_leave_the_desk_by_himself(change, kaveh, office_a):
    assert change(kaveh, kaveh, role="clerk", office=office_a.pk) == {"role": [OWN_ROLE]}
    assert kaveh.role == "staff"


def test_the_operator_closes_the_account_of_kaveh(change, kaveh):
    assert change(User.objects.create_superuser("operator", full_name="راهبر سامانه"), kaveh, is_active="") == 302
    assert kaveh.is_active is False


def test_a_name_that_differs_only_in_case_is_refused_at_the_field(change, kaveh, sara):
    assert change(kaveh, an_expert("ali", "علی"), username="SARA") == {"username": ["این نام کاربری پیش‌تر ثبت شده است."]}


def test_the_spelling_of_a_name_may_change(change, kaveh, sara):
    assert change(kaveh, sara, username="Sara") == 302
    assert sara.username == "Sara"
