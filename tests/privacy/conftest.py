"""A ticket that holds national IDs wherever one can be: in its fields, in what people typed, in names of files, in drafts."""

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from autonax_support.files.checks import check
from autonax_support.files.models import Attachment, Upload
from autonax_support.persian.text import to_persian_digits
from tests.files.crafting import picture, upload
from tickets.models import CaseReference, Draft
from tickets.verbs.filing import Case

FIELD, REFERENCE = "8520342272", "8353199300"
SUBJECT, BODY, NOTE, REMARK, FILE = "0013542419", "0076229645", "1250013451", "3920111117", "4433229985"
FILING, REPLY, ANSWER = "5569921378", "6258843914", "7731689956"
ALL = {FIELD, REFERENCE, SUBJECT, BODY, NOTE, REMARK, FILE, FILING, REPLY, ANSWER}


def arabic(number):
    return number.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩"))


def ago(**how_long):
    return timezone.now() - timedelta(**how_long)


def a_file(owner, name="کارت ملی.png", *, message=None, draft=None):
    return Attachment.objects.keep(check(upload(name, picture())), owner=owner, message=message, draft=draft, at=timezone.now())


def a_draft(owner, kind, ticket=None, **data):
    return Draft.objects.create(owner=owner, kind=kind, ticket=ticket, data=data, updated_at=timezone.now())


def objects():
    """How many lie in the storage."""
    return sum(len(storages["attachments"].listdir(folder)[1]) for folder in storages["attachments"].listdir("")[0])


@pytest.fixture
def told(a_ticket, sara, omid):
    """Filed by Sara, answered and noted by Omid, rated by Sara; both have more in their drafts."""
    at = ago(hours=2)
    ticket = a_ticket(
        at=at, subject=f"کد ملی {to_persian_digits(SUBJECT)} اشتباه است", body=f"مالک: {arabic(BODY)}", case=Case("99010294000040", FIELD)
    )
    CaseReference.objects.create(ticket=ticket, role="owner", national_id=REFERENCE)
    file = a_file(sara, f"{FILE}.png", message=ticket.messages.get())
    ticket.answer(by=omid, at=at, body="تصویر کارت ملی پیوست شود")
    ticket.note(by=omid, at=at, body=f"{NOTE[:3]}-{NOTE[3:9]}-{NOTE[9:]} را در سامانه ببینید")
    ticket.rate(by=sara, at=at, stars=2, remark=f"{REMARK} هنوز درست نیست")
    drafts = [
        a_draft(sara, "filing", subject=f"{FILING} نیست", national_id=FILING),
        a_draft(sara, "reply", ticket, body=f"درست آن {REPLY} است"),
        a_draft(omid, "answer", ticket, body=f"{ANSWER} ثبت شد"),
    ]
    moments = {"created_at": timezone.now(), "updated_at": timezone.now()}
    upload = Upload.objects.create(owner=sara, draft=drafts[1], name="اسکن.pdf", size=9, received=2, **moments)
    return SimpleNamespace(ticket=ticket, file=file, upload=upload, filing=drafts[0], reply=drafts[1], answer=drafts[2])


@pytest.fixture
def closed(a_ticket, sara, omid, mina, training):
    """A function: a ticket with everything on it, closed by Mina so many days ago."""

    def so_long(days, **changes):
        at = ago(days=days)
        ticket = a_ticket(at=at, **changes)
        CaseReference.objects.create(ticket=ticket, role="owner", national_id=FIELD)
        CaseReference.objects.create(ticket=ticket, role="sample", tracking_number="99010294000041", national_id=FIELD)
        a_file(sara, message=ticket.messages.get())
        ticket.transfer(by=omid, at=at, to=training, reason="به آموزش مربوط است")
        ticket.note(by=mina, at=at, body="یادداشت محرمانه")
        ticket.answer(by=mina, at=at, body="راهنمایی شد")
        ticket.rate(by=sara, at=at, stars=4, remark="ممنون از راهنمایی")
        ticket.close(by=mina, at=at, reason="other", remark="تلفنی حل شد")
        return ticket

    return so_long
