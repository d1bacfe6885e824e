"""Every word typed survives an expired session, a shared PC, a second click and the Back button; and it is sent once."""

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Page

from tests.journeys.steps import (
    BODY,
    PICTURE,
    SUBJECT,
    TEXT_FILE,
    attach,
    fill_in_ticket,
    number_on,
    press,
    sign_in,
    thread_of,
)
from tickets.models import Draft, Message, Ticket

PROMISE = "زمان نشست شما تمام شد. آنچه نوشته بودید ذخیره شده است؛ وارد شوید تا از همان جا ادامه دهید."


def the_session_ends(page: Page) -> None:
    """A file may be on its way up just then; it goes along with the form instead."""
    page.faults.expected += ["status of 401", "status of 405"]
    Session.objects.all().delete()


@pytest.fixture
def typed(page_of, sara, technical):
    """Sara's filing form, filled in, with a picture chosen."""
    page = page_of(sara, "/tickets/new/")
    fill_in_ticket(page)
    attach(page, PICTURE)
    return page


def test_a_session_that_ended_while_sara_wrote_costs_her_only_a_sign_in(typed):
    the_session_ends(typed)
    press(typed, "ثبت تیکت")
    assert PROMISE in typed.locator("main").inner_text()
    assert Ticket.objects.count() == 0
    sign_in(typed, "sara")
    assert "پیش‌نویس شما از" in typed.locator("main").inner_text()
    assert typed.get_by_label("موضوع", exact=True).input_value() == SUBJECT
    assert typed.get_by_label("متن پیام").input_value() == BODY
    assert typed.locator(".upload__name").all_inner_texts() == [PICTURE["name"]]
    press(typed, "ثبت تیکت")
    assert number_on(typed) == Ticket.objects.get().pk
    assert typed.locator(".file__name").all_inner_texts() == [PICTURE["name"]]
    assert Draft.objects.count() == 0


def test_a_reply_survives_the_end_of_the_session_with_its_file(page_of, an_answered_ticket, sara):
    page = page_of(sara, f"/inbox/{an_answered_ticket.pk}/")
    page.get_by_label("متن پیام").fill("نیم ساعت نوشتن")
    attach(page, TEXT_FILE)
    the_session_ends(page)
    press(page, "ارسال پاسخ")
    assert PROMISE in page.locator("main").inner_text()
    sign_in(page, "sara")
    assert page.get_by_label("متن پیام").input_value() == "نیم ساعت نوشتن"
    press(page, "ارسال پاسخ")
    assert thread_of(page)[-1] == "سارا محمدی: نیم ساعت نوشتن"
    assert page.locator(".file__name").all_inner_texts() == [TEXT_FILE["name"]]
    assert Message.objects.filter(kind="reply").count() == 1


def test_an_answer_of_omid_survives_as_well(page_of, a_ticket, omid):
    number = a_ticket().pk
    page = page_of(omid, f"/admin/tickets/ticket/{number}/change/")
    page.locator("#answer").get_by_label("متن پیام").fill("پاسخی بلند")
    the_session_ends(page)
    press(page, "ارسال پاسخ")
    assert PROMISE in page.locator("main").inner_text()
    sign_in(page, "omid")
    assert page.locator("#answer").get_by_label("متن پیام").input_value() == "پاسخی بلند"
    press(page, "ارسال پاسخ")
    assert thread_of(page)[-1] == "امید رستمی: پاسخی بلند"


@pytest.mark.parametrize("scripts", [True, False])
def test_going_back_and_sending_again_leads_to_the_same_ticket(page_of, sara, technical, scripts):
    page = page_of(sara, "/tickets/new/", java_script_enabled=scripts)
    fill_in_ticket(page)
    press(page, "ثبت تیکت")
    filed = page.url
    page.go_back()
    if page.get_by_label("متن پیام").input_value():  # what the browser has not put back cannot be sent twice
        press(page, "ثبت تیکت")
        assert page.url == filed
    assert (Ticket.objects.count(), Draft.objects.count()) == (1, 0)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_double_click_files_one_ticket(page_of, sara, technical, scripts):
    page = page_of(sara, "/tickets/new/", java_script_enabled=scripts)
    fill_in_ticket(page)
    page.get_by_role("button", name="ثبت تیکت", exact=True).dblclick()
    page.wait_for_url("**/inbox/*/")
    assert number_on(page) == Ticket.objects.get().pk


def test_on_a_shared_pc_saras_form_is_kept_for_sara_and_not_sent_by_reza(typed, reza):
    other_tab = typed.context.new_page()
    other_tab.goto("/")
    typed.faults.expected += ["status of 401", "status of 403", "status of 409"]  # what it saves by itself meets them one by one
    other_tab.locator("[data-menu] summary").click()
    press(other_tab, "خروج")
    other_tab.goto("/")
    sign_in(other_tab, "reza")
    press(typed, "ثبت تیکت")
    assert typed.locator("h1").inner_text() == "این فرم با حساب دیگری باز شده بود"
    assert Ticket.objects.count() == 0
    typed.goto("/tickets/new/")
    assert typed.get_by_label("متن پیام").input_value() == ""
    typed.context.clear_cookies()
    typed.goto("/tickets/new/")
    sign_in(typed, "sara")
    assert typed.get_by_label("متن پیام").input_value() == BODY
    assert typed.locator(".upload__name").all_inner_texts() == [PICTURE["name"]]
