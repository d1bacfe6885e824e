"""Run inside the product: migrates, puts people into it and signs them in. Prints them as JSON, each with the cookie of a session."""

import json
import sys

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.contrib.auth import login  # noqa: E402
from django.contrib.auth.hashers import make_password  # noqa: E402
from django.contrib.sessions.backends.db import SessionStore  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.http import HttpRequest  # noqa: E402

from autonax_support.accounts.models import City, Office, Province, User  # noqa: E402
from tests.cast import PASSWORD  # noqa: E402
from tickets.models import Department, DepartmentMember  # noqa: E402

OFFICES = {"72990102001": "دفتر شهر نمونه ۱", "72990102009": "دفتر شهر دیگر"}


def signed_in(user: User) -> str:
    request = HttpRequest()
    request.session, request.META["REMOTE_ADDR"] = SessionStore(), "127.0.0.1"
    login(request, user, backend=settings.AUTHENTICATION_BACKENDS[-1])
    request.session.save()
    return request.session.session_key


def settle(clerks: int, experts: int) -> list[dict]:
    call_command("migrate", verbosity=0)
    password = make_password(PASSWORD)
    city = City.objects.create(province=Province.objects.create(name="نمونه"), name="شهر نمونه")
    people = []
    for code, title in OFFICES.items():
        office = Office.objects.create(city=city, code=code, title=title)
        people += [
            User(username=f"clerk-{code[-1]}-{place}", full_name=f"کاربر {place}", role="clerk", office=office) for place in range(clerks)
        ]
    people += [User(username=f"expert-{place}", full_name=f"کارشناس {place}", role="staff") for place in range(experts)]
    technical = Department.objects.get(name="پشتیبانی فنی")
    for person in people:
        person.password = password
        person.save()
        if person.role == "staff":
            DepartmentMember.objects.create(user=person, department=technical)
    cookie = settings.SESSION_COOKIE_NAME
    return [
        {"name": person.username, "office": person.office.code if person.office else "", "cookies": {cookie: signed_in(person)}}
        for person in people
    ]


sys.stdout.write(
    json.dumps({"people": settle(int(sys.argv[1]), int(sys.argv[2])), "department": Department.objects.get(name="پشتیبانی فنی").pk})
)
