"""The same steps as in the browser, without any script: what the pages say is all there is, and it is enough."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from announcements.models import Receipt
from autonax_support.persian.text import to_persian_digits
from tests.files.crafting import picture
from tests.journeys.forms import Visitor
from tests.journeys.steps import (
    BODY,
    NATIONAL_ID,
    PICTURE,
    SUBJECT,
    TEXT_FILE,
    TRACKING,
    attach,
    fill_in_ticket,
    number_on,
    press,
    reply,
    sign_in,
    thread_of,
)
from tickets.models import Message, Ticket

CASE = {"tracking_number": to_persian_digits(TRACKING), "national_id": NATIONAL_ID}


@pytest.fixture
def at_office(sara) -> Visitor:
    visitor = Visitor()
    visitor.sign_in("sara")
    return visitor


@pytest.fixture
def at_desk(omid) -> Visitor:
    visitor = Visitor()
    visitor.sign_in("omid")
    return visitor


def a_picture() -> SimpleUploadedFile:
    return SimpleUploadedFile("کارت خودرو.png", picture(), content_type="image/png")


def file_ticket(visitor: Visitor, department) -> Ticket:
    visitor.follow("ثبت تیکت جدید")
    visitor.press("ثبت تیکت", subject=SUBJECT, department=department.pk, body=BODY, attachments=a_picture(), **CASE)
    return Ticket.objects.latest("pk")


def test_sara_files_a_ticket_and_finds_it(at_office, technical):
    ticket = file_ticket(at_office, technical)
    number = to_persian_digits(ticket.pk)
    assert at_office.address == f"/inbox/{ticket.pk}/"
    assert f"شماره تیکت #{number}" in at_office.html
    assert "کارت خودرو.png" in at_office.html
    assert (ticket.tracking_number, ticket.messages.get().attachments.get().kind) == (TRACKING, "picture")
    for words in (number, "الکترونیکی", NATIONAL_ID):
        at_office.open("/inbox/")
        assert f"مشاهده جزئیات تیکت {number}" in at_office.press("اعمال فیلتر", q=words)
    at_office.press("اعمال فیلتر", q="نیست‌درجهان")
    assert "چیزی پیدا نشد" in at_office.html


def test_a_ticket_goes_from_filing_to_five_stars(at_office, at_desk, technical):
    ticket = file_ticket(at_office, technical)
    at_desk.open("/admin/tickets/ticket/")
    at_desk.follow(SUBJECT)
    at_desk.press("ارسال پاسخ", body="تصویر کارت ملی پیوست شود")
    assert "فرستاده شد." in at_desk.html
    assert "۱ پاسخ خوانده‌نشده" in at_office.open("/inbox/")
    assert 'id="new"' in at_office.follow(SUBJECT)
    assert "خوانده‌نشده" not in at_office.open("/inbox/")
    at_office.follow(SUBJECT)
    at_office.press("ارسال پاسخ", body="پیوست شد", attachments=a_picture())
    assert "پاسخ شما ثبت شد." in at_office.html
    assert "پاسخ داده شده کاربر" in at_desk.open("/admin/tickets/ticket/")
    assert "پیوست شد" in at_desk.follow(SUBJECT)
    at_office.press("ثبت امتیاز", stars=5, remark="")
    assert "امتیاز شما ثبت شد." in at_office.html
    assert (ticket.rating.stars, Message.objects.count()) == (5, 3)


def test_sara_closes_what_is_solved(at_office, at_desk, an_answered_ticket):
    at_office.open(f"/inbox/{an_answered_ticket.pk}/")
    at_office.press("تأیید")
    assert f"تیکت {to_persian_digits(an_answered_ticket.pk)} بسته شد." in at_office.html
    assert "اعلام کرد مشکل حل شده و تیکت را بست" in at_desk.open(f"/admin/tickets/ticket/{an_answered_ticket.pk}/change/")


def test_for_neda_nothing_of_it_exists(at_office, technical, neda):
    ticket = file_ticket(at_office, technical)
    file = re.search(r'href="(/attachments/[^"]+)"', at_office.html)[1]
    visitor = Visitor()
    visitor.sign_in("neda")
    for address in (f"/inbox/{ticket.pk}/", file, f"{file}thumbnail/"):
        visitor.open(address)
        assert visitor.status == 404
    visitor.open("/tickets/new/")
    token = visitor.client.cookies["csrf"].value
    for verb in ("reply", "close", "rate"):
        sent = {"csrfmiddlewaretoken": token, "body": "متن", "stars": 1}
        assert visitor.client.post(f"/inbox/{ticket.pk}/{verb}/", sent).status_code == 404
    assert (ticket.events.count(), ticket.messages.count()) == (1, 1)


def test_kaveh_publishes_and_sara_reads_and_confirms(at_office, kaveh):
    desk = Visitor()
    desk.sign_in("kaveh")
    desk.open("/admin/announcements/announcement/add/")
    desk.press("انتشار", title="قطع موقت استعلام", body="از ساعت ۱۴ تا ۱۶", needs_confirmation="on")
    assert "اطلاعیه برای ۱ دفتر منتشر شد." in desk.html
    assert "۱ اطلاعیه خوانده‌نشده" in at_office.open("/inbox/")
    at_office.open("/announcements/")
    at_office.follow("قطع موقت استعلام")
    at_office.press("خواندم و آگاه شدم")
    assert "خوانده‌نشده" not in at_office.open("/inbox/")
    assert Receipt.objects.get().confirmed_version == 1


def test_a_browser_with_scripts_switched_off_files_and_replies(pages, technical, sara):
    page = pages(java_script_enabled=False)
    sign_in(page, "sara")
    page.get_by_role("link", name="ثبت تیکت جدید").first.click()
    fill_in_ticket(page)
    attach(page, PICTURE)
    press(page, "ثبت تیکت")
    assert number_on(page) == Ticket.objects.get().pk
    reply(page, "این هم شرح خطا", TEXT_FILE)
    assert page.get_by_text("پاسخ شما ثبت شد.").count() == 1
    assert thread_of(page)[-1] == "سارا محمدی: این هم شرح خطا"
    assert page.locator(".file__name").all_inner_texts() == ["کارت خودرو.png", "شرح خطا.txt"]
