"""With the password given and the code not yet: at every address there is, a session is good for the door and for nothing else."""

import logging

import pytest
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry
from autonax_support.notices.models import Notice
from tests.accounts.otp import has_device
from tests.asking import Asking
from tests.journeys.addresses import every_address
from tests.journeys.rows import rows_of
from tickets.models import Draft, Event

DOOR = "/accounts/otp/"
WITHOUT_A_PERSON = {  # what they give they give to anybody, whoever has signed in
    ":healthz",
    ":readyz",
    ":companion",
    ":summary",
    ":demo_host",
    ":demo_host_token",
    "accounts:login",
    "accounts:logout",
    "accounts:out",
    "accounts:theme",
    "admin:login",
    "launch:launch",
    "launch:arrive",
}
THE_DOOR = {"accounts:otp", "accounts:otp_recovery"}
MUTE = {"notices:bell", "admin:tickets_ticket_meanwhile"}  # asked by pages that stand open: «ask no more», and not a word


@pytest.fixture
def addresses(sara, kaveh, omid, a_ticket, caplog):
    """Of rows that all have something to tell: an unread notice, and a colleague who is answering."""
    caplog.set_level(logging.ERROR, "django.request")
    ticket, at = a_ticket(), timezone.now()
    Notice.objects.create(recipient=kaveh, kind="breached", ticket=ticket, at=at)
    Draft.objects.create(owner=omid, kind="answer", ticket=ticket, data={"body": "متن"}, updated_at=at)
    return every_address(**rows_of(sara, kaveh, ticket))


def is_closed(name, response) -> bool:
    if name in MUTE and response.status_code == 286:
        return "۱" not in response.content.decode() and "در حال پاسخ است" not in response.content.decode()
    refused = name in MUTE and response.status_code == 405
    return refused or (response.status_code == 302 and response.url.startswith(DOOR))


@pytest.mark.parametrize("mode", ["optional", "required"])
def test_every_address_leads_to_the_door_or_says_nothing(addresses, kaveh, settings, mode):
    settings.STAFF_OTP = mode
    if mode == "optional":
        has_device(kaveh)
    asking, events = Asking(kaveh), Event.objects.count()
    got = {}
    for address in addresses:
        for method in ("GET", "POST"):
            response, grown = asking.ask(method, f"{address.path}?of={kaveh.pk}")
            if address.name not in WITHOUT_A_PERSON | THE_DOOR and not is_closed(address.name, response):
                got[address.name, method] = response.status_code, response.headers.get("Location")
            assert address.name in WITHOUT_A_PERSON | THE_DOOR or not grown, (address.name, grown)
    assert (got, Event.objects.count(), AuditEntry.objects.count()) == ({}, events, 1)
