"""The demo looks the same on whatever day and at whatever hour it is loaded."""

from datetime import datetime, timedelta

import pytest

from autonax_support.demo.clock import moment
from autonax_support.demo.stories import STORIES
from autonax_support.persian.calendar import TEHRAN

SATURDAY = datetime(2026, 11, 21, tzinfo=TEHRAN)


def test_working_days_leave_out_fridays():
    assert [moment(f"{day} 9:40", SATURDAY).strftime("%A %H:%M") for day in (1, 2)] == ["Thursday 09:40", "Wednesday 09:40"]


def test_minutes_are_counted_from_now():
    assert moment("25m", SATURDAY) == SATURDAY - timedelta(minutes=25)


@pytest.mark.parametrize("hours", range(1, 7 * 24, 11))
def test_every_story_is_told_in_order_and_before_now(hours):
    now = SATURDAY + timedelta(hours=hours)
    for story in STORIES:
        moments = [moment(told, now) for told in (story.at, *(step.at for step in story.steps))]
        assert moments == sorted(moments)
        assert moments[-1] < now
