"""The promised answers of a generated ticket. Its departments work Saturday to Wednesday from 8 to 16 and know no holidays.

The hours are those of tickets/reference.py, computed here with whole seconds: by the million, and in processes without Django.
"""

from __future__ import annotations

from dataclasses import dataclass

from autonax_support.generating.world import Person

DAY = 24 * 3600
OPENS, CLOSES = 9 * 1800, 9 * 1800 + 8 * 3600  # 8 to 16 in Tehran, which is 3:30 before UTC
WEEKEND = (3, 4)  # Thursday and Friday, counted from the Monday
MINUTES = {"normal": 480, "urgent": 120}
WARNED_AFTER = 80  # percent
DUE, KEPT = 7, 10  # places in a row


@dataclass
class Response:
    """One answer that was owed. `answered`: when it was given by `expert`, or owed no more because the office closed."""

    kind: str
    started: int
    department: int
    answered: int | None = None
    expert: Person | None = None


def rows(responses: list[Response], ticket: int, priority: str) -> list[tuple]:
    """As COLUMNS of the scribe has them, with moments as seconds. An office that closed in time has been promised nothing."""
    made = [_row(response, ticket, priority) for response in responses]
    return [row for row, response in zip(made, responses, strict=True) if not (response.expert is None and row[KEPT])]


def _row(response: Response, ticket: int, priority: str) -> tuple:
    minutes, started, answered = MINUTES[priority], response.started, response.answered
    due, warn_at = add(started, minutes), add(started, minutes * WARNED_AFTER // 100)
    settled = (answered, int(answered <= due), worked(started, answered)) if answered is not None else (None, None, None)
    expert = response.expert and response.expert.id
    return ticket, response.kind, response.department, priority, expert, minutes, started, due, warn_at, *settled


def add(start: int, minutes: int) -> int:
    left, moment = minutes * 60, _open(start)
    while left > (rest := moment // DAY * DAY + CLOSES - moment):
        left -= rest
        moment = _open((moment // DAY + 1) * DAY)
    return moment + left


def worked(start: int, end: int) -> int:
    """Whole minutes."""
    return max(0, _seconds(end) - _seconds(start)) // 60


def _open(moment: int) -> int:
    """The first moment from this one on at which somebody works."""
    day, second = divmod(moment, DAY)
    if second >= CLOSES:
        day, second = day + 1, 0
    while _is_off(day):
        day, second = day + 1, 0
    return day * DAY + max(second, OPENS)


def _seconds(moment: int) -> int:
    """So many were worked since a Saturday long ago."""
    weeks, rest = divmod(moment - 2 * DAY, 7 * DAY)  # 1970 began on a Thursday
    day, second = divmod(rest, DAY)
    length = CLOSES - OPENS
    return (weeks * 5 + min(day, 5)) * length + (min(max(second - OPENS, 0), length) if day < 5 else 0)


def _is_off(day: int) -> bool:
    return (day + 3) % 7 in WEEKEND
