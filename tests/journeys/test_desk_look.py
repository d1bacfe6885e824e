"""Where things stand at the desk: on a phone, under the pointer, beside a long thread. All of it is layout; without scripts as well."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.desk.reading import QUEUE
from tests.journeys.steps import press, row_of

PHONE = {"width": 390}
GROUND = "(element) => getComputedStyle(element).backgroundColor"
TALLEST_ROW = 64


def test_the_header_of_a_phone_is_one_row_and_its_menu_needs_no_script(page_of, sina):
    page = page_of(sina, QUEUE, java_script_enabled=False, **PHONE)
    for address in (QUEUE, "/admin/tickets/cannedreply/"):  # a designed page, and one of Django's own
        page.goto(address)
        header = page.locator("#header")
        assert header.bounding_box()["height"] <= TALLEST_ROW
        header.locator("summary").press("Enter")
        for name in ("پیش‌نویس‌ها", "اطلاعیه‌ها و پیغام‌ها", "حساب من"):
            assert header.get_by_role("link", name=name).bounding_box()["height"] >= 44
    page.get_by_role("button", name="خروج").press("Enter")
    expect(page).to_have_url(re.compile("/accounts/(out|login)/|/admin/login/"))


def test_on_a_wide_screen_the_links_of_the_header_stand_open(page_of, sina):
    page = page_of(sina, QUEUE, width=1024)
    for address in (QUEUE, "/admin/tickets/cannedreply/"):
        page.goto(address)
        header = page.locator("#header")
        expect(header.get_by_role("link", name="حساب من")).to_be_visible()
        expect(header.locator("summary")).to_be_hidden()
        assert header.bounding_box()["height"] <= TALLEST_ROW


@pytest.mark.parametrize("scripts", [True, False])
def test_who_ticks_a_card_on_a_phone_sees_the_bar_and_opens_the_verbs(page_of, sina, a_ticket, scripts):
    tickets = [a_ticket() for _ in range(12)]
    page = page_of(sina, QUEUE, java_script_enabled=scripts, **PHONE)
    bar = page.get_by_role("group", name="کار گروهی")
    row_of(page, tickets[0].pk).get_by_role("checkbox").check()
    page.mouse.wheel(0, -5000)
    expect(bar.get_by_role("status")).to_be_in_viewport(ratio=1)
    assert bar.bounding_box()["height"] <= TALLEST_ROW + 20 * (not scripts)  # without scripts it says what to do first
    expect(bar.get_by_role("button", name="بستن تیکت")).to_be_hidden()
    bar.get_by_role("checkbox", name="کار گروهی").press("Space")
    expect(bar.get_by_role("button", name="بستن تیکت")).to_be_in_viewport(ratio=1)
    press(page, "بستن تیکت")
    expect(page.get_by_text("۱ تیکت انتخاب شد.")).to_be_visible()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_ticked_row_keeps_its_tint_under_the_pointer_which_is_seen_too(page_of, sina, a_ticket, theme):
    tickets = [a_ticket(), a_ticket()]
    page = page_of(sina, QUEUE)
    page.emulate_media(color_scheme=theme)
    ticked, other = (row_of(page, ticket.pk) for ticket in tickets)
    ticked.get_by_role("checkbox").check()
    other.hover()
    tint, plain_cell = ticked.evaluate(GROUND), ticked.locator(".c-main").evaluate(GROUND)
    ticked.hover()
    cell = ticked.locator(".c-main").evaluate(GROUND)
    assert ticked.evaluate(GROUND) == tint != other.evaluate(GROUND)
    assert cell != plain_cell
    assert cell.startswith("rgba(")  # the tint shines through


def test_on_a_phone_what_became_of_the_draft_stands_between_the_text_and_the_buttons(page_of, omid, a_ticket):
    page = page_of(omid, f"{QUEUE}{a_ticket().pk}/change/", **PHONE)
    text = page.get_by_label("متن پیام")
    text.fill("در حال بررسی است")
    mark = page.get_by_text("پیش‌نویس ذخیره شد")
    expect(mark).to_be_visible()
    below = [where.bounding_box() for where in (text, mark, page.get_by_role("button", name="ارسال پاسخ", exact=True))]
    assert [box["y"] for box in below] == sorted(box["y"] for box in below)
    assert below[1]["height"] < 30  # in one line


def test_the_clock_stays_beside_a_long_thread(page_of, omid, sara, a_ticket):
    now = timezone.now()
    ticket = a_ticket(at=now - timedelta(hours=2))
    for minute in range(9):
        ticket.reply(by=sara, at=now - timedelta(minutes=60 - minute), body="شرح مشکل\n" * 12)
    page = page_of(omid, f"{QUEUE}{ticket.pk}/change/#newest")
    page.get_by_role("link", name="تیکت قبلی").evaluate("() => scrollTo(0, document.body.scrollHeight)")
    expect(page.get_by_role("region", name="مهلت پاسخ")).to_be_in_viewport(ratio=1)
    expect(page.get_by_label("متن پیام")).to_be_in_viewport()


@pytest.mark.parametrize("width", [961, 1024, 1201, 1280])
def test_late_tickets_with_long_words_stay_within_their_panel(page_of, omid, sara, a_ticket, width):
    long_ago = timezone.now() - timedelta(days=400)
    ticket = a_ticket(at=long_ago, subject="پلاک " + "Donaudampfschifffahrtselektrizitätenhauptbetriebswerk", body="پلاک " * 40)
    ticket.assign(by=omid, at=long_ago, to=omid)
    ticket.reply(by=sara, at=long_ago, body="پلاک")
    page = page_of(omid, f"{QUEUE}?view=all&q=پلاک", width=width)
    expect(page.get_by_text("ساعت کاری گذشته")).to_be_visible()
    widths = "() => [result_list.offsetWidth - changelist.clientWidth, document.scrollingElement.scrollWidth - innerWidth]"
    assert page.evaluate(widths) == [0, 0]


def test_the_current_tab_of_a_phone_is_in_sight(page_of, omid, a_ticket):
    a_ticket()
    page = page_of(omid, f"{QUEUE}?view=all", **PHONE)
    expect(page.get_by_role("link", name="همه", exact=True)).to_be_in_viewport(ratio=1)


def test_a_printed_ticket_is_the_thread_and_the_case_without_what_one_can_only_click(page_of, omid, an_answered_ticket, a_ticket):
    a_ticket()
    page = page_of(omid, f"{QUEUE}{an_answered_ticket.pk}/change/")
    page.emulate_media(media="print")
    for name in ("ارسال پاسخ", "نمایش شماره ملی", "خروج"):
        expect(page.get_by_role("button", name=name, exact=True)).to_be_hidden()
    expect(page.locator("summary", has_text="واگذاری به همکار")).to_be_hidden()
    expect(page.get_by_text("۱۰ تیکت آخر این دفتر")).to_be_hidden()
    expect(page.get_by_role("heading", name="پرونده")).to_be_visible()
    message = page.locator(".message").first
    frame, text = message.bounding_box(), message.locator(".message__body p").bounding_box()
    assert frame["x"] + frame["width"] - text["x"] - text["width"] >= 8  # the text does not touch its frame


@pytest.mark.long
@pytest.mark.parametrize("address", ["tickets/cannedreply/", "tickets/department/{department}/change/", "announcements/announcement/add/"])
def test_what_is_pressed_on_djangos_pages_is_large_enough_for_a_thumb(page_of, kaveh, technical, address):
    page = page_of(kaveh, f"/admin/{address.format(department=technical.pk)}", **PHONE)
    pressed = page.locator("#content :is(.submit-row input, .object-tools a, .add-row a, select, #toolbar input):visible").all()
    small = [part.evaluate("(part) => [part.outerHTML, part.offsetHeight]") for part in pressed if part.bounding_box()["height"] < 40]
    assert pressed
    assert small == []
