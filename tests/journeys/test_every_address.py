"""Who gets what at every address there is: taken from the URL resolver, so that an address added tomorrow is asked as well."""

import pytest
from django.test import Client
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.files.checks import check
from autonax_support.files.models import Attachment
from tests.files.crafting import picture, upload
from tests.journeys.addresses import Address, every_address
from tickets.models import Draft, Ticket

METHODS = ("get", "post", "put")
PUBLIC = {":healthz", ":readyz", "accounts:login", "accounts:logout", "accounts:out", "accounts:theme"}
SHOWN_TO_SARA = {"inbox:ticket", "drafts:draft", "files:attachment", "files:thumbnail"}
CHANGED_BY_SARA = {"inbox:reply", "inbox:close", "inbox:rate", "drafts:draft"}
OF_AN_OFFICE = {"inbox:list", "inbox:ticket", "inbox:reply", "inbox:close", "inbox:rate", "tickets:new", "drafts:list", "drafts:draft"}
CONFIGURATION = ("admin:accounts_", "admin:tickets_department", "admin:announcements_", "admin:auth_")
CLEAN = (200, 302, 400, 403, 404, 405)


@pytest.fixture
def ticket(a_ticket, omid, mina, kaveh, neda) -> Ticket:
    return a_ticket()


@pytest.fixture
def addresses(ticket, sara, kaveh) -> list[Address]:
    now = timezone.now()
    draft = Draft.objects.create(owner=sara, kind="reply", ticket=ticket, data={"body": "متن"}, updated_at=now)
    file = Attachment.objects.keep(check(upload("کارت.png", picture())), owner=sara, message=ticket.messages.get(), at=now)
    news = Announcement.objects.create(title="قطع موقت", body="متن", author=kaveh, published_at=now)
    rows = {"inbox_number": ticket, "admin_number": ticket, "drafts_key": draft, "files_pk": file, "announcements_pk": news}
    return every_address(**rows)


@pytest.fixture
def answers(request, addresses):
    """A function that asks every address, or only these, with every method as this person: {(name, method): response}."""

    def asked(person: str | None, only: set[str] | None = None) -> dict:
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(request.getfixturevalue(person))
        return {(address.name, method): getattr(client, method)(address.path) for address in asked_of(only) for method in METHODS}

    def asked_of(only: set[str] | None) -> list[Address]:
        return [address for address in addresses if only is None or address.name in only]

    return asked


@pytest.fixture
def desk(addresses) -> set[str]:
    return {address.name for address in addresses if address.is_of_the_desk}


def other_than(answers: dict, *allowed: int, among=None, method: str = "") -> dict:
    """Where something else was answered than what is allowed."""
    return {
        asked: response.status_code
        for asked, response in answers.items()
        if response.status_code not in allowed and (among is None or asked[0] in among) and asked[1].startswith(method)
    }


def test_the_addresses_are_those_of_all_rooms(addresses):
    spaces = {address.name.split(":")[0] for address in addresses}
    assert spaces == {"", "accounts", "tickets", "drafts", "inbox", "files", "announcements", "admin"}
    names = {address.name for address in addresses}
    assert names >= SHOWN_TO_SARA | CHANGED_BY_SARA | PUBLIC | OF_AN_OFFICE
    assert [address.path for address in addresses if "<" in address.path or "(" in address.path] == []


def test_who_has_not_signed_in_reaches_nothing_but_what_is_public(answers, addresses):
    got = answers(None)
    closed = {address.name for address in addresses} - PUBLIC
    assert other_than(got, 302, 404, among=closed) == {}
    led_to = {got[asked].url.split("?")[0] for asked in got if asked[0] in closed and got[asked].status_code == 302}
    assert led_to <= {"/accounts/login/", "/admin/login/", "/accounts/out/"}
    assert other_than(got, 200, 302, 400, 405, among=PUBLIC) == {}


def test_sara_reaches_what_is_hers_and_no_desk(answers, desk, addresses):
    got = answers("sara")
    assert other_than(got, 404, among=desk) == {}
    assert other_than(got, 200, 302, among=SHOWN_TO_SARA, method="get") == {}
    assert other_than(got, 405, among={address.name for address in addresses} - desk, method="put") == {}
    assert other_than(got, *CLEAN) == {}


def test_neda_reaches_nothing_of_saras_and_no_desk(answers, desk, ticket):
    got = answers("neda")
    assert other_than(got, 404, among=desk) == {}
    assert other_than(got, 404, among=SHOWN_TO_SARA, method="get") == {}
    assert other_than(got, 404, among=CHANGED_BY_SARA, method="post") == {}
    assert other_than(got, 404, 405, among=SHOWN_TO_SARA | CHANGED_BY_SARA) == {}
    assert (ticket.events.count(), ticket.messages.count(), Draft.objects.filter(ticket=ticket).count()) == (1, 1, 1)
    assert other_than(got, *CLEAN) == {}


def test_mina_of_another_department_reaches_nothing_of_it(answers, addresses, ticket):
    of_ticket = {address.name for address in addresses if address.is_of_the_desk and "number" in address.places}
    files = {"files:attachment", "files:thumbnail"}
    got = answers("mina", only=of_ticket | files)
    assert other_than(got, 404, among=of_ticket) == {}
    assert other_than(got, 404, among=files, method="get") == {}
    assert (len(of_ticket), ticket.events.count()) == (9, 1)


def test_omid_works_at_the_desk_and_configures_nothing(answers, desk):
    got = answers("omid")
    assert {got[asked].url for asked in got if asked[0] in OF_AN_OFFICE} == {"/admin/"}
    configuration = {name for name in desk if name.startswith(CONFIGURATION)}
    assert other_than(got, 403, 404, among=configuration) == {}
    assert other_than(got, *CLEAN) == {}


def test_no_address_fails_for_kaveh_who_may_most(answers):
    got = answers("kaveh")
    assert {got[asked].url for asked in got if asked[0] in OF_AN_OFFICE} == {"/admin/"}
    assert other_than(got, *CLEAN) == {}
