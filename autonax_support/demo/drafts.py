"""What Reza began to write and has not sent."""

from datetime import datetime, timedelta

from autonax_support.accounts.models import User
from autonax_support.demo.people import TECHNICAL
from tickets.models import Department, Draft


def leave_a_draft(owner: User, now: datetime) -> None:
    written = {
        "subject": "مغایرت نام پدر در پروانه",
        "department": str(Department.objects.get(name=TECHNICAL).pk),
        "tracking_number": "99010294000314",
        "body": "نام پدر راننده در پروانه با کارت ملی یکی نیست. در پروانه",
    }
    Draft.objects.create(owner=owner, kind=Draft.Kind.FILING, data=written, updated_at=now - timedelta(minutes=50))
