"""The hours of generated departments, with whole seconds, against those of the product."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from autonax_support.generating.promises import add, worked
from autonax_support.persian.workhours import WorkHours

HOURS = WorkHours(dict.fromkeys(range(5), ((480, 960),)))
# since then Tehran's clock has not been moved
MOMENTS = st.integers(datetime(2023, 1, 1, tzinfo=UTC).timestamp(), datetime(2030, 1, 1, tzinfo=UTC).timestamp())


def utc(moment: int) -> datetime:
    return datetime.fromtimestamp(moment, UTC)


@given(MOMENTS, st.integers(1, 3000))
def test_a_due_time_is_the_products(start, minutes):
    assert utc(add(start, minutes)) == HOURS.add(utc(start), minutes)


@given(MOMENTS, st.integers(0, 60 * 24 * 3600))
def test_so_is_what_was_worked(start, seconds):
    assert worked(start, start + seconds) == HOURS.between(utc(start), utc(start + seconds))
