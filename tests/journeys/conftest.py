from collections.abc import Callable
from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page

from autonax_support.accounts.models import User
from tickets.models import Ticket


@pytest.fixture
def page_of(pages, site) -> Callable[..., Page]:
    """A function that opens a browser of this person's own, already signed in; the sign-in page has journeys of its own."""

    def opened(person: User, address: str = "/", **options) -> Page:
        client = Client()
        client.force_login(person)
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
