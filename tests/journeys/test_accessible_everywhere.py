"""No page is unlisted: axe reads every page that the URL resolver leads to, in light and dark, and the pages met in trouble."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from autonax_support import limits
from autonax_support.accounts.models import ActionCount, User
from autonax_support.files.models import Attachment, Upload
from tests.journeys.addresses import every_address
from tests.journeys.eyes import faults_of, grave_faults_of
from tests.journeys.rows import rows_of
from tests.journeys.steps import fill_in_ticket, press
from tickets.models import Draft, Ticket

LONG_NAME = "گزارش نهایی (نسخه 2) scan_final-20261123 " + "پرونده‌های " * 6 + "v10.pdf"
ADDRESSES_OF_SCRIPTS = ("/admin/jsi18n/", "/healthz", "/readyz")
OF_THE_HOST = ("/demo-host/",)  # read with its companion open by test_companion_demo.py


def page_at(client: Client, path: str) -> str:
    """Where this address leads to in the end, without what is asked there; empty when that is no page."""
    response = client.get(path, follow=not path.startswith("/admin/"))
    is_page = response.get("Content-Type", "").startswith("text/html") and response.status_code == 200
    return response.request["PATH_INFO"] if is_page else ""


def faults_at(page: Page, paths: list[str]) -> dict[str, list[str]]:
    found = {}
    for path in paths:
        page.goto(path)
        found[path] = grave_faults_of(page)
    return {path: faults for path, faults in found.items() if faults}


def their_pages(person: User | None, rows: dict, *, desk: bool) -> list[str]:
    client = Client()
    if person:
        client.force_login(person)
    paths = {address.path for address in every_address(**rows) if address.is_of_the_desk == desk and "logout" not in address.path}
    return sorted({page_at(client, path) for path in paths.difference(ADDRESSES_OF_SCRIPTS, OF_THE_HOST)} - {""})


@pytest.fixture
def rows(sara, kaveh, an_answered_ticket) -> dict:
    return rows_of(sara, kaveh, an_answered_ticket)


def test_every_page_before_signing_in(pages, rows):
    paths = their_pages(None, rows, desk=False)
    assert "/accounts/login/" in paths
    assert faults_at(pages(bypass_csp=True), paths) == {}


@pytest.mark.slow
@pytest.mark.parametrize("width", [1280, pytest.param(390, marks=pytest.mark.long)])
def test_every_page_of_a_clerk(page_of, sara, rows, width):
    paths = their_pages(sara, rows, desk=False)
    assert {"/inbox/", "/tickets/new/", "/drafts/", "/accounts/me/", "/help/"} <= set(paths)
    assert faults_at(page_of(sara, "/help/", bypass_csp=True, width=width), paths) == {}


def test_the_pages_that_a_manager_of_an_office_sees_otherwise(page_of, leila, rows):
    assert faults_at(page_of(leila, "/help/", bypass_csp=True), ["/inbox/", "/accounts/me/"]) == {}


@pytest.mark.long
def test_every_page_of_an_expert(page_of, omid, rows):
    paths = their_pages(omid, rows, desk=True)
    assert "/admin/" in paths
    assert faults_at(page_of(omid, "/help/", bypass_csp=True), paths) == {}


@pytest.mark.long
@pytest.mark.parametrize("share", [0, 1, 2])
def test_every_page_of_the_support_manager(page_of, kaveh, rows, share):
    paths = their_pages(kaveh, rows, desk=True)
    assert len(paths) > 25
    assert faults_at(page_of(kaveh, "/help/", bypass_csp=True), paths[share::3]) == {}


def test_the_pages_met_in_trouble(page_of, sara, rows):
    """Not found, a file that is given no more, too much sent, a form with errors."""
    page = page_of(sara, "/help/", bypass_csp=True)
    page.faults.expected += ["status of 404", "status of 410"]
    file = rows["files_pk"]
    Attachment.objects.filter(pk=file.pk).update(erased_at=timezone.now())
    assert faults_at(page, ["/nowhere/", f"/attachments/{file.pk}/", f"/inbox/{rows['inbox_number'].pk}/"]) == {}


def test_the_page_for_those_who_send_too_much(page_of, sara, technical, settings):
    settings.RATE_LIMIT_PERCENT = 100
    page = page_of(sara, "/tickets/new/", bypass_csp=True)
    page.faults.expected.append("status of 429")
    now = int(timezone.now().timestamp())
    filing = limits.SENT["tickets:new"]
    for window in (now // filing.seconds, now // filing.seconds + 1):
        begun = datetime.fromtimestamp(window * filing.seconds, UTC)
        ActionCount.objects.create(who=f"user {sara.pk}", action=filing.action, window=begun, count=filing.most)
    fill_in_ticket(page)
    press(page, "ثبت تیکت")
    assert (Ticket.objects.count(), page.url.endswith("/tickets/new/")) == (0, True)
    assert faults_of(page) == []


def test_files_in_every_state_and_two_texts_of_one_draft(page_of, sara, technical):
    draft = Draft.objects.create(owner=sara, kind="filing", data={"body": "متن"}, updated_at=timezone.now())
    for state in ("receiving", "checking", "refused"):
        words = {"refusal": "این فایل پذیرفته نمی‌شود."} if state == "refused" else {}
        facts = {"owner": sara, "draft": draft, "size": 9_000_000, "created_at": timezone.now(), "updated_at": timezone.now()}
        Upload.objects.create(
            name=f"{state} {LONG_NAME}"[:150], state=state, received=9_000_000 if state == "checking" else 4_000_000, **facts, **words
        )
    page = page_of(sara, "/tickets/new/", bypass_csp=True)
    assert page.locator("[data-upload]:not([hidden])").count() >= 3
    page.locator("[data-draft-notice]").evaluate(
        """notice => {
          notice.append(document.querySelector('template[data-draft-conflict]').content.cloneNode(true));
          notice.hidden = false;
        }"""
    )
    assert page.get_by_text("این پیش‌نویس در صفحه دیگری هم باز است").count() == 1
    assert faults_of(page) == []
