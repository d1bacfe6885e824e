"""`a_ticket(**changes)`: filed by Sara to technical support a moment ago, unless said otherwise."""

from collections.abc import Callable

import pytest
from django.utils import timezone

from tickets.models import Ticket
from tickets.verbs.filing import Case

GUIDE_CASE = Case(tracking_number="99010294000040", national_id="8520342272")


@pytest.fixture
def a_ticket(sara, technical) -> Callable[..., Ticket]:
    def filed(**changes) -> Ticket:
        ordinary = {
            "by": sara,
            "at": timezone.now(),
            "subject": "پلاک خودرو اشتباه است",
            "department": technical,
            "body": "در پرونده الکترونیکی پلاک خودرو اشتباه ثبت شده است",
            "case": GUIDE_CASE,
        }
        return Ticket.file(**(ordinary | changes))

    return filed
