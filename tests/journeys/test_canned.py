"""Canned replies in a real browser: by «/» and by the list, with scripts and without."""

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.forms import Visitor
from tests.journeys.steps import press
from tickets.models import CannedReply, Draft, Message


@pytest.fixture
def replies(technical, training):
    CannedReply.objects.create(
        title="درخواست شناسنامه", body="سلام {نام کاربر}، تصویر شناسنامه پیوست شود.", department=technical, position=1
    )
    CannedReply.objects.create(title="کارت ملی", body="موعد {موعد رفع مشکل} است.", department=technical, position=2)
    CannedReply.objects.create(title="خودروی فرسوده", body="<b>متن</b>", position=3)
    CannedReply.objects.create(title="آموزشی", body="محرمانه", department=training)


@pytest.fixture
def desk(page_of, a_ticket, replies, omid) -> Page:
    return page_of(omid, f"/admin/tickets/ticket/{a_ticket().pk}/change/")


def text(page: Page):
    return page.locator("#id_body")


def titles(page: Page) -> list[str]:
    page.locator("[data-canned-list] [role=option]").first.wait_for()
    return page.locator("[data-canned-list] [role=option]:visible .canned__title").all_inner_texts()


def test_a_slash_opens_the_list_and_enter_puts_the_reply_at_the_caret(desk, sara):
    text(desk).press_sequentially("دیدم. /")
    assert titles(desk) == ["درخواست شناسنامه", "کارت ملی", "خودروی فرسوده"]
    text(desk).press_sequentially("شناسنامة")
    assert titles(desk) == ["درخواست شناسنامه"]
    text(desk).press("Enter")
    expect(text(desk)).to_have_value(f"دیدم. سلام {sara.full_name}، تصویر شناسنامه پیوست شود.")
    expect(desk.locator("[data-canned-list]")).to_be_hidden()
    text(desk).press("Control+z")
    expect(text(desk)).to_have_value("دیدم. /شناسنامة")
    assert Message.objects.count() == 1


def test_arrows_choose_and_what_is_unfilled_is_selected_and_refused(desk):
    text(desk).press_sequentially("/")
    titles(desk)
    text(desk).press("ArrowDown")
    active = text(desk).get_attribute("aria-activedescendant")
    expect(desk.locator(f"#{active}")).to_have_attribute("aria-selected", "true")
    text(desk).press("Enter")
    expect(text(desk)).to_have_value("موعد {موعد رفع مشکل} است.")
    press(desk, "ارسال پاسخ")
    expect(desk.get_by_text("جای موعد رفع مشکل در پاسخ آماده خالی مانده است. آن را پر کنید.")).to_be_visible()
    expect(text(desk)).to_have_value("موعد {موعد رفع مشکل} است.")
    text(desk).fill("موعد شنبه است.")
    press(desk, "ارسال پاسخ")
    assert Message.objects.filter(kind="answer").get().body == "موعد شنبه است."


def test_escape_closes_and_leaves_the_slash(desk):
    text(desk).press_sequentially("/")
    titles(desk)
    text(desk).press("Escape")
    expect(desk.locator("[data-canned-list]")).to_be_hidden()
    expect(text(desk)).to_have_value("/")
    text(desk).press_sequentially(" ۱۴۰۵/۰۹ و/یا x")
    expect(desk.locator("[data-canned-list]")).to_be_hidden()


def test_a_name_that_no_reply_has_is_said_and_enter_is_a_new_line(desk):
    text(desk).press_sequentially("/")
    titles(desk)
    text(desk).press_sequentially("ققق")
    expect(desk.locator("[data-none]")).to_have_text("پاسخ آماده‌ای با این نام نیست.")
    text(desk).press("Enter")
    expect(text(desk)).to_have_value("/ققق\n")
    expect(desk.locator("[data-canned-list]")).to_be_hidden()


def test_the_opener_lets_the_mouse_choose_and_markup_stays_text(desk):
    text(desk).fill("پیش ")
    desk.locator("[data-canned]").click()
    titles(desk)
    expect(text(desk)).to_be_focused()
    desk.get_by_role("option", name="خودروی فرسوده").click()
    expect(text(desk)).to_have_value("پیش <b>متن</b>")
    desk.locator("[data-canned]").click()
    assert desk.locator("[data-canned]").get_attribute("aria-expanded") == "true"
    desk.locator("[data-canned]").click()
    expect(desk.locator("[data-canned-list]")).to_be_hidden()


def test_a_line_that_is_cut_is_told_and_tried_again(desk):
    desk.faults.expected += ["ERR_FAILED", "htmx"]
    desk.route("**/canned/", lambda route: route.abort())
    text(desk).press_sequentially("متن /")
    expect(desk.locator("[data-canned-list]")).to_have_text("فهرست پاسخ‌های آماده نیامد. دوباره تلاش کنید.")
    desk.unroute("**/canned/")
    text(desk).press("Escape")
    desk.locator("[data-canned]").click()
    assert len(titles(desk)) == 3
    assert text(desk).input_value() == "متن /"


def test_without_scripts_the_list_is_made_of_buttons(a_ticket, replies, omid, sara):
    ticket, expert = a_ticket(), Visitor()
    expert.sign_in("omid")
    expert.open(f"/admin/tickets/ticket/{ticket.pk}/change/")
    expert.press("پاسخ‌های آماده", body="دیدم.")
    assert "محرمانه" not in expert.html
    expert.press(f"درخواست شناسنامهسلام {sara.full_name}، تصویر شناسنامه پیوست شود.")
    made = f"دیدم.\n\nسلام {sara.full_name}، تصویر شناسنامه پیوست شود."
    assert Draft.objects.get().data["body"] == made
    assert Message.objects.count() == 1
    expert.press("ارسال پاسخ")
    assert Message.objects.filter(kind="answer").get().body == made


LIST = "/admin/tickets/cannedreply/"


def test_a_head_keeps_the_replies_of_the_department(page_of, sina, a_ticket, technical):
    page = page_of(sina, f"{LIST}add/")
    page.get_by_label("عنوان").fill("مدرک")
    page.get_by_label("متن پاسخ").fill("سلام {نام مشتری}")
    page.locator("[name=department]").select_option(label=technical.name)
    page.locator("[name=_save]").click()
    expect(page.get_by_text("«{نام مشتری}» شناخته نشد.")).to_be_visible()
    expect(page.get_by_label("متن پاسخ")).to_have_value("سلام {نام مشتری}")
    page.get_by_label("متن پاسخ").fill("سلام {نام کاربر}")
    page.locator("[name=_save]").click()
    page.wait_for_url(f"**{LIST}")
    page.locator("#result_list").get_by_role("link", name="مدرک", exact=True).click()
    page.get_by_label("عنوان").fill("مدرک هویتی")
    page.get_by_label("عنوان").press("Enter")  # saves, as the first button does
    page.wait_for_url(f"**{LIST}")
    assert list(CannedReply.objects.values_list("title", "body")) == [("مدرک هویتی", "سلام {نام کاربر}")]
    page.locator("#result_list").get_by_role("link", name="مدرک هویتی").click()
    expect(page.get_by_role("link", name="حذف")).to_have_count(0)  # it rests instead
    page.get_by_label("در فهرست پاسخ‌ها می‌آید").uncheck()
    page.locator("[name=_save]").click()
    page.wait_for_url(f"**{LIST}")
    page.goto(f"/admin/tickets/ticket/{a_ticket().pk}/change/")
    page.locator("[data-canned]").click()
    expect(page.get_by_text("برای این بخش پاسخ آماده‌ای ثبت نشده است.")).to_be_visible()
