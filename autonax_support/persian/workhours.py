"""Business time: minutes in which somebody works. Moments are UTC at the edge; days and hours are Tehran's.

Minutes are real ones. Where the clock jumped (daylight saving, until 1401) a span is as long as it really was.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from autonax_support.persian.calendar import TEHRAN

Span = tuple[int, int]  # minutes of the day, 0 <= begin < end <= 1440
Moments = tuple[datetime, datetime]

LONGEST = 3660  # days that are looked through for working time
DAYS_KEPT = 4000  # whose moments are known after they were asked for: a list of late tickets asks for the same ones in each row
DAY, MINUTE = timedelta(days=1), timedelta(minutes=1)


class NoWorkingTime(ValueError):
    """Nobody works within the next ten years."""


@dataclass(frozen=True)
class WorkHours:
    """`week` has the spans of Saturday = 0 to Friday = 6, in order and apart from each other.

    On the days of `closed` nobody works; `days`, which may be empty or not, win over both.
    """

    week: Mapping[int, tuple[Span, ...]]
    closed: frozenset[date] = frozenset()
    days: Mapping[date, tuple[Span, ...]] = field(default_factory=dict)
    _moments: dict[date, tuple[Moments, ...]] = field(default_factory=dict, init=False, repr=False, compare=False)

    def spans(self, day: date) -> tuple[Span, ...]:
        if day in self.days:
            return self.days[day]
        return () if day in self.closed else self.week.get((day.weekday() + 2) % 7, ())

    def add(self, start: datetime, minutes: int) -> datetime:
        """When so many minutes of work are done; a deadline on closing time stays there. Raises NoWorkingTime."""
        left = minutes * MINUTE
        for begin, end in self._from(start):
            if left <= end - begin:
                return begin + left
            left -= end - begin
        raise NoWorkingTime

    def between(self, start: datetime, end: datetime) -> int:
        """Whole minutes of work from one moment to the other; 0 where the second is not the later one."""
        worked = timedelta()
        for begin, finish in self._from(start, (end - start).days + 2):
            if begin >= end:
                break
            worked += min(finish, end) - begin
        return worked // MINUTE

    def is_open(self, at: datetime) -> bool:
        return any(begin <= at < end for begin, end in self._of(_day(at)))

    def next_opening(self, at: datetime) -> datetime:
        """`at` itself while somebody works. Raises NoWorkingTime."""
        for begin, _ in self._from(at):
            return begin
        raise NoWorkingTime

    def _from(self, start: datetime, days: int = LONGEST) -> Iterator[tuple[datetime, datetime]]:
        """What is worked from a moment on, for so many days; a span that has begun is cut."""
        day, first = _day(start), start.astimezone(UTC)
        for _ in range(days if self._ever_opens(day) else 0):
            for begin, end in self._of(day):
                if end > start:
                    yield (begin if begin >= first else first), end
            day += DAY

    def _ever_opens(self, day: date) -> bool:
        return any(self.week.values()) or any(spans for other, spans in self.days.items() if other >= day)

    def _of(self, day: date) -> tuple[Moments, ...]:
        found = self._moments.get(day)
        if found is None:
            if len(self._moments) >= DAYS_KEPT:
                self._moments.clear()
            moments = [(_moment(day, begin), _moment(day, end)) for begin, end in self.spans(day)]
            # the hour that a clock jumps over is none
            found = self._moments[day] = tuple((opens, closes) for opens, closes in moments if opens < closes)
        return found


def _day(at: datetime) -> date:
    return at.astimezone(TEHRAN).date()


def _moment(day: date, minutes: int) -> datetime:
    """1440 is the midnight that ends the day."""
    later, minute = divmod(minutes, 1440)
    return datetime.combine(day + later * DAY, time(*divmod(minute, 60)), TEHRAN).astimezone(UTC)
