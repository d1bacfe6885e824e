"""What the database itself says about people and offices, whoever writes to it."""

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from autonax_support.accounts.models import City, Office, Province, User
from tests.cast import a_clerk, an_expert, an_office


def refuses(change):
    with pytest.raises(IntegrityError), transaction.atomic():
        change()


def test_a_clerk_belongs_to_an_office(db):
    refuses(lambda: a_clerk("ali", "علی", None))


def test_a_manager_belongs_to_an_office(db):
    refuses(lambda: a_clerk("ali", "علی", None, role="office_manager"))


def test_an_expert_belongs_to_none(office_a):
    refuses(lambda: an_expert("ali", "علی", office=office_a))


def test_there_are_three_roles_and_no_other(office_a):
    refuses(lambda: a_clerk("ali", "علی", office_a, role="king"))


def test_a_clerk_is_never_a_superuser(sara):
    refuses(lambda: User.objects.filter(pk=sara.pk).update(is_superuser=True))


def test_a_superuser_is_made_as_staff(db):
    operator = User.objects.create_superuser("operator", "x", full_name="راهبر")
    assert (operator.role, operator.is_staff, operator.is_office, operator.is_superuser) == ("staff", True, False, True)


def test_a_user_name_exists_once(sara, office_b):
    refuses(lambda: a_clerk("sara", "سارای دیگر", office_b))


@pytest.mark.parametrize("spelling", ["SARA", "Sara", "saRa"])
def test_a_user_name_exists_once_however_it_is_spelled(sara, office_b, spelling):
    refuses(lambda: a_clerk(spelling, "سارای دیگر", office_b))


def test_a_person_of_the_host_exists_once(office_a):
    a_clerk("one", "یک", office_a, host_issuer="autonax", host_subject="7")
    refuses(lambda: a_clerk("two", "دو", office_a, host_issuer="autonax", host_subject="7"))
    assert a_clerk("three", "سه", office_a, host_issuer="other", host_subject="7").pk


def test_a_person_of_the_host_is_named_whole(office_a):
    refuses(lambda: a_clerk("one", "یک", office_a, host_issuer="autonax"))


@pytest.mark.parametrize("code", ["", "۷۲۹۹", "72-99", "7299\n", "1234567890123"])
def test_an_office_code_is_one_to_twelve_ascii_digits(office_a, code):
    with pytest.raises(DatabaseError), transaction.atomic():
        Office.objects.create(city=office_a.city, code=code, title="دفتر")


def test_an_office_code_exists_once_in_its_host(office_a):
    refuses(lambda: an_office(office_a.code, "دفتر دیگر"))
    assert an_office(office_a.code, "دفتر میزبان", host_issuer="autonax").pk


def test_a_city_exists_once_in_its_province(office_a):
    refuses(lambda: City.objects.create(province=office_a.city.province, name=office_a.city.name))
    assert City.objects.create(province=Province.objects.create(name="استان دیگر"), name=office_a.city.name).pk


def test_without_a_password_nobody_signs_in_by_one(office_a):
    launched = User.objects.create_user("h1", full_name="کاربر دفتر", office=office_a)
    assert launched.has_usable_password() is False


def test_who_may_sign_in_says_the_same_of_one_and_of_many(sara, neda, office_b, omid):
    office_b.is_active = False
    office_b.save()
    neda.refresh_from_db()
    assert [person.may_sign_in for person in (sara, neda, omid)] == [True, False, True]
    assert set(User.objects.who_may_sign_in()) == {sara, omid}
