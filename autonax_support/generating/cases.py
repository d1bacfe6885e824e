from random import Random

from autonax_support.generating.numbers import national_id, tracking_number
from autonax_support.generating.seeding import spread

KINDS = {"other": 80, "assistant": 12, "trade": 8}


class Case:
    """The case a ticket is about; one in eight is about none, and some that are name no person."""

    def __init__(self, rng: Random) -> None:
        has_case = rng.random() < 0.88
        self.kind = spread(rng, KINDS) if has_case else "none"
        self.tracking_number = tracking_number(rng) if has_case else ""
        self.national_id = national_id(rng) if has_case and rng.random() < 0.85 else ""
