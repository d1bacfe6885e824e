"""What the Enter key does where no line ends: it presses the first button of the form, which must never send, assign or throw away."""

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.desk.reading import QUEUE, address
from tests.journeys.steps import row_of
from tickets.models import Draft, Event, Message

WRITTEN = "نیمه‌کاره"


@pytest.fixture
def begun(a_ticket, omid):
    """A ticket on which Omid has begun to answer, so that its page offers to throw the draft away."""
    ticket = a_ticket()
    ticket.develop(by=omid, at=timezone.now(), promised=timezone.localdate())
    Draft.objects.create(owner=omid, kind="answer", ticket=ticket, data={"body": WRITTEN}, updated_at=timezone.now())
    return ticket


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
@pytest.mark.parametrize("box", ["#kind-answer", "#kind-note", "[name=development_done]"])
def test_a_draft_is_kept_by_enter_in_any_box_beside_it(page_of, begun, omid, scripts, box):
    page = page_of(omid, address(begun), java_script_enabled=scripts)
    page.locator(box).focus()
    with page.expect_event("load"):
        page.keyboard.press("Enter")
    expect(page.locator("#id_body")).to_have_value(WRITTEN)
    assert (Draft.objects.get().data["body"], Message.objects.count()) == (WRITTEN, 1)


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_nothing_is_assigned_by_enter_in_a_box_or_a_field_of_the_queue(page_of, a_ticket, omid, scripts):
    ticket = a_ticket()
    page = page_of(omid, QUEUE, java_script_enabled=scripts)
    for field in ("q", "office", "from"):
        row_of(page, ticket.pk).get_by_role("checkbox").check()
        with page.expect_event("load"):
            page.locator(f"#filter_{field}").press("Enter")
    row_of(page, ticket.pk).get_by_role("checkbox").check()
    row_of(page, ticket.pk).get_by_role("checkbox").press("Enter")
    if scripts:  # it is caught, and what is ticked stays
        page.wait_for_timeout(300)
        expect(row_of(page, ticket.pk).get_by_role("checkbox")).to_be_checked()
    else:
        expect(page.get_by_text("کاری انتخاب نشد.")).to_be_visible()
    assert Event.objects.exclude(verb="file").count() == 0
