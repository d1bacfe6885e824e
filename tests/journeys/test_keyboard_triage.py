"""Omid works off twenty tickets with the keys alone, on a keyboard whose layout is Persian."""

from playwright.sync_api import Page, expect

from autonax_support.persian.text import to_ascii_digits
from tests.desk.reading import QUEUE, address
from tests.journeys.eyes import faults_of
from tickets.models import Message, Ticket

COUNT = 20
NOTED = (2, 7, 18, 19)  # few: each answered one leads past all that still wait
PERSIAN = {"KeyJ": "ت", "KeyK": "ن", "KeyR": "ق", "KeyN": "د", "KeyC": "ز"}
STRIKE = """([code, key, shiftKey]) => (document.activeElement || document.body).dispatchEvent(
    new KeyboardEvent('keydown', { code, key, shiftKey, bubbles: true, cancelable: true }))"""


def strike(page: Page, code: str) -> None:
    """A key as a Persian layout sends it: its place is the same, its letter is not."""
    page.evaluate(STRIKE, [code, PERSIAN[code], False])


def turn(page: Page, code: str) -> None:
    with page.expect_event("load"):
        strike(page, code)


def number_of(page: Page) -> int:
    return int(to_ascii_digits(page.locator(".work__head .num").inner_text()))


def test_twenty_tickets_by_keys_alone(page_of, a_ticket, omid):
    tickets = [a_ticket(subject=f"تیکت {place}") for place in range(COUNT)]
    page = page_of(omid, QUEUE)
    for _ in range(3):
        strike(page, "KeyJ")
    strike(page, "KeyK")
    expect(page.get_by_role("link", name="تیکت 1", exact=True)).to_be_focused()
    strike(page, "KeyK")
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    for place, ticket in enumerate(tickets):
        assert number_of(page) == ticket.pk
        strike(page, "KeyN" if place in NOTED else "KeyR")
        expect(page.locator("#id_body")).to_be_focused()
        page.keyboard.insert_text(f"رسیدگی {place}")
        with page.expect_event("load"):
            page.keyboard.press("Control+Enter")
        expect(page.locator("#newest")).to_contain_text(f"رسیدگی {place}")
        if place < COUNT - 1:
            # a noted ticket waits on, an answered one does not: then the queue begins anew, at the first that waits
            while number_of(page) != tickets[place + 1].pk:
                turn(page, "KeyJ")
    kinds = list(Message.objects.exclude(kind="filed").order_by("ticket_id").values_list("kind", flat=True))
    assert kinds == ["note" if place in NOTED else "answer" for place in range(COUNT)]
    assert Ticket.objects.filter(status="answered").count() == COUNT - len(NOTED)


def test_at_the_end_of_the_queue_stands_a_sentence(page_of, a_ticket, omid):
    first, last = a_ticket(), a_ticket()
    page = page_of(omid, address(first))
    turn(page, "KeyJ")
    assert number_of(page) == last.pk
    turn(page, "KeyK")
    assert number_of(page) == first.pk
    turn(page, "KeyK")
    expect(page.get_by_text("به ابتدای صف رسیدید.")).to_be_visible()


def test_keys_are_letters_while_somebody_types_or_holds_another_key(page_of, a_ticket, omid):
    ticket = a_ticket()
    a_ticket()
    page = page_of(omid, address(ticket))
    page.locator("#id_body").focus()
    page.keyboard.type("jknrc?")
    assert page.locator("#id_body").input_value() == "jknrc?"
    page.evaluate("document.activeElement.blur()")
    for held in ("Control", "Alt", "Meta"):
        page.keyboard.down(held)
        page.evaluate(
            """held => document.body.dispatchEvent(new KeyboardEvent('keydown',
            { code: 'KeyJ', key: 'j', [`${held.toLowerCase().replace('control', 'ctrl')}Key`]: true, bubbles: true }))""",
            held,
        )
        page.keyboard.up(held)
    strike(page, "KeyC")  # nobody has prepared an answer
    assert (number_of(page), page.url.endswith(address(ticket))) == (ticket.pk, True)


def test_keys_work_where_a_box_is_ticked_or_chosen(page_of, a_ticket, omid):
    tickets = [a_ticket(subject=f"تیکت {place}") for place in range(3)]
    page = page_of(omid, QUEUE)
    page.get_by_label("انتخاب تیکت").first.check()
    strike(page, "KeyJ")
    expect(page.get_by_role("link", name="تیکت 1", exact=True)).to_be_focused()
    page.get_by_label("انتخاب تیکت").first.focus()
    page.evaluate(STRIKE, ["Slash", "؟", True])
    expect(page.get_by_role("dialog", name="کلیدهای میان‌بر")).to_be_visible()
    page.goto(address(tickets[0]))
    page.locator("#kind-answer").focus()
    strike(page, "KeyN")
    expect(page.locator("#kind-note")).to_be_checked()
    expect(page.locator("#id_body")).to_be_focused()
    page.locator("#kind-note").focus()
    strike(page, "KeyR")
    expect(page.locator("#kind-answer")).to_be_checked()
    page.locator("#kind-answer").focus()
    turn(page, "KeyJ")
    assert number_of(page) == tickets[1].pk
    page.locator("#kind-answer").focus()
    strike(page, "KeyC")
    expect(page.locator("[data-canned]")).to_have_attribute("aria-expanded", "true")


def test_the_sheet_lists_the_keys_and_gives_the_focus_back(page_of, a_ticket, omid):
    page = page_of(omid, address(a_ticket()))
    link = page.get_by_role("link", name="تیکت بعدی")
    link.focus()
    page.evaluate(STRIKE, ["Slash", "؟", True])
    sheet = page.get_by_role("dialog", name="کلیدهای میان‌بر")
    expect(sheet).to_be_visible()
    expect(sheet).to_contain_text("رفتن به پاسخ")
    strike(page, "KeyJ")  # does nothing behind it
    assert faults_of(page) == []
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(link).to_be_focused()


def test_the_neighbours_are_links_without_scripts(page_of, a_ticket, omid):
    first, second = a_ticket(), a_ticket()
    page = page_of(omid, address(first), java_script_enabled=False)
    page.get_by_role("link", name="تیکت بعدی").click()
    assert number_of(page) == second.pk
    page.get_by_role("link", name="تیکت قبلی").click()
    assert number_of(page) == first.pk
    expect(page.get_by_role("button", name="کلیدهای میان‌بر")).to_be_hidden()
