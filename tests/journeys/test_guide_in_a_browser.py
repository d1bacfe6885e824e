"""The guide, page by page, in a real browser: file, look it up, be answered, reply, rate."""

from autonax_support.persian.text import to_persian_digits
from tests.journeys.steps import (
    BODY,
    NATIONAL_ID,
    PICTURE,
    SUBJECT,
    TEXT_FILE,
    TRACKING,
    file_ticket,
    press,
    reply,
    row_of,
    search,
    shown_numbers,
    sign_in,
    thread_of,
)
from tickets.models import Ticket

ANSWER = "تصویر شناسنامه یا کارت ملی پیوست شود"
REPLY = "تصویر کارت ملی پیوست شد"


def test_sara_files_a_ticket_with_a_picture_and_sees_all_that_she_sent(page, sara, technical):
    # Chromium's own, around a picture that is shown alone; and the script of this test, which the sandbox keeps out while it loads
    page.faults.expected += ["Applying inline style", "Blocked script execution"]
    sign_in(page, "sara")
    number = file_ticket(page, PICTURE)
    told = page.locator(".notices").inner_text()
    assert f"تیکت شما با شماره {to_persian_digits(number)} ثبت شد. تیکت به بخش پشتیبانی فنی ارجاع داده شد." in told
    facts = page.locator(".facts-panel dl").inner_text()
    for fact in (number, sara.office.code, TRACKING, NATIONAL_ID):
        assert to_persian_digits(fact) in facts
    assert page.locator(".ticket-state").inner_text().split("\n")[:2] == ["وضعیت", "جدید"]
    assert thread_of(page) == [f"سارا محمدی: {BODY}"]
    with page.expect_popup() as opened:
        page.locator(".files a").click()
    assert opened.value.evaluate("document.images[0].naturalWidth") == 400


def test_sara_finds_the_ticket_by_its_number_and_by_a_word_of_the_text(page_of, a_ticket, sara):
    numbers = [a_ticket(subject="اصلاح مشخصات کاربری", body="نام خانوادگی نادرست است").pk, a_ticket().pk]
    page = page_of(sara, "/inbox/")
    assert shown_numbers(page) == numbers[::-1]
    for words in (numbers[1], to_persian_digits(numbers[1]), "الکترونیکی", TRACKING):
        search(page, words)
        assert numbers[1] in shown_numbers(page)
    search(page, "خانوادگی")
    assert shown_numbers(page) == [numbers[0]]
    page.get_by_role("link", name=f"مشاهده جزئیات تیکت {to_persian_digits(numbers[0])}").click()
    assert thread_of(page) == ["سارا محمدی: نام خانوادگی نادرست است"]


def test_omid_finds_it_in_his_queue_and_answers(page, a_ticket, omid):
    number = a_ticket().pk
    sign_in(page, "omid")
    page.wait_for_url("**/admin/")
    page.goto("/admin/tickets/ticket/")
    page.get_by_role("link", name=SUBJECT).click()
    assert Ticket.objects.get(pk=number).status == "read"
    page.locator("#answer").get_by_label("متن پیام").fill(ANSWER)
    press(page, "ارسال پاسخ")
    page.get_by_text(f"پاسخ تیکت {to_persian_digits(number)} فرستاده شد.").wait_for()
    assert thread_of(page)[-1] == f"امید رستمی: {ANSWER}"
    assert Ticket.objects.get(pk=number).status == "answered"


def test_sara_sees_the_answer_unread_reads_it_and_replies_with_a_file(page_of, an_answered_ticket, sara, omid):
    number = an_answered_ticket.pk
    page = page_of(sara, "/inbox/")
    badge = page.locator(".topnav .count")
    assert badge.inner_text().split() == ["۱", "۱", "پاسخ", "خوانده‌نشده"]
    assert row_of(page, number).locator(".chip--new").inner_text() == "پاسخ خوانده‌نشده"
    row_of(page, number).get_by_role("link", name=SUBJECT).click()
    assert page.locator("#new").inner_text() == "پاسخ خوانده‌نشده"
    page.reload()
    assert (badge.count(), page.locator("#new").count()) == (0, 0)
    reply(page, REPLY, TEXT_FILE)
    page.get_by_text("پاسخ شما ثبت شد.").wait_for()
    desk = page_of(omid, "/admin/tickets/ticket/")
    assert "پاسخ داده شده کاربر" in row_of(desk, number).inner_text()
    desk.get_by_role("link", name=SUBJECT).click()
    assert thread_of(desk)[-1] == f"سارا محمدی: {REPLY}"
    assert desk.locator(".file__name").all_inner_texts() == ["شرح خطا.txt"]


def test_sara_gives_five_stars(page_of, an_answered_ticket, sara):
    page = page_of(sara, f"/inbox/{an_answered_ticket.pk}/")
    stars = page.get_by_role("group", name="امتیاز شما")
    assert stars.get_by_role("radio", checked=True).count() == 0
    stars.locator("label").last.click()
    page.locator("#rating").get_by_label("توضیح").fill("سریع پاسخ دادید")
    press(page, "ثبت امتیاز")
    page.get_by_text("امتیاز شما ثبت شد.").wait_for()
    rating = Ticket.objects.get().rating
    assert (rating.stars, rating.remark, rating.rated_by) == (5, "سریع پاسخ دادید", sara)
