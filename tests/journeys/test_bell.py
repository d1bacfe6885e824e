"""The bell in a real browser: it rings without a page load, goes quiet when nobody looks, and works without scripts."""

import re

import pytest
from django.utils import timezone
from playwright.sync_api import expect

MINUTE = 61_000


@pytest.fixture
def standing(page_of):
    """A function: a page of this person that stands open, on whose clock time passes when the test says so."""

    def opened(person, address, **options):
        page = page_of(person, "/accounts/me/", **options)
        page.clock.install()
        page.goto(address)
        page.evaluate("window.standing = true")  # a page load would forget it
        return page

    return opened


def bell(page):
    return page.locator("[data-bell]")


def has_stood(page):
    return page.evaluate("window.standing === true")


def test_sara_sees_that_omid_answered_without_loading_her_page(standing, a_ticket, sara, omid):
    ticket = a_ticket()
    page = standing(sara, "/inbox/")
    expect(bell(page)).to_have_accessible_name("اعلان‌ها")
    ticket.answer(by=omid, at=timezone.now(), body="تصویر شناسنامه پیوست شود")
    bell(page).focus()
    page.clock.fast_forward(MINUTE)
    expect(bell(page)).to_have_accessible_name("اعلان‌ها، ۱ اعلان خوانده‌نشده")
    expect(bell(page)).to_be_focused()
    assert has_stood(page)
    bell(page).click()
    page.get_by_role("link", name=re.compile("پاسخ داد")).click()
    page.wait_for_url(f"**/inbox/{ticket.pk}/#new")
    expect(bell(page)).to_have_accessible_name("اعلان‌ها")


def test_omid_sees_on_the_desk_that_sara_replied(standing, a_ticket, sara, omid):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="پیوست شود")
    page = standing(omid, "/admin/tickets/ticket/")
    ticket.reply(by=sara, at=timezone.now(), body="پیوست شد")
    page.clock.fast_forward(MINUTE)
    expect(bell(page)).to_have_accessible_name("اعلان‌ها، ۱ اعلان خوانده‌نشده")
    assert has_stood(page)


def test_a_page_whose_person_has_signed_out_goes_quiet_and_stays(standing, an_answered_ticket, sara):
    page = standing(sara, "/help/")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/notices/bell/" in request.url else None)
    page.context.clear_cookies()
    with page.expect_response("**/notices/bell/**"):
        page.clock.fast_forward(MINUTE)
    expect(bell(page)).to_have_accessible_name("اعلان‌ها")
    for _ in range(3):
        page.clock.fast_forward(MINUTE)
    assert (len(asked), has_stood(page)) == (1, True)


def test_nobody_who_looks_away_is_asked_for(standing, a_ticket, sara, omid):
    ticket = a_ticket()
    page = standing(sara, "/help/")
    page.evaluate("Object.defineProperty(document, 'hidden', { get: () => window.away === true })")
    page.evaluate("window.away = true")
    asked = []
    page.on("request", lambda request: asked.append(request.url) if "/notices/bell/" in request.url else None)
    ticket.answer(by=omid, at=timezone.now(), body="پیوست شود")
    for _ in range(3):
        page.clock.fast_forward(MINUTE)
    assert asked == []
    page.evaluate("() => { window.away = false; document.dispatchEvent(new Event('visibilitychange')); }")
    expect(bell(page)).to_have_accessible_name("اعلان‌ها، ۱ اعلان خوانده‌نشده")


def test_all_of_it_works_without_scripts(page_of, a_ticket, sara, omid):
    for _ in range(2):
        a_ticket().answer(by=omid, at=timezone.now(), body="پیوست شود")
    page = page_of(sara, "/inbox/", java_script_enabled=False)
    bell(page).click()
    page.get_by_role("button", name=re.compile("^خوانده شد")).first.click()
    expect(page.locator(".news__item.is-unread")).to_have_count(1)
    page.get_by_role("button", name="همه خوانده شد").click()
    expect(page.locator(".news__item.is-unread")).to_have_count(0)
    expect(bell(page)).to_have_accessible_name("اعلان‌ها")


def test_a_hard_day_fits_on_a_telephone(page_of, a_ticket, sara, omid):
    ticket = a_ticket(subject="خطای «Error: connection refused by 10.0.0.1» در " + "تمدید پروانه تاکسیرانی شهر نمونه " * 4)
    ticket.answer(by=omid, at=timezone.now(), body="پیوست شود")
    for width in (320, 390, 1280):
        page = page_of(sara, "/notices/", width=width)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), width
