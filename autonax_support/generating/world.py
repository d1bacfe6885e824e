"""Who and what the threads point to, and how many of them there are to be: all that a process needs to make its share."""

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from random import Random

DAYS = 3 * 365
FRESH = 0.96  # from this part of the time on tickets may well be open: the last six weeks


@dataclass(frozen=True)
class Person:
    id: int
    name: str


@dataclass(frozen=True)
class OfficeStaff:
    id: int
    code: str
    people: Sequence[Person]


@dataclass(frozen=True)
class DepartmentStaff:
    id: int
    name: str
    experts: Sequence[Person]


@dataclass(frozen=True)
class World:
    offices: Sequence[OfficeStaff]
    departments: Sequence[DepartmentStaff]
    bounds: list[float] = field(init=False)

    def __post_init__(self) -> None:
        """A large office files many times what a small one does, but none has a whole country's tickets."""
        object.__setattr__(self, "bounds", list(accumulate(place**-0.5 for place in range(1, len(self.offices) + 1))))

    def office(self, rng: Random) -> OfficeStaff:
        return self.offices[min(bisect(self.bounds, rng.random() * self.bounds[-1]), len(self.offices) - 1)]


@dataclass(frozen=True)
class Plan:
    """`until` in seconds since 1970: nothing happens later."""

    tickets: int
    seed: int
    until: int
    first_number: int = 100_001
    first_message: int = 1
