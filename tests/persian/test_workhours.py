"""Business time against worked examples, against its own laws, and against another implementation."""

import time as clock
from datetime import UTC, date, datetime, time, timedelta

import pytest
import pytz
from businesstimedelta import BusinessTimeDelta, HolidayRule, Rules, WorkDayRule
from hypothesis import given, settings
from hypothesis import strategies as st

from autonax_support.persian.calendar import TEHRAN, from_jalali
from autonax_support.persian.workhours import NoWorkingTime, WorkHours

OFFICE = dict.fromkeys(range(5), ((8 * 60, 16 * 60),))  # Saturday to Wednesday
LUNCH = dict.fromkeys(range(6), ((8 * 60, 12 * 60), (13 * 60, 17 * 60)))
ALWAYS = dict.fromkeys(range(7), ((0, 1440),))
NOWRUZ = frozenset(from_jalali(1405, 1, day) for day in (1, 2, 3, 4, 12, 13)) | {from_jalali(1404, 12, 29)}
MUHARRAM = frozenset(from_jalali(1405, 4, day) for day in (3, 4))


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A Jalali day and Tehran's clock, as UTC."""
    return datetime.combine(from_jalali(year, month, day), time(hour, minute), TEHRAN).astimezone(UTC)


@pytest.mark.parametrize(
    ("hours", "start", "minutes", "due"),
    [
        (WorkHours(OFFICE), at(1405, 9, 4, 15), 120, at(1405, 9, 7, 9)),  # Wednesday afternoon to Saturday morning
        (WorkHours(OFFICE, NOWRUZ), at(1404, 12, 27, 15), 480, at(1405, 1, 5, 15)),  # over the turn of the year
        (WorkHours(OFFICE, MUHARRAM), at(1405, 4, 3, 9), 60, at(1405, 4, 6, 9)),  # on a holiday; Thursday and Friday follow
        (WorkHours(OFFICE), at(1405, 9, 2, 14), 120, at(1405, 9, 2, 16)),  # closing time exactly: it stays there
        (WorkHours(OFFICE), at(1405, 9, 2, 14), 121, at(1405, 9, 3, 8, 1)),
        (WorkHours(OFFICE), at(1405, 9, 2, 16), 60, at(1405, 9, 3, 9)),  # just closed
        (WorkHours(OFFICE), at(1405, 9, 2, 3), 60, at(1405, 9, 2, 9)),  # before it opens
        (WorkHours(OFFICE), at(1405, 9, 2, 10), 0, at(1405, 9, 2, 10)),
        (WorkHours(OFFICE), at(1405, 9, 5, 10), 0, at(1405, 9, 7, 8)),  # nothing is due while all are away
        (WorkHours(LUNCH), at(1405, 9, 2, 11, 30), 60, at(1405, 9, 2, 13, 30)),
        (WorkHours(LUNCH), at(1405, 9, 2, 12, 30), 30, at(1405, 9, 2, 13, 30)),
        (WorkHours(ALWAYS), at(1405, 9, 5, 23), 26 * 60, at(1405, 9, 7, 1)),
        (WorkHours(ALWAYS), at(1401, 1, 1, 12), 24 * 60, at(1401, 1, 2, 13)),  # the clock jumped at midnight
        (WorkHours(ALWAYS), at(1401, 6, 30, 12), 24 * 60, at(1401, 6, 31, 11)),  # and back
        (WorkHours(OFFICE, days={from_jalali(1405, 9, 2): ()}), at(1405, 9, 2, 9), 60, at(1405, 9, 3, 9)),  # a closure
        (WorkHours(OFFICE, MUHARRAM, {from_jalali(1405, 4, 4): ((600, 720),)}), at(1405, 4, 3, 9), 60, at(1405, 4, 4, 11)),  # an opening
        (WorkHours({}, days={from_jalali(1405, 9, 20): ((480, 960),)}), at(1405, 9, 2, 9), 60, at(1405, 9, 20, 9)),
    ],
)
def test_worked_examples(hours, start, minutes, due):
    assert hours.add(start, minutes) == due
    assert hours.between(start, due) == minutes


@pytest.mark.parametrize("hours", [WorkHours({}), WorkHours({0: ()}), WorkHours({}, days={date(2020, 1, 1): ((0, 60),)})])
def test_who_never_works_has_no_due_time(hours):
    began = clock.process_time()
    for ask in (lambda: hours.add(at(1405, 9, 2, 9), 1), lambda: hours.next_opening(at(1405, 9, 2, 9))):
        with pytest.raises(NoWorkingTime):
            ask()
    assert hours.between(at(1405, 9, 2, 9), at(1406, 9, 2, 9)) == 0
    assert not hours.is_open(at(1405, 9, 2, 9))
    assert clock.process_time() - began < 0.1


def test_a_week_that_is_always_closed_ends_the_search():
    closed = frozenset(date(2026, 1, 1) + timedelta(day) for day in range(4000))
    with pytest.raises(NoWorkingTime):
        WorkHours(OFFICE, closed).add(at(1405, 9, 2, 9), 1)


def test_open_and_when_it_opens():
    hours = WorkHours(OFFICE)
    assert [hours.is_open(at(1405, 9, 4, hour)) for hour in (7, 8, 15, 16)] == [False, True, True, False]
    assert hours.next_opening(at(1405, 9, 4, 10, 30)) == at(1405, 9, 4, 10, 30)
    assert hours.next_opening(at(1405, 9, 4, 16)) == at(1405, 9, 7, 8)


def test_between_is_nothing_backwards():
    assert WorkHours(OFFICE).between(at(1405, 9, 3, 9), at(1405, 9, 2, 9)) == 0


def test_between_counts_on_after_the_ten_years_in_which_a_due_time_is_looked_for():
    day, year = at(1390, 1, 6, 0), 1440 * 365
    assert WorkHours(ALWAYS).between(day, day + 40 * timedelta(days=365)) == 40 * year


def test_what_comes_out_is_utc():
    asked_in_tehran = at(1405, 9, 4, 15).astimezone(TEHRAN)
    assert WorkHours(OFFICE).add(asked_in_tehran, 30).tzinfo is UTC
    assert WorkHours(OFFICE).next_opening(asked_in_tehran).tzinfo is UTC


def spans(cuts: list[int]) -> tuple[tuple[int, int], ...]:
    """Every second stretch between the cuts."""
    return tuple(zip(cuts[::2], cuts[1::2], strict=False))


SPANS = st.lists(st.integers(0, 96).map(lambda quarter: quarter * 15), unique=True, max_size=6).map(sorted).map(spans)
DAYS = st.dates(date(2020, 1, 1), date(2031, 1, 1))  # daylight saving until 2022, and years without
MOMENTS = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)).map(lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC))
HOURS = st.builds(
    WorkHours,
    st.dictionaries(st.integers(0, 6), SPANS, min_size=3),
    st.frozensets(DAYS, max_size=20),
    st.dictionaries(DAYS, SPANS, max_size=10),
).filter(lambda hours: any(hours.week.values()))
MINUTES = st.integers(0, 20_000)


@given(HOURS, MOMENTS, MINUTES)
@settings(deadline=None)
def test_what_was_added_lies_between(hours, start, minutes):
    assert hours.between(start, hours.add(start, minutes)) == minutes


@given(HOURS, MOMENTS, MINUTES, st.integers(0, 3000), st.integers(0, 3000))
@settings(deadline=None)
def test_later_and_longer_is_never_due_earlier(hours, start, minutes, later, longer):
    assert hours.add(start, minutes) <= hours.add(start + timedelta(minutes=later), minutes + longer)


@given(HOURS, MOMENTS, MINUTES)
@settings(deadline=None)
def test_nothing_is_due_while_nobody_works(hours, start, minutes):
    due = hours.add(start, minutes)
    assert hours.is_open(due) or (minutes and hours.is_open(due - timedelta(microseconds=1)))


@given(HOURS, MOMENTS, MINUTES, MINUTES)
@settings(deadline=None)
def test_two_steps_are_as_far_as_one(hours, start, first, second):
    assert hours.add(hours.add(start, first), second) == hours.add(start, first + second) or second == 0


def rules_of(hours: WorkHours) -> Rules:
    tehran = pytz.timezone("Asia/Tehran")
    spans = [(saturday, span) for saturday, of_day in hours.week.items() for span in of_day]
    work = [WorkDayRule(as_time(begin), as_time(end), [(saturday + 5) % 7], tehran) for saturday, (begin, end) in spans]
    return Rules([*work, HolidayRule([*hours.closed, FAR], tehran)])  # it fails where no holiday is to come


def as_time(minutes: int) -> time:
    return time(*divmod(minutes, 60))


# neither midnight, which it cannot say, nor the years of daylight saving, which it does not know to the minute
PLAIN_SPANS = st.lists(st.integers(1, 95), unique=True, min_size=2, max_size=4).map(
    lambda quarters: spans([15 * quarter for quarter in sorted(quarters)])
)
LATE_MOMENTS = st.datetimes(datetime(2023, 1, 1), datetime(2023, 6, 1)).map(
    lambda moment: moment.replace(second=0, microsecond=0, tzinfo=UTC)
)
FAR = date(2026, 12, 1)
LATE_DAYS = st.dates(date(2022, 12, 30), date(2023, 9, 1))  # near enough to meet the moments
PLAIN_HOURS = st.builds(WorkHours, st.dictionaries(st.integers(0, 6), PLAIN_SPANS, min_size=2), st.frozensets(LATE_DAYS, max_size=40))


@given(PLAIN_HOURS, LATE_MOMENTS, st.integers(1, 3000))
@settings(deadline=None, max_examples=60)
def test_another_implementation_agrees(hours, start, minutes):
    theirs = start + BusinessTimeDelta(rules_of(hours), timedelta=timedelta(minutes=minutes))
    due = theirs.astimezone(UTC)
    assert hours.add(start, minutes) == due
    assert rules_of(hours).difference(start, due).timedelta == timedelta(minutes=hours.between(start, due))


def test_forty_hours_over_nowruz_take_no_time():
    hours = WorkHours(OFFICE, NOWRUZ)
    began = clock.process_time()
    for _ in range(200):
        hours.add(at(1404, 12, 20, 9), 2400)
    assert clock.process_time() - began < 1
