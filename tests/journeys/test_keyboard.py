"""Sara and Omid without a mouse: keys alone from the door to signing out, and at each stop a ring that shows where they are."""

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.cast import PASSWORD
from tests.journeys.eyes import RING
from tests.journeys.steps import BODY, NATIONAL_ID, PICTURE, SUBJECT, TRACKING, number_on, thread_of
from tickets.models import Ticket

FAR = 90  # presses of Tab: more than any page of ours has stops
ITS_NAMES = """() => { const at = document.activeElement;
  return [at.id, at.name, at.value, at.innerText?.trim(), at.getAttribute('aria-label'), at.labels?.[0]?.innerText?.trim()]; }"""


def go_to(page: Page, wanted: str) -> None:
    """By Tab, to the stop of this id, words or label; every stop on the way has its ring, and none holds the keys back."""
    for _ in range(FAR):
        page.keyboard.press("Tab")
        name, has_ring = page.evaluate(RING)
        assert has_ring, f"no ring at «{name}» of {page.url}"
        if wanted in page.evaluate(ITS_NAMES):
            return
    raise AssertionError(f"«{wanted}» of {page.url} is not reached by Tab")


def write(page: Page, field: str, words: str) -> None:
    go_to(page, field)
    page.keyboard.insert_text(words)


def enter(page: Page, wanted: str) -> None:
    """To a link or button, and Enter, which leads to another page."""
    go_to(page, wanted)
    with page.expect_event("load"):
        page.keyboard.press("Enter")


def sign_in_by_keys(page: Page, username: str) -> None:
    page.goto("/")
    page.locator("body").evaluate("() => document.activeElement.blur()")
    write(page, "id_username", username)
    write(page, "id_password", PASSWORD)
    enter(page, "ورود")


def test_sara_files_finds_answers_rates_and_leaves(pages, sara, omid, technical):
    page = pages()
    # asked for from the start: the browser takes a moment until it hands the system's window over
    page.on("filechooser", lambda chooser: chooser.set_files([PICTURE]))
    sign_in_by_keys(page, "sara")
    enter(page, "ثبت تیکت جدید")
    write(page, "id_subject", SUBJECT)
    go_to(page, "id_department_0")
    page.keyboard.press("Space")
    write(page, "id_tracking_number", TRACKING)
    write(page, "id_national_id", NATIONAL_ID)
    write(page, "id_body", BODY)
    go_to(page, "files")
    page.keyboard.press("Enter")
    expect(page.locator('[data-upload][data-state="done"]:not([hidden])')).to_have_count(1, timeout=10_000)
    enter(page, "ثبت تیکت")
    ticket = Ticket.objects.get()
    assert (number_on(page), page.locator(".file__name").all_inner_texts()) == (ticket.pk, [PICTURE["name"]])

    ticket.answer(by=omid, at=timezone.now(), body="انجام شد")
    page.goto("/inbox/")
    go_to(page, SUBJECT)
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    go_to(page, "id_stars_0")
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    enter(page, "ثبت امتیاز")
    ticket.refresh_from_db()
    assert ticket.rating.stars in (2, 4)
    write(page, "id_body", "سپاسگزارم")
    enter(page, "ارسال پاسخ")
    assert thread_of(page)[-1] == "سارا محمدی: سپاسگزارم"
    sign_out(page)


def sign_out(page: Page) -> None:
    page.locator("body").evaluate("() => document.activeElement.blur()")
    for _ in range(FAR):
        page.keyboard.press("Tab")
        if page.evaluate("() => document.activeElement.matches('[data-menu] summary')"):
            break
    page.keyboard.press("Enter")
    enter(page, "خروج")
    page.goto("/inbox/")
    assert "/accounts/login/" in page.url


def test_omid_answers_on_the_desk(page_of, a_ticket, omid):
    ticket = a_ticket()
    page = page_of(omid, "/admin/")
    page.goto("/admin/tickets/ticket/?view=all")
    go_to(page, SUBJECT)
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    for _ in range(FAR):
        go_to(page, "متن پیام")
        if page.evaluate("() => !!document.activeElement.closest('#answer')"):
            break
    page.keyboard.insert_text("پلاک اصلاح شد")
    enter(page, "ارسال پاسخ")
    assert thread_of(page)[-1] == "امید رستمی: پلاک اصلاح شد"
    assert Ticket.objects.get(pk=ticket.pk).status == "answered"
