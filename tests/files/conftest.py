"""Sara's ticket with one picture of hers, and ways to hang more files on it."""

from datetime import UTC, datetime

import pytest

from autonax_support.files.checks import check
from autonax_support.files.models import Attachment
from tests.files import crafting as make
from tickets.models import Draft, Ticket
from tickets.verbs.filing import Case

AT = datetime(2026, 11, 23, 10, 30, tzinfo=UTC)


@pytest.fixture
def at():
    return AT


def a_draft(owner, kind="filing", ticket=None):
    return Draft.objects.create(owner=owner, kind=kind, ticket=ticket, updated_at=AT)


def kept(draft, name="کارت ملی.png", content=None):
    checked = check(make.upload(name, content or make.picture()))
    return Attachment.objects.keep(checked, owner=draft.owner, draft=draft, at=AT)


@pytest.fixture
def sara_draft(sara):
    return a_draft(sara)


@pytest.fixture
def ticket(sara, technical, sara_draft):
    kept(sara_draft)
    case = Case(tracking_number="99010294000040", national_id="8520342272")
    return Ticket.file(by=sara, at=AT, subject="خطای کد ملی", department=technical, body="متن", case=case, draft=sara_draft)


@pytest.fixture
def picture(ticket):
    return Attachment.objects.get(message__ticket=ticket)


@pytest.fixture
def pdf(ticket, reza):
    draft = a_draft(reza, "reply", ticket)
    kept(draft, "شناسنامه - صفحه ۱.pdf", make.PDF)
    return ticket.reply(by=reza, at=AT, body="پیوست شد", draft=draft).attachments.get()


@pytest.fixture
def noted(ticket, omid):
    draft = a_draft(omid, "answer", ticket)
    kept(draft, "داخلی.png")
    return ticket.note(by=omid, at=AT, body="فقط همکاران", draft=draft).attachments.get()
