"""Chance that can be repeated: the same names give the same numbers in every process, on every machine."""

from random import Random


def seeded(*names: object) -> Random:
    return Random("/".join(map(str, names)))  # noqa: S311 # nosec B311 # invented data, nothing secret


def zipf(rng: Random, count: int) -> int:
    """A place from 0 to count - 1; the place n comes about 1/(n+1) times as often as the first."""
    return int((count + 1) ** rng.random()) - 1


def spread(rng: Random, shares: dict[str, float]) -> str:
    return rng.choices(list(shares), shares.values())[0]
