"""Half a text in one form, and the person presses something else or walks away."""

import time

from django.utils import timezone
from playwright.sync_api import expect

from tickets.models import Draft, Ticket


def test_an_answer_half_written_survives_another_verb(page_of, a_ticket, omid):
    ticket = a_ticket()
    page = page_of(omid, f"/admin/tickets/ticket/{ticket.pk}/change/")
    page.fill("#id_body", "پاسخ نیمه‌کاره")
    with page.expect_event("load"):
        page.get_by_role("button", name="واگذاری به من").click()
    expect(page.locator("#id_body")).to_have_value("پاسخ نیمه‌کاره")
    assert Ticket.objects.get(pk=ticket.pk).assignee == omid


def test_a_reply_half_written_survives_the_stars(page_of, a_ticket, omid, sara):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    page = page_of(sara, f"/inbox/{ticket.pk}/")
    page.fill("#reply textarea[name=body]", "پاسخ نیمه‌کاره")
    page.locator("label[for$=stars_4]").click()
    with page.expect_event("load"):
        page.get_by_role("button", name="ثبت امتیاز").click()
    expect(page.locator("#reply textarea[name=body]")).to_have_value("پاسخ نیمه‌کاره")
    assert Ticket.objects.get(pk=ticket.pk).rating.stars == 5


def wait_for_a_draft(seconds: float = 5) -> None:
    """The browser sends it behind the person's back, in its own time."""
    until = time.monotonic() + seconds
    while not Draft.objects.exists() and time.monotonic() < until:
        time.sleep(0.02)


def test_a_form_that_was_walked_away_from_is_found_again(page_of, sara):
    page = page_of(sara, "/tickets/new/")
    page.fill("#id_subject", "پلاک خودرو")
    page.fill("#id_body", "نیمه‌کاره ماند")
    page.get_by_role("link", name="صندوق پیام").first.click()
    page.wait_for_url("**/inbox/")
    wait_for_a_draft()
    page.goto("/tickets/new/")
    expect(page.locator("#id_body")).to_have_value("نیمه‌کاره ماند")
    expect(page.locator("#id_subject")).to_have_value("پلاک خودرو")


def test_a_form_only_looked_at_leaves_no_draft(page_of, sara):
    page = page_of(sara, "/tickets/new/")
    page.get_by_role("link", name="صندوق پیام").first.click()
    page.wait_for_url("**/inbox/")
    assert Draft.objects.count() == 0
