"""Who gets what at every address there is: the addresses from the URL resolver, the answers from access.txt, cell by cell."""

import logging
from collections.abc import Iterator

import pytest

from autonax_support.accounts.models import User
from tests.asking import Asking
from tests.journeys.access import CAST, METHODS, TABLE, expected, in_words, seen
from tests.journeys.addresses import Address, every_address
from tests.journeys.rows import rows_of

SAFE = ("GET", "HEAD", "OPTIONS", "TRACE")
REFUSED = ("400", "403", "404", "405", "409", "410", "413", "429", "desk")
ON_RECORD = {("launch:launch", "POST"): {"accounts_auditentry": 1}}  # a refusal that is put down


@pytest.fixture
def cast(neda, sara, leila, mina, omid, sina, kaveh) -> dict[str, User | None]:
    people = (None, neda, sara, leila, mina, omid, sina, kaveh)
    return dict(zip(CAST, people, strict=True))


@pytest.fixture
def addresses(cast, a_ticket, caplog) -> list[Address]:
    caplog.set_level(logging.ERROR, "django.request")  # thousands of refusals are expected here
    return every_address(**rows_of(cast["sara"], cast["kaveh"], a_ticket()))


def answers(person: User | None, addresses: list[Address]) -> Iterator[tuple[Address, str, str, dict[str, int]]]:
    asking = Asking(person)
    for address in addresses:
        for method in METHODS:
            response, grown = asking.ask(method, address.path, count=method not in SAFE)
            yield address, method, seen(response), grown


def test_the_addresses_are_those_of_all_rooms_and_the_table_has_no_other(addresses):
    names = {address.name for address in addresses}
    rooms = {"", "accounts", "tickets", "drafts", "inbox", "uploads", "files", "announcements", "notices", "launch", "admin"}
    assert {name.split(":")[0] for name in names} == rooms
    assert [address.path for address in addresses if "<" in address.path or "(" in address.path] == []
    assert {name for name, *_ in expected()} - names == set(), f"{TABLE.name} names addresses that are no more"


def test_no_address_is_without_its_cells(cast, addresses):
    listed = {name for name, *_ in expected()}
    unlisted = [address for address in addresses if address.name not in listed]
    got = {(address.name, method, person): answer for person in CAST for address, method, answer, _ in answers(cast[person], unlisted)}
    assert not got, f"Judge what each of them gets here now, and add it to {TABLE.name}:\n\n{in_words(got)}"


@pytest.mark.parametrize("person", CAST)
def test_each_person_gets_at_every_address_what_the_table_says(cast, addresses, person):
    table, other, wrote = expected(), {}, {}
    for address, method, answer, grown in answers(cast[person], addresses):
        wanted = table.get((address.name, method, person), answer)
        if answer != wanted:
            other[address.name, method] = f"{answer}, not {wanted}"
        if answer in REFUSED and grown != ON_RECORD.get((address.name, method), {}):
            wrote[address.name, method] = grown
    assert (other, wrote) == ({}, {})
