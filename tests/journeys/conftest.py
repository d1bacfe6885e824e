from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from autonax_support.accounts.models import User
from tests.launched import launched
from tickets.models import Ticket


@pytest.fixture
def pages(pages) -> Callable[..., Page]:
    """Journeys leave a page as soon as they have seen it; what was still under way then is dropped by the browser."""

    def make(**options) -> Page:
        page = pages(**options)
        page.faults.expected.append("net::ERR_ABORTED")
        return page

    return make


@pytest.fixture
def page_of(pages, site) -> Callable[..., Page]:
    """A function that opens a browser of this person's own, already signed in; the sign-in page has journeys of its own."""

    def opened(person: User, address: str = "/", case: dict[str, str] | None = None, **options) -> Page:
        client = Client()
        client.force_login(person)
        if case:
            launched(client, **case)
        session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": site}
        page = pages(**options)
        page.context.add_cookies([session])
        page.goto(address)
        return page

    return opened


@pytest.fixture
def an_answered_ticket(a_ticket, omid) -> Ticket:
    now = timezone.now()
    ticket = a_ticket(at=now - timedelta(hours=1))
    ticket.answer(by=omid, at=now - timedelta(minutes=30), body="تصویر شناسنامه یا کارت ملی پیوست شود")
    return ticket
