"""The people of DESIGN.md section 1. Sara, Reza and Leila work in office A, Neda in office B, the others at the desk."""

import pytest
from django.contrib.auth.models import Group

from autonax_support.accounts.models import City, Office, Province, User

PASSWORD = "demo-1405"


def an_office(code: str, title: str, city: str = "شهر نمونه", **changes) -> Office:
    province, _ = Province.objects.get_or_create(name="نمونه")
    city_row, _ = City.objects.get_or_create(province=province, name=city)
    return Office.objects.create(city=city_row, code=code, title=title, **changes)


def a_clerk(username: str, full_name: str, office: Office, **changes) -> User:
    return User.objects.create_user(username, PASSWORD, full_name=full_name, office=office, **{"role": "clerk", **changes})


def an_expert(username: str, full_name: str, **changes) -> User:
    return User.objects.create_user(username, PASSWORD, full_name=full_name, role="staff", **changes)


def a_department(name: str):
    from tickets.models import Department  # not at the top: most of the accounts tests need no ticket tables

    return Department.objects.get_or_create(name=name)[0]


def a_member(user: User, department, *, is_head: bool = False) -> User:
    from tickets.models import DepartmentMember

    DepartmentMember.objects.create(user=user, department=department, is_head=is_head)
    return user


@pytest.fixture
def office_a(db) -> Office:
    return an_office("72990102001", "دفتر شهر نمونه ۱")


@pytest.fixture
def office_b(db) -> Office:
    return an_office("72990102009", "دفتر شهر دیگر", city="شهر دیگر")


@pytest.fixture
def sara(office_a) -> User:
    return a_clerk("sara", "سارا محمدی", office_a)


@pytest.fixture
def reza(office_a) -> User:
    return a_clerk("reza", "رضا کریمی", office_a)


@pytest.fixture
def leila(office_a) -> User:
    return a_clerk("leila", "لیلا احمدی", office_a, role="office_manager")


@pytest.fixture
def neda(office_b) -> User:
    return a_clerk("neda", "ندا رضایی", office_b)


@pytest.fixture
def technical(db):
    return a_department("پشتیبانی فنی")


@pytest.fixture
def training(db):
    return a_department("آموزش")


@pytest.fixture
def deployment(db):
    return a_department("اجرا و راه‌اندازی سیستم")


@pytest.fixture
def omid(technical) -> User:
    return a_member(an_expert("omid", "امید رستمی"), technical)


@pytest.fixture
def mina(training) -> User:
    return a_member(an_expert("mina", "مینا صادقی"), training)


@pytest.fixture
def sina(technical) -> User:
    return a_member(an_expert("sina", "سینا کاظمی"), technical, is_head=True)


@pytest.fixture
def kaveh(db) -> User:
    kaveh = an_expert("kaveh", "کاوه نادری")
    kaveh.groups.add(Group.objects.get_or_create(name="مدیر پشتیبانی")[0])
    return kaveh
