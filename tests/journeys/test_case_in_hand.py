"""Filing with the case of a launch in hand, with scripts and without: the locked fields, samples, and the open ticket of the same case."""

import os

import pytest

from tests.journeys.steps import BODY, TRACKING, press
from tickets.models import Draft, Ticket

CASE = {"tracking_number": TRACKING, "national_id": "8520342272", "subject": "تمدید پروانه تاکسیرانی", "kind": "trade"}
SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no scripts"])


def shot(page, name: str) -> None:
    if folder := os.environ.get("SHOTS"):
        for width in (1280, 390):
            page.set_viewport_size({"width": width, "height": 900})
            for scheme in ("light", "dark"):
                page.emulate_media(color_scheme=scheme)
                page.screenshot(path=f"{folder}/{name}-{width}-{scheme}.png", full_page=True)
        page.set_viewport_size({"width": 1280, "height": 900})


@SCRIPTS
def test_sara_files_for_the_launched_case_with_its_persons_and_samples(page_of, sara, technical, omid, scripts):
    page = page_of(sara, "/tickets/new/", case=CASE, java_script_enabled=scripts)
    assert page.get_by_label("شماره پیگیری", exact=True).first.get_attribute("readonly") is not None
    page.locator("label", has_text="پشتیبانی فنی").click()
    page.get_by_label("کد ملی خریدار").fill("0084575948")
    page.get_by_label("متن پیام").fill(BODY)
    page.locator("[data-samples] summary").click()
    page.locator("[name=sample_tracking_1]").fill("99010294000041")
    assert page.locator("[data-sample]:visible").count() == (1 if scripts else 3)
    if scripts:
        page.get_by_role("button", name="افزودن نمونه پرونده").click()
    page.locator("[name=sample_national_id_2]").fill("0084575948")
    press(page, "ثبت تیکت")
    assert page.locator("[name=sample_tracking_2]").get_attribute("aria-invalid") == "true"
    shot(page, f"new-error-{scripts}")
    page.locator("[name=sample_tracking_2]").fill("99010294000042")
    press(page, "ثبت تیکت")
    ticket = Ticket.objects.get()
    assert (ticket.tracking_number, ticket.case_kind, ticket.references.count()) == (TRACKING, "trade", 3)
    assert page.get_by_text("نمونه‌های پرونده").is_visible()
    shot(page, f"thread-{scripts}")
    if scripts:
        shot(page_of(omid, f"/admin/tickets/ticket/{ticket.pk}/change/"), "desk")


@SCRIPTS
def test_change_unlocks_and_keeps_and_enter_in_the_subject_does_not(page_of, sara, technical, scripts):
    page = page_of(sara, "/tickets/new/", case=CASE, java_script_enabled=scripts)
    page.get_by_label("متن پیام").fill(BODY)
    shot(page, f"new-locked-{scripts}")
    with page.expect_event("load"):
        page.get_by_label("موضوع", exact=True).press("Enter")
    assert page.locator(".locked").count() == 2
    press(page, "تغییر شماره ملی")
    assert (page.locator(".locked").count(), page.get_by_label("متن پیام").input_value()) == (0, BODY)
    assert page.evaluate("document.activeElement.name") == "national_id"
    assert page.locator("[name=national_id]").input_value() == "۸۵۲۰۳۴۲۲۷۲"
    page.locator("[name=tracking_number]").fill("99010294000055")
    page.locator("label", has_text="پشتیبانی فنی").click()
    shot(page, f"new-unlocked-{scripts}")
    press(page, "ثبت تیکت")
    assert Ticket.objects.get().tracking_number == "99010294000055"


@SCRIPTS
def test_she_comes_from_autonax_again_to_what_she_had_typed_for_this_case(page_of, sara, technical, scripts):
    page = page_of(sara, "/tickets/new/", case=CASE, java_script_enabled=scripts)
    page.get_by_label("متن پیام").fill(BODY)
    page.get_by_label("کد ملی خریدار").fill("0084575948")
    press(page, "ذخیره پیش‌نویس")
    again = page_of(sara, "/tickets/new/", case=CASE, java_script_enabled=scripts)
    assert (again.locator(".locked").count(), again.get_by_label("متن پیام").input_value()) == (2, BODY)
    other = page_of(sara, "/tickets/new/", case=CASE | {"kind": "other"}, java_script_enabled=scripts)
    assert other.get_by_label("متن پیام").input_value() == f"{BODY}\nکد ملی خریدار: ۰۰۸۴۵۷۵۹۴۸"
    shot(other, f"new-other-kind-{scripts}")


@SCRIPTS
def test_the_open_ticket_takes_the_text_into_its_reply_box(page_of, sara, a_ticket, technical, scripts):
    ticket = a_ticket()
    page = page_of(sara, "/tickets/new/", case=CASE, java_script_enabled=scripts)
    shot(page, f"new-same-{scripts}")
    page.locator("label", has_text="پشتیبانی فنی").click()
    page.get_by_label("متن پیام").fill(BODY)
    press(page, "ثبت تیکت")
    shot(page, f"new-held-{scripts}")
    press(page, "افزودن به همان تیکت")
    assert f"/inbox/{ticket.pk}/" in page.url
    assert BODY in page.locator("textarea").input_value()
    assert (Ticket.objects.count(), Draft.objects.get().kind) == (1, "reply")
