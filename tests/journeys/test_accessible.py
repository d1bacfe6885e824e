"""Every page: WCAG rules in light and dark, Persian from right to left, no sideways scroll from phone to wide screen, and the keyboard."""

from datetime import timedelta

import pytest
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.files.checks import check
from autonax_support.files.models import Attachment
from tests.files.crafting import picture, upload
from tests.journeys.eyes import faults_of, reached_by_tab
from tests.journeys.steps import press
from tickets.models import Draft, Ticket

LONG = "پلاک‌خودرو" * 15 + " https://example.com/" + "x" * 20
SARA_S = {
    "inbox": "/inbox/",
    "no result": "/inbox/?q=نیست",
    "filters open": "/inbox/?filters=1&status=answered",
    "wrong date": "/inbox/?from=x",
    "thread": "/inbox/{ticket}/",
    "closed thread": "/inbox/{closed}/",
    "new": "/tickets/new/",
    "drafts": "/drafts/",
}
AROUND = {
    "announcements": "/announcements/",
    "announcement": "/announcements/{news}/",
    "help": "/help/",
    "me": "/accounts/me/",
    "password": "/accounts/me/password/",
    "not found": "/nowhere/",
}
DESK = {
    "index": "/admin/",
    "queue": "/admin/tickets/ticket/?view=all",
    "empty queue": "/admin/tickets/ticket/?q=نیست",
    "ticket": "/admin/tickets/ticket/{ticket}/change/",
}
CONFIGURATION = {
    "announcements": "/admin/announcements/announcement/",
    "announcement": "/admin/announcements/announcement/{news}/change/",
    "user": "/admin/accounts/user/{person}/change/",
    "department": "/admin/tickets/department/{department}/change/",
}


@pytest.fixture
def rows(a_ticket, an_answered_ticket, sara, omid, sina, kaveh, technical) -> dict[str, int]:
    """Pages with something of everything on them, long words among it."""
    now = timezone.now()
    ticket, closed = an_answered_ticket, a_ticket(subject=LONG[:200], body=LONG)
    names = ("کارت ملی.png", "x" * 140 + ".png")
    for name in names:
        Attachment.objects.keep(check(upload(name, picture())), owner=sara, message=ticket.messages.first(), at=now)
    ticket.note(by=omid, at=now, body=LONG)
    ticket.develop(by=omid, at=now, promised=timezone.localdate() + timedelta(days=9), reason=LONG)
    closed.close(by=omid, at=now, reason="other", remark=LONG)
    for kind, of in (("filing", None), ("reply", ticket), ("reply", closed)):
        Draft.objects.create(owner=sara, kind=kind, ticket=of, data={"body": LONG, "subject": LONG[:200]}, updated_at=now)
    body = f"## تیتر\n\n{LONG}\n\n- یک\n- دو\n\n[نوشته](https://example.com)"
    facts = {"level": "urgent", "needs_confirmation": True, "pinned": True, "author": kaveh, "published_at": now}
    news = Announcement.objects.create(title=LONG[:150], body=body, **facts)
    return {"ticket": ticket.pk, "closed": closed.pk, "news": news.pk, "person": sara.pk, "department": technical.pk}


@pytest.fixture
def faults_at(page_of, rows):
    """A function that opens these addresses as this person and gives the faults of each."""

    def found(person, addresses: dict[str, str]) -> dict[str, list[str]]:
        page = page_of(person, "/help/", bypass_csp=True)
        page.faults.expected.append("status of 404")
        faults = {}
        for name, address in addresses.items():
            page.goto(address.format(**rows))
            faults[name] = faults_of(page)
        return {name: found for name, found in faults.items() if found}

    return found


@pytest.mark.parametrize("part", [slice(0, 4), slice(4, 8)], ids=["lists", "threads and forms"])
def test_the_pages_of_an_office_are_open_to_everybody(faults_at, sara, part):
    assert faults_at(sara, dict(list(SARA_S.items())[part])) == {}


def test_an_empty_inbox_is(faults_at, neda):
    assert faults_at(neda, {"inbox": "/inbox/", "drafts": "/drafts/"}) == {}


def test_the_pages_around_are(faults_at, sara):
    assert faults_at(sara, AROUND) == {}


def test_the_desk_is(faults_at, omid):
    assert faults_at(omid, DESK) == {}


def test_the_configuration_is(faults_at, kaveh):
    assert faults_at(kaveh, CONFIGURATION) == {}


def test_the_door_is_and_forms_with_errors_are(pages, sara, page_of, technical):
    door = pages(bypass_csp=True)
    door.goto("/accounts/login/")
    assert faults_of(door) == []
    door.get_by_label("نام کاربری").fill("sara")
    door.get_by_label("گذرواژه", exact=True).fill("نادرست")
    press(door, "ورود")
    assert faults_of(door) == []
    form = page_of(sara, "/tickets/new/", bypass_csp=True)
    press(form, "ثبت تیکت")
    assert faults_of(form) == []


def test_the_filing_form_is_filled_in_by_keyboard(page_of, sara, technical):
    page = page_of(sara, "/tickets/new/")
    reached = reached_by_tab(page, 24)
    controls = ["id_subject", "id_department_0", "id_tracking_number", "id_national_id", "id_no_case", "id_body", "files", "ثبت تیکت"]
    assert {control: reached.get(control) for control in controls} == dict.fromkeys(controls, True)
    assert [name for name, has_ring in reached.items() if not has_ring] == []


def test_a_thread_is_answered_rated_and_closed_by_keyboard(page_of, sara, an_answered_ticket):
    page = page_of(sara, f"/inbox/{an_answered_ticket.pk}/")
    reached = reached_by_tab(page, 24)
    controls = ["مشکلم حل شد", "id_stars_0", "id_remark", "ثبت امتیاز", "id_body", "files", "ارسال پاسخ"]
    assert {control: reached.get(control) for control in controls} == dict.fromkeys(controls, True)
    assert [name for name, has_ring in reached.items() if not has_ring] == []


def test_stars_are_given_by_arrow_keys(page_of, sara, an_answered_ticket):
    page = page_of(sara, f"/inbox/{an_answered_ticket.pk}/")
    page.locator("#id_stars_0").focus()
    page.keyboard.press("Space")
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    press(page, "ثبت امتیاز")
    assert Ticket.objects.get().rating.stars == 4
