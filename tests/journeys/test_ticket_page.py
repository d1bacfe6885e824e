"""The desk's ticket page as it is seen: the newest message above the box, and pictures that open in place."""

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from autonax_support.files.checks import check
from autonax_support.files.models import Attachment
from tests.desk.reading import address
from tests.files.crafting import picture, upload
from tests.journeys.eyes import faults_of
from tickets.models import Event

COVERED = """() => { const box = document.querySelector('#answer').getBoundingClientRect();
    const newest = document.querySelector('#newest').getBoundingClientRect();
    return [newest.bottom <= box.top, newest.top >= 0, newest.bottom <= innerHeight || newest.height > innerHeight / 2]; }"""


@pytest.fixture
def a_long_thread(a_ticket, sara, omid):
    ticket = a_ticket()
    for place in range(6):
        ticket.answer(by=omid, at=timezone.now(), body=f"پاسخ {place}")
        ticket.reply(by=sara, at=timezone.now(), body=f"هنوز نشد {place}\n\nدو خط دیگر")
    return ticket


@pytest.fixture
def with_a_picture(a_ticket, sara):
    ticket = a_ticket()
    Attachment.objects.keep(
        check(upload("کارت.png", picture(size=(900, 600)))), owner=sara, message=ticket.messages.get(), at=timezone.now()
    )
    return ticket


def openings(ticket) -> int:
    return Event.objects.filter(ticket=ticket, verb="see_file").count()


@pytest.mark.parametrize("size", [(1024, 768), (1100, 768), (1280, 720), (1440, 900)])
@pytest.mark.parametrize("place", ["", "#newest"])
def test_the_newest_message_stands_above_the_box(page_of, a_long_thread, omid, size, place):
    page = page_of(omid, address(a_long_thread) + place, width=size[0], height=size[1])
    page.wait_for_load_state()
    page.wait_for_function("() => scrollY > 0")
    assert page.evaluate(COVERED) == [True, True, True]


def test_a_long_text_in_the_box_leaves_room_for_the_thread(page_of, a_long_thread, omid):
    page = page_of(omid, address(a_long_thread), width=1280, height=800)
    page.wait_for_function("() => scrollY > 0")
    page.locator("#id_body").fill("خط\n" * 60)
    page.wait_for_function(f"() => ({COVERED})().every(Boolean)")
    assert page.evaluate("document.querySelector('#answer').getBoundingClientRect().top") > 150


def open_the_picture(page: Page) -> None:
    with page.expect_response("**/attachments/*/"):
        page.locator("#thread a.file").click()


def test_a_picture_opens_in_place_and_that_is_audited_its_thumbnail_is_not(page_of, with_a_picture, omid):
    page = page_of(omid, address(with_a_picture))
    expect(page.locator("#thread img.file__thumb")).to_have_js_property("complete", True)
    assert openings(with_a_picture) == 0
    link = page.locator("#thread a.file")
    open_the_picture(page)
    dialog = page.get_by_role("dialog", name="کارت.png")
    expect(dialog).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-picture] img').naturalWidth > 0")
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    expect(dialog).to_be_hidden()
    expect(link).to_be_focused()
    link.click()
    expect(dialog).to_be_visible()
    assert (openings(with_a_picture), page.url.endswith(address(with_a_picture))) == (1, True)


def test_without_scripts_the_link_opens_it(page_of, with_a_picture, omid):
    page = page_of(omid, address(with_a_picture), java_script_enabled=False)
    page.faults.expected.append("Applying inline style")  # by the browser's own page around a picture
    with page.expect_popup() as opened:
        page.locator("#thread a.file").click()
    opened.value.wait_for_load_state()
    assert openings(with_a_picture) == 1


def test_the_page_and_the_list_of_drafts_are_accessible(page_of, a_long_thread, omid):
    page = page_of(omid, address(a_long_thread))
    assert faults_of(page) == []
    page.locator("#id_body").fill("نیمه‌کاره")
    page.locator("#id_body").press("Tab")
    expect(page.locator("[data-draft-mark]")).to_contain_text("پیش‌نویس ذخیره شد")
    page.get_by_role("link", name="پیش‌نویس‌ها").click()
    expect(page.get_by_text("نیمه‌کاره")).to_be_visible()
    assert faults_of(page) == []
