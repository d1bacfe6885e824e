"""A ticket, and what may happen to it, for the tests of every room."""

import uuid
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.files.models import Attachment
from tests.files.crafting import an_upload
from tickets.models import Message, Ticket
from tickets.verbs.filing import Case

TRACKING, NATIONAL_ID = "99010294000040", "8520342272"


def ago(**how_long):
    return timezone.now() - timedelta(**how_long)


@pytest.fixture
def a_ticket(request) -> Callable[..., Ticket]:
    """Files as Sara in office A to technical support an hour ago, unless told otherwise."""

    def filed(**changes) -> Ticket:
        by = changes.pop("by", None) or request.getfixturevalue("sara")
        department = changes.pop("department", None) or request.getfixturevalue("technical")
        facts = {
            "at": ago(hours=1),
            "subject": "پلاک خودرو اشتباه است",
            "body": "در پرونده الکترونیکی پلاک خودرو اشتباه ثبت شده است",
            "case": Case(tracking_number=TRACKING, national_id=NATIONAL_ID),
            "key": uuid.uuid4(),
        }
        return Ticket.file(by=by, department=department, **facts | changes)

    return filed


@pytest.fixture
def an_answered_ticket(a_ticket, omid) -> Ticket:
    ticket = a_ticket()
    ticket.answer(by=omid, at=ago(minutes=30), body="تصویر شناسنامه یا کارت ملی پیوست شود")
    return ticket


@pytest.fixture
def a_file_on() -> Callable[..., Attachment]:
    """A function that hangs a small text file on a message."""
