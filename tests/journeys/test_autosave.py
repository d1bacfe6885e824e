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


def type_at_start(page: Page, text: str) -> None:
    """And then two quiet seconds, which nobody has to wait for."""
    body(page).press("Control+Home")
    body(page).press_sequentially(text)
    page.clock.fast_forward(2100)


def write(page: Page, text: str) -> None:
    type_at_start(page, text)
    until_stored(body(page).input_value())
    expect(mark(page)).to_have_text(SAVED)


def until_stored(text: str, seconds: float = 5) -> None:
    until = time.monotonic() + seconds
    while not Draft.objects.filter(data__body=text).exists() and time.monotonic() < until:
        time.sleep(0.05)
    assert text in [draft.data.get("body") for draft in Draft.objects.all()]


def bodies() -> list[str]:
    return sorted((draft.data["body"] for draft in Draft.objects.all()), key=len, reverse=True)


def until_bodies(wanted: set[str], seconds: float = 5) -> None:
    until = time.monotonic() + seconds
    while set(bodies()) != wanted and time.monotonic() < until:
        time.sleep(0.05)
    assert set(bodies()) == wanted


def asked(page: Page) -> None:
    expect(page.get_by_role("alert").filter(has_text=OTHER_PAGE)).to_be_visible()


@pytest.fixture
def opened(page_of):
    """A function: a page of this person's, whose clock the test moves on."""

    def with_a_clock(person, address: str) -> Page:
        page = page_of(person, address)
        page.clock.install()
        return page

    return with_a_clock


def test_a_page_that_crashes_loses_nothing_and_another_browser_shows_it(page_of, sara):
    page = page_of(sara, "/tickets/new/")
    body(page).press_sequentially("نیم ساعت نوشتن")
    expect(mark(page)).to_have_text(SAVED)
    with suppress(Error):
        page.goto("chrome://crash")
    elsewhere = page_of(sara, "/tickets/new/")
    expect(body(elsewhere)).to_have_value("نیم ساعت نوشتن")
    assert "پیش‌نویس شما از" in elsewhere.locator("main").inner_text()


def test_an_answer_of_omid_shows_his_colleague_that_he_is_at_it(opened, page_of, a_ticket, omid, sina):
    ticket = a_ticket()
    page = opened(omid, f"/admin/tickets/ticket/{ticket.pk}/change/")
    write(page, "در حال بررسی")
    colleague = page_of(sina, f"/admin/tickets/ticket/{ticket.pk}/change/")
    expect(colleague.get_by_text("امید رستمی در حال پاسخ است")).to_be_visible()
    press(page, "ارسال پاسخ")
    assert (Message.objects.filter(body="در حال بررسی").count(), Draft.objects.count()) == (1, 0)


def test_of_two_pages_each_is_asked_and_none_loses_a_word(opened, a_ticket, sara):
    address = f"/inbox/{a_ticket().pk}/"
    first = opened(sara, address)
    first.faults.expected.append("status of 409")
    write(first, "یک")
    second = first.context.new_page()
    second.goto(address)
    second.clock.install()
    write(second, "دو ")
    type_at_start(first, "سه ")
    asked(first)
    assert set(bodies()) == {"دو یک", "سه یک"}
    type_at_start(first, "و ")  # who does not answer goes on being saved, beside
    until_stored("و سه یک")

    first.get_by_role("button", name="نگه داشتن متن این صفحه").click()
    first.clock.fast_forward(100)
    until_bodies({"و سه یک"})
    expect(first.get_by_role("alert").filter(has_text=OTHER_PAGE)).to_be_hidden()
    type_at_start(second, "پنج ")
    asked(second)
    assert set(bodies()) == {"و سه یک", "پنج دو یک"}

    second.get_by_role("link", name="آوردن متن آن صفحه").click()
    expect(body(second)).to_have_value("و سه یک")
    write(second, "چهار ")
    type_at_start(first, "شش ")
    asked(first)
    first.goto("/inbox/")  # nobody is left to ask
    until_bodies({"پنج دو یک", "چهار و سه یک", "شش و سه یک"})


def test_a_cut_line_is_told_and_the_text_goes_up_when_it_is_back(opened, sara):
    page = opened(sara, "/tickets/new/")
    page.faults.expected += ["ERR_INTERNET_DISCONNECTED"]
    page.context.set_offline(True)
    type_at_start(page, "خط قطع شد")
    expect(mark(page)).to_have_text(OFFLINE)
    assert Draft.objects.count() == 0
    page.context.set_offline(False)
    page.clock.fast_forward(100)
    until_stored("خط قطع شد")
    expect(mark(page)).to_have_text(SAVED)
    body(page).fill("")
    page.clock.fast_forward(2100)
    expect(mark(page)).to_have_text("")
    assert Draft.objects.count() == 0  # an empty form leaves nothing behind


def test_a_session_that_ends_while_sara_types_costs_her_a_sign_in(opened, a_ticket, sara):
    page = opened(sara, f"/inbox/{a_ticket().pk}/")
    page.faults.expected.append("status of 401")
    Session.objects.all().delete()
    type_at_start(page, "نشست تمام شد")
    expect(mark(page)).to_have_text(SESSION_OVER)
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
        expect(body(first)).to_have_value(sent)
    press(first, "ارسال پاسخ")
    assert (Message.objects.filter(kind="reply").get().body, Draft.objects.count()) == (sent, 0)


def test_back_brings_an_older_text_which_asks_before_it_goes_over_a_newer_one(opened, a_ticket, sara):
    address = f"/inbox/{a_ticket().pk}/"
    page = opened(sara, address)
    page.faults.expected.append("status of 409")
    write(page, "کهنه")
    page.goto("/inbox/")
    other = page.context.new_page()
    other.goto(address)
    other.clock.install()
    body(other).fill("تازه")
    other.clock.fast_forward(2100)
    until_stored("تازه")
    page.go_back()
    expect(body(page)).to_have_value("کهنه")  # what the browser kept
    page.clock.fast_forward(2100)
    asked(page)
    assert set(bodies()) == {"تازه", "کهنه"}
    page.get_by_role("link", name="آوردن متن آن صفحه").click()
    expect(body(page)).to_have_value("تازه")


@pytest.mark.parametrize(("who", "address"), [("sara", "/inbox/{}/"), ("omid", "/admin/tickets/ticket/{}/change/")])
def test_a_text_that_back_brings_after_sending_is_not_sent_twice(opened, a_ticket, request, who, address):
    page = opened(request.getfixturevalue(who), address.format(a_ticket().pk))
    write(page, "فقط یک بار")
    press(page, "ارسال پاسخ")
    page.go_back()
    expect(body(page)).to_have_value("فقط یک بار")
    press(page, "ارسال پاسخ")
    assert (Message.objects.filter(body="فقط یک بار").count(), Draft.objects.count()) == (1, 0)
