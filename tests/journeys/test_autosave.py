"""Nobody presses «ذخیره پیش‌نویس»: the text is safe all the same, and of two open pages none loses a word."""

import re
import time
from contextlib import suppress

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Page, expect

from tests.journeys.steps import press, sign_in
from tickets.models import Draft, Message

SAVED = re.compile("^پیش‌نویس ذخیره شد، ساعت [۰-۹]{1,2}:[۰-۹]{2}")
OTHER_PAGE = "این پیش‌نویس در صفحه دیگری هم باز است و آنجا تغییر کرده است."
OFFLINE = "خط قطع است؛ متن در همین صفحه می‌ماند و با وصل شدن خط ذخیره می‌شود."
SESSION_OVER = "زمان نشست شما تمام شد. آنچه نوشته بودید ذخیره شده است؛ وارد شوید تا از همان جا ادامه دهید."


def body(page: Page):
    return page.locator("textarea[name=body]").last


def mark(page: Page):
    return page.locator("[data-draft-mark] [data-words]")


def write(page: Page, text: str) -> None:
    """As a person types, and waits until the page says that it is saved."""
    body(page).press_sequentially(text)
    until_stored(body(page).input_value())
    expect(mark(page)).to_have_text(SAVED)


def until_stored(text: str, seconds: float = 8) -> None:
    until = time.monotonic() + seconds
    while not Draft.objects.filter(data__body=text).exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert text in [draft.data.get("body") for draft in Draft.objects.all()]


def asked(page: Page) -> None:
    expect(page.get_by_role("alert").filter(has_text=OTHER_PAGE)).to_be_visible(timeout=8000)


def test_a_page_that_crashes_loses_nothing_and_another_browser_shows_it(page_of, sara):
    page = page_of(sara, "/tickets/new/")
    write(page, "نیم ساعت نوشتن")
    with suppress(Error):
        page.goto("chrome://crash")
    elsewhere = page_of(sara, "/tickets/new/")
    expect(body(elsewhere)).to_have_value("نیم ساعت نوشتن")
    assert "پیش‌نویس شما از" in elsewhere.locator("main").inner_text()


def test_a_form_emptied_again_leaves_no_draft(page_of, sara):
    page = page_of(sara, "/tickets/new/")
    write(page, "پلاک")
    body(page).fill("")
    expect(mark(page)).to_have_text("", timeout=8000)
    assert Draft.objects.count() == 0


def test_an_answer_of_omid_shows_his_colleague_that_he_is_at_it(page_of, a_ticket, omid, sina):
    ticket = a_ticket()
    page = page_of(omid, f"/admin/tickets/ticket/{ticket.pk}/change/")
    write(page, "در حال بررسی")
    colleague = page_of(sina, f"/admin/tickets/ticket/{ticket.pk}/change/")
    expect(colleague.get_by_text("امید رستمی در حال پاسخ است")).to_be_visible()
    press(page, "ارسال پاسخ")
    assert (Message.objects.filter(body="در حال بررسی").count(), Draft.objects.count()) == (1, 0)


@pytest.fixture
def two_pages(page_of, a_ticket, sara) -> tuple[Page, Page]:
    """One draft of Sara's in two pages; the second was saved last, and the first knows it now."""
    address = f"/inbox/{a_ticket().pk}/"
    first = page_of(sara, address)
    first.faults.expected.append("status of 409")
    write(first, "یک")
    second = first.context.new_page()
    second.goto(address)
    write(second, "دو ")
    body(first).press_sequentially("سه ")
    asked(first)
    assert [draft.data["body"] for draft in Draft.objects.all()] == ["دو یک"]
    return first, second


def test_of_two_pages_the_first_may_take_the_text_of_the_second(two_pages):
    first, _ = two_pages
    first.get_by_role("link", name="آوردن متن آن صفحه").click()
    expect(body(first)).to_have_value("دو یک")
    expect(first.get_by_role("alert").filter(has_text=OTHER_PAGE)).to_be_hidden()
    body(first).press("Control+End")
    write(first, " چهار")
    assert Draft.objects.get().data["body"] == "دو یک چهار"


def test_of_two_pages_the_first_may_keep_its_own_and_then_the_second_is_asked(two_pages):
    first, second = two_pages
    first.get_by_role("button", name="نگه داشتن متن این صفحه").click()
    until_stored("سه یک")
    expect(first.get_by_role("alert").filter(has_text=OTHER_PAGE)).to_be_hidden()
    body(second).press_sequentially("پنج ")
    asked(second)
    assert Draft.objects.get().data["body"] == "سه یک"


def test_a_page_that_is_left_unasked_keeps_its_text_apart(two_pages):
    first, _ = two_pages
    first.goto("/inbox/")
    until_stored("سه یک")
    assert sorted(draft.data["body"] for draft in Draft.objects.all()) == ["دو یک", "سه یک"]


def test_a_cut_line_is_told_and_the_text_goes_up_when_it_is_back(page_of, sara):
    page = page_of(sara, "/tickets/new/")
    page.faults.expected += ["ERR_INTERNET_DISCONNECTED"]
    page.context.set_offline(True)
    body(page).press_sequentially("خط قطع شد")
    expect(mark(page)).to_have_text(OFFLINE, timeout=8000)
    assert Draft.objects.count() == 0
    page.context.set_offline(False)
    until_stored("خط قطع شد")
    expect(mark(page)).to_have_text(SAVED)


def test_a_session_that_ends_while_sara_types_costs_her_a_sign_in(page_of, a_ticket, sara):
    ticket = a_ticket()
    page = page_of(sara, f"/inbox/{ticket.pk}/")
    page.faults.expected.append("status of 401")
    Session.objects.all().delete()
    body(page).press_sequentially("نشست تمام شد")
    expect(mark(page)).to_have_text(SESSION_OVER, timeout=8000)
    page.locator("[data-draft-mark]").get_by_role("link", name="ورود").click()
    assert SESSION_OVER in page.locator("main").inner_text()
    sign_in(page, "sara")
    expect(body(page)).to_have_value("نشست تمام شد")
    press(page, "ارسال پاسخ")
    assert (Message.objects.filter(kind="reply").get().body, Draft.objects.count()) == ("نشست تمام شد", 0)


@pytest.mark.parametrize(("choice", "sent"), [("آوردن متن آن صفحه", "دو"), (None, "یک")])
def test_without_scripts_a_send_from_the_older_page_asks_first(page_of, a_ticket, sara, choice, sent):
    address = f"/inbox/{a_ticket().pk}/"
    first = page_of(sara, address, java_script_enabled=False)
    first.faults.expected.append("status of 409")
    body(first).fill("صفر")
    press(first, "ذخیره پیش‌نویس")
    second = first.context.new_page()
    second.goto(address)
    body(second).fill("دو")
    press(second, "ذخیره پیش‌نویس")
    body(first).fill("یک")
    press(first, "ارسال پاسخ")
    assert OTHER_PAGE in first.locator("main").inner_text()
    assert (body(first).input_value(), Message.objects.filter(kind="reply").count()) == ("یک", 0)
    if choice:
        first.get_by_role("link", name=choice).click()
        expect(body(first)).to_have_value("دو")
    press(first, "ارسال پاسخ")
    assert (Message.objects.filter(kind="reply").get().body, Draft.objects.count()) == (sent, 0)
