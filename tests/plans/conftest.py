"""A desk and an inbox made once for the tests of a file: each of them runs in a savepoint of this transaction."""

import pytest
from django.db import connection, transaction
from django.utils import timezone

from autonax_support.accounts.models import Office, User
from tests.cast import a_clerk, a_department, a_member, an_expert, an_office
from tests.tickets_fixtures import GUIDE_CASE
from tickets.models import Department, Ticket, Unread
from tickets.verbs.filing import Case, Reference

FILED = 42


def filled() -> None:
    """Enough for three pages of an inbox and two of a queue, and something of each kind."""
    technical = a_department("پشتیبانی فنی")
    sara, omid = a_clerk("sara", "سارا محمدی", an_office("72990102001", "دفتر شهر نمونه ۱")), an_expert("omid", "امید رستمی")
    a_member(omid, technical)
    told = {"by": sara, "subject": "پلاک خودرو اشتباه است", "department": technical}
    tickets = [Ticket.file(**told, at=timezone.now(), body=f"پلاک خودرو {place}", case=GUIDE_CASE) for place in range(FILED)]
    tickets[0].answer(by=omid, at=timezone.now(), body="پروانه را ببینید")
    tickets[1].note(by=omid, at=timezone.now(), body="یادداشت")
    Unread.objects.mark(tickets[2], [sara])
    again = Case("99010294000041", references=(Reference("sample", 1, "99010294000040", "8520342272"),))
    Ticket.file(**told, at=timezone.now(), body="پلاک خودرو", case=again)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        filled()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def data(loaded, db) -> list[Ticket]:
    return list(Ticket.objects.order_by("pk")[:FILED])


@pytest.fixture
def office_a(loaded, db) -> Office:
    return Office.objects.get(code="72990102001")


@pytest.fixture
def technical(loaded, db) -> Department:
    return a_department("پشتیبانی فنی")


@pytest.fixture
def sara(loaded, db) -> User:
    return User.objects.get(username="sara")


@pytest.fixture
def omid(loaded, db) -> User:
    return User.objects.get(username="omid")
