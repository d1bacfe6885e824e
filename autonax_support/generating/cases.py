from collections.abc import Iterator
from random import Random

from autonax_support.generating.numbers import national_id, tracking_number
from autonax_support.generating.seeding import spread

Reference = tuple[str, int, str, str]  # role, position, tracking number, national ID
PERSONS = {"assistant": ("owner",), "trade": ("buyer", "seller")}
TELL_PERSONS, TELL_SAMPLES = 0.6, 0.07  # shares: of launched cases the form asks for their persons; few faults come with samples
KINDS = {"other": 80, "assistant": 12, "trade": 8}


class Case:
    """The case a ticket is about; one in eight is about none, and some that are name no person."""

    def __init__(self, rng: Random) -> None:
        has_case = rng.random() < 0.88
        self.kind = spread(rng, KINDS) if has_case else "none"
        self.tracking_number = tracking_number(rng) if has_case else ""
        self.national_id = national_id(rng) if has_case and rng.random() < 0.85 else ""
        self.references = list(references(rng, self.kind))


def references(rng: Random, kind: str) -> Iterator[Reference]:
    """With about one ticket in six."""
    if kind in PERSONS and rng.random() < TELL_PERSONS:
        yield from ((role, 1, "", national_id(rng)) for role in PERSONS[kind])
    if rng.random() < TELL_SAMPLES:
        for position in range(1, rng.randrange(1, 4) + 1):
            yield "sample", position, tracking_number(rng), national_id(rng) if rng.random() < 0.7 else ""
