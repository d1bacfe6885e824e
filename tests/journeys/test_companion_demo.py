"""The way the guide describes: on the page of the case one clicks «پشتیبانی همراه», files, and later sees that an answer has come."""

import re
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from autonax_support.accounts.launch.keys import read_keys
from autonax_support.accounts.models import User
from autonax_support.demo.host import PUBLIC_FILE, make_keys
from autonax_support.persian.text import to_persian_digits
from tests.journeys.eyes import faults_of
from tests.journeys.steps import BODY, NATIONAL_ID, SUBJECT, TRACKING, number_on, press
from tickets.models import Ticket, Unread

HOST_PAGE = "/demo-host/"
ICON = re.compile("^پشتیبانی همراه")


@pytest.fixture
def host(settings, tmp_path, live_server):
    settings.DEMO_DIR, settings.SITE_URL = tmp_path, live_server.url
    make_keys(tmp_path, urlsplit(live_server.url).port)
    settings.LAUNCH_HOSTS = read_keys(tmp_path / PUBLIC_FILE)


def choose(page: Page, entry: str) -> Page:
    """From the page of the host by the menu into the tab that opens."""
    page.get_by_role("button", name=ICON).click()
    with page.context.expect_page() as opened:
        page.get_by_role("menuitem", name=entry).click()
    return opened.value


def badge(page: Page, entry: str):
    return page.get_by_role("menuitem", name=entry).locator(".badge")


def file_in(tab: Page) -> int:
    """What the launch has not filled is typed, as on any other day."""
    for label, text in (("موضوع", SUBJECT), ("متن پیام", BODY)):
        tab.get_by_label(label, exact=True).fill(text)
    for name, text in (("tracking_number", TRACKING), ("national_id", NATIONAL_ID)):
        field = tab.locator(f"[name={name}]").first
        if field.is_visible() and field.is_editable():
            field.fill(text)
    tab.locator("label", has_text="پشتیبانی فنی").click()
    press(tab, "ثبت تیکت")
    return number_on(tab)


def test_from_the_case_to_a_ticket_and_back_to_its_answer(page, host, omid):
    page.goto(HOST_PAGE)
    tab = choose(page, "ثبت تیکت جدید")
    tab.wait_for_url("**/tickets/new/**")
    assert tab.evaluate("document.referrer") == ""
    ticket = Ticket.objects.get(pk=file_in(tab))
    assert (ticket.tracking_number, ticket.national_id, ticket.filed_by.host_subject) == (TRACKING, NATIONAL_ID, "1024")
    tab.close()
    page.reload()
    page.get_by_role("button", name="پشتیبانی همراه", exact=True).click()
    expect(badge(page, "مشاهده صندوق پیام")).to_be_hidden()
    page.keyboard.press("Escape")
    ticket.answer(by=omid, at=timezone.now(), body="تصویر شناسنامه یا کارت ملی پیوست شود")
    page.reload()
    expect(page.get_by_role("button", name=ICON)).to_have_accessible_name("پشتیبانی همراه ۱ مورد تازه")
    tab = choose(page, "مشاهده صندوق پیام")
    tab.wait_for_url("**/inbox/")
    tab.get_by_role("link", name=SUBJECT).first.click()
    tab.get_by_text("تصویر شناسنامه یا کارت ملی پیوست شود").wait_for()
    tab.close()
    page.reload()
    expect(page.get_by_role("button", name="پشتیبانی همراه", exact=True)).to_be_visible()


@pytest.mark.parametrize(("name", "value"), [("tracking_number", TRACKING), ("national_id", NATIONAL_ID)])
def test_the_filing_form_is_filled_from_the_case_of_the_launch(page, host, technical, name, value):
    page.goto(HOST_PAGE)
    tab = choose(page, "ثبت تیکت جدید")
    tab.wait_for_url("**/tickets/new/**")
    expect(tab.locator(f"[name={name}]").first).to_have_value(re.compile(f"{value}|{to_persian_digits(value)}"))


def test_the_next_person_at_this_pc_finds_nothing_of_the_one_before(page, host, page_of, sara, a_ticket):
    """Sara forgot to sign out, and half a text stands in her tab."""
    hers = page_of(sara, "/tickets/new/")
    hers.fill("#id_body", "نیمه‌کاره")
    theirs = hers.context.new_page()
    theirs.goto(HOST_PAGE)
    tab = choose(theirs, "مشاهده صندوق پیام")
    tab.wait_for_url("**/inbox/")
    expect(tab.get_by_text("اکنون با حساب کاربر دفتر از دفتر شهر نمونه ۲ وارد شده‌اید. نشست قبلی روی این رایانه بسته شد.")).to_be_visible()
    hers.faults.expected += ["status of 409", "status of 403", "status of 401"]
    with hers.expect_event("load"):
        hers.get_by_role("button", name="ثبت تیکت").click()
    assert "این فرم با حساب دیگری باز شده بود" in hers.content()
    assert (Ticket.objects.count(), sara.drafts.get().data["body"]) == (0, "نیمه‌کاره")


def test_the_keyboard_does_it_all(page, host, technical):
    page.goto(HOST_PAGE)
    icon, focused = page.get_by_role("button", name=ICON), page.locator("autonax-companion *:focus")
    icon.focus()
    page.keyboard.press("ArrowUp")
    expect(focused).to_contain_text("نمایش اطلاعیه‌ها و پیغام‌ها")
    page.keyboard.press("ArrowDown")
    expect(focused).to_contain_text("ثبت تیکت جدید")
    expect(icon).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(icon).to_be_focused()
    expect(page.get_by_role("menu")).to_be_hidden()
    page.keyboard.press("Space")
    page.keyboard.press("End")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    opened.value.wait_for_url("**/announcements/")
    expect(icon).to_be_focused()


def test_a_host_that_gives_no_token_is_told_to_the_person(page, host):
    page.faults.expected.append("status of 503")
    page.context.route("**/demo-host/token/**", lambda route: route.fulfill(status=503, body=""))
    page.goto(HOST_PAGE)
    page.get_by_role("button", name=ICON).click()
    page.get_by_role("menuitem", name="ثبت تیکت جدید").click()
    expect(page.get_by_role("alert")).to_have_text("پشتیبانی همراه باز نشد. صفحه را تازه کنید و دوباره آن را بزنید.")
    assert (len(page.context.pages), User.objects.count(), Unread.objects.count()) == (1, 0, 0)


def test_everybody_can_use_it_in_light_and_dark(pages, host):
    page = pages(bypass_csp=True)
    page.goto(HOST_PAGE)
    page.get_by_role("button", name=ICON).click()
    assert faults_of(page) == []
    page.goto("/launch/")
    page.faults.expected.append("status of 405")
    assert faults_of(page) == []


@pytest.mark.parametrize("width", [390, 1280])
def test_it_fits_and_stands_in_the_corner(pages, host, width):
    page = pages(width=width)
    page.goto(HOST_PAGE)
    page.get_by_role("button", name=ICON).click()
    boxes = [page.locator(f"autonax-companion {part}").bounding_box() for part in (".icon", ".panel")]
    assert [(box["x"] >= 0, box["x"] + box["width"] <= width, box["y"] >= 0) for box in boxes] == [(True, True, True)] * 2
    assert boxes[0]["x"] == 20
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_the_sign_in_of_the_demo_shows_the_way(page, host):
    page.goto("/accounts/login/")
    page.get_by_role("link", name="صفحه نمونه اتوناکس").click()
    page.wait_for_url(f"**{HOST_PAGE}")
