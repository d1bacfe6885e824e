"""The life of a ticket on the desk, by the forms of its own pages: note, transfer and undo, develop, close, reopen, reveal."""

from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry
from autonax_support.persian.calendar import numeric
from autonax_support.persian.text import to_persian_digits
from tests.journeys.forms import Visitor
from tests.journeys.steps import NATIONAL_ID
from tickets.models import Ticket

SECRET = "زمرد۷۳"


@pytest.fixture
def at(db):
    """A function that gives the browser, without scripts, of a person who has signed in."""

    def signed_in(person) -> Visitor:
        visitor = Visitor()
        visitor.sign_in(person.username)
        return visitor

    return signed_in


def desk(ticket: Ticket) -> str:
    return f"/admin/tickets/ticket/{ticket.pk}/change/"


def thread(ticket: Ticket) -> str:
    return f"/inbox/{ticket.pk}/"


def test_a_note_never_leaves_the_desk(at, a_ticket, sara, omid, sina):
    ticket = a_ticket()
    office, expert = at(sara), at(omid)
    expert.open(desk(ticket))
    expert.press("ثبت یادداشت داخلی", body=f"با واحد {SECRET} هماهنگ شد")
    assert SECRET in at(sina).open(desk(ticket))
    assert ticket.subject in expert.open(f"/admin/tickets/ticket/?q={SECRET}")
    for address in ("/inbox/", thread(ticket), "/drafts/", "/announcements/"):
        assert SECRET not in office.open(address)
    office.open("/inbox/")
    assert "چیزی پیدا نشد" in office.press("اعمال فیلتر", q=SECRET)
    assert "خوانده‌نشده" not in office.html


def test_a_transferred_ticket_is_minas_until_omid_takes_it_back(at, a_ticket, sara, omid, mina, training):
    ticket = a_ticket()
    office, expert, colleague = at(sara), at(omid), at(mina)
    colleague.open(desk(ticket))
    assert colleague.status == 404
    expert.open(desk(ticket))
    expert.press("ارجاع", department=training.pk, reason="مربوط به آموزش است")
    assert "به بخش آموزش ارجاع داده شد." in expert.html
    assert "مربوط به آموزش است" in colleague.open(desk(ticket))
    assert "مربوط به آموزش است" in office.open(thread(ticket))
    assert expert.client.get(desk(ticket)).status_code == 404


def test_undo_brings_a_transferred_ticket_back(at, a_ticket, omid, mina, training, technical):
    ticket = a_ticket()
    expert, colleague = at(omid), at(mina)
    expert.open(desk(ticket))
    expert.press("ارجاع", department=training.pk, reason="مربوط به آموزش است")
    expert.press("برگرداندن")
    assert expert.address == desk(ticket)
    colleague.open(desk(ticket))
    assert colleague.status == 404
    ticket.refresh_from_db()
    assert ticket.department == technical


def test_sara_reads_the_promised_date_in_her_own_calendar(at, a_ticket, sara, omid):
    ticket, office, expert = a_ticket(), at(sara), at(omid)
    promised = numeric(timezone.localdate() + timedelta(days=20))
    expert.open(desk(ticket))
    expert.press("ثبت موعد", promised=promised, reason="نیازمند نسخه جدید است")
    assert "۱ پاسخ خوانده‌نشده" in office.open("/inbox/")
    assert promised in office.html
    office.open(thread(ticket))
    assert promised in office.html
    assert "رفع این مشکل نیازمند توسعه، تولید و نسخه‌گذاری جدید نرم‌افزار است" in office.html
    assert "نیازمند نسخه جدید است" in office.html


def test_a_date_in_the_past_is_refused_with_what_was_typed(at, a_ticket, omid):
    ticket, expert = a_ticket(), at(omid)
    expert.open(desk(ticket))
    expert.press("ثبت موعد", promised="۱۴۰۰/۰۱/۰۱", reason="نیازمند نسخه جدید است")
    assert "نیازمند نسخه جدید است" in expert.html
    assert 'value="۱۴۰۰/۰۱/۰۱"' in expert.html
    assert Ticket.objects.get().status == "read"


def test_a_ticket_is_closed_with_a_reason_and_opened_again(at, a_ticket, sara, omid):
    ticket, office, expert = a_ticket(), at(sara), at(omid)
    expert.open(desk(ticket))
    expert.press("بستن تیکت", reason="other", remark="در تماس تلفنی حل شد")
    assert "در تماس تلفنی حل شد" in office.open(thread(ticket))
    assert "بسته شده" in office.html
    expert.open(desk(ticket))
    expert.press("باز کردن دوباره")
    assert f"تیکت {to_persian_digits(ticket.pk)} دوباره باز شد." in expert.html
    ticket.refresh_from_db()
    assert ticket.status == "read"


def test_a_reply_of_sara_opens_it_as_well(at, a_ticket, sara, omid):
    ticket, office, expert = a_ticket(), at(sara), at(omid)
    expert.open(desk(ticket))
    expert.press("ارسال پاسخ و بستن", body="مشکل برطرف شد")
    office.open(thread(ticket))
    office.press("ارسال پاسخ", body="هنوز همان خطاست")
    assert "پاسخ شما ثبت شد." in office.html
    ticket.refresh_from_db()
    assert (ticket.status, ticket.reopened_count) == ("followed_up", 1)


def test_the_national_id_is_masked_until_omid_asks_and_that_is_recorded(at, a_ticket, omid):
    ticket, expert = a_ticket(), at(omid)
    whole, masked = to_persian_digits(NATIONAL_ID), "۸۵۲****۲۷۲"
    expert.open(desk(ticket))
    assert (masked in expert.html, whole in expert.html) == (True, False)
    expert.press("نمایش شماره ملی")
    assert (masked in expert.html, whole in expert.html) == (False, True)
    assert ticket.events.filter(verb="reveal", actor=omid).count() == 1
    assert AuditEntry.objects.filter(verb="reveal", actor=omid).count() == 1
