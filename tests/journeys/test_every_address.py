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
OF_SARA = {"inbox:ticket", "inbox:reply", "inbox:close", "inbox:rate", "drafts:draft", "files:attachment", "files:thumbnail"}


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
    """A function that asks every address with every method as this person: {(name, method): response}."""

    def asked(person: str | None, methods=METHODS, only=lambda address: True) -> dict:
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(request.getfixturevalue(person))
        return {
            (address.name, method): getattr(client, method)(address.path) for address in addresses if only(address) for method in methods
        }

    return asked


def statuses(answers: dict, *allowed: int) -> dict:
    """What was answered otherwise than allowed."""
    return {asked: response.status_code for asked, response in answers.items() if response.status_code not in allowed}


def test_the_addresses_are_those_of_all_rooms(addresses):
    spaces = {address.name.split(":")[0] for address in addresses}
    assert spaces == {"", "accounts", "tickets", "drafts", "inbox", "files", "announcements", "admin"}
    assert {address.name for address in addresses} >= OF_SARA | PUBLIC
    assert [address.path for address in addresses if "<" in address.path or "(" in address.path] == []


def test_who_has_not_signed_in_reaches_nothing_but_what_is_public(answers):
    got = answers(None, only=lambda address: address.name not in PUBLIC)
    assert statuses(got, 302, 404) == {}
    redirects = {response.url.split("?")[0] for response in got.values() if response.status_code == 302}
    assert redirects <= {"/accounts/login/", "/admin/login/", "/accounts/out/"}
    assert statuses(answers(None, only=lambda address: address.name in PUBLIC), 200, 302, 400, 405) == {}


@pytest.mark.parametrize("clerk", ["sara", "neda"])
def test_for_an_office_the_desk_does_not_exist(answers, clerk):
    assert statuses(answers(clerk, only=lambda address: address.is_of_the_desk), 404) == {}


def test_neda_reaches_nothing_of_saras(answers, ticket):
    assert statuses(answers("neda", only=lambda address: address.name in OF_SARA), 404, 405) == {}
    assert (
        statuses(answers("neda", ["get"], only=lambda address: address.name in OF_SARA - {"inbox:reply", "inbox:close", "inbox:rate"}), 404)
        == {}
    )
    assert (ticket.events.count(), ticket.messages.count(), Draft.objects.count()) == (1, 1, 1)


def test_reza_of_saras_office_does_not_see_her_drafts(answers, reza):
    assert statuses(answers("reza", only=lambda address: address.name == "drafts:draft"), 404, 405) == {}


def test_mina_of_another_department_reaches_nothing_of_it(answers, ticket):
    of_ticket = answers("mina", only=lambda address: "number" in address.places and address.is_of_the_desk)
    assert statuses(of_ticket, 404) == {}
    assert statuses(answers("mina", ["get"], only=lambda address: address.name.startswith("files:")), 404) == {}
    assert ticket.events.count() == 1


@pytest.mark.parametrize("expert", ["omid", "kaveh"])
def test_for_the_desk_the_pages_of_an_office_lead_to_the_desk(answers, expert):
    of_office = answers(expert, only=lambda address: address.name.split(":")[0] in ("inbox", "tickets", "drafts"))
    assert statuses(of_office, 302) == {}
    assert {response.url for response in of_office.values()} == {"/admin/"}


def test_omid_configures_nothing(answers):
    configuration = ("accounts_", "tickets_department", "announcements_", "auth_")
    got = answers("omid", only=lambda address: any(f"admin:{start}" in address.name for start in configuration))
    assert statuses(got, 403, 404) == {}


@pytest.mark.parametrize("person", ["sara", "neda", "omid", "mina", "kaveh"])
def test_no_address_fails(answers, person):
    got = answers(person, only=lambda address: person not in ("sara", "neda") or not address.is_of_the_desk)
    assert statuses(got, 200, 302, 400, 403, 404, 405, 409) == {}


def test_a_method_that_an_address_does_not_know_is_refused(answers):
    own = answers("sara", ["put"], only=lambda address: not address.is_of_the_desk)
    assert statuses(own, 405) == {}
