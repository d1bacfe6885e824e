"""Hours for the departments of a test: who asks for none has none, and then nothing is promised."""

from datetime import UTC, datetime, time

import pytest

from autonax_support.persian.calendar import TEHRAN, from_jalali
from tickets.models import Department, WorkSpan
from tickets.working_time import calendar_changed


def at(year: int, month: int, day: int, hour: int, minute: int = 0) -> datetime:
    """A Jalali day and Tehran's clock, as UTC."""
    return datetime.combine(from_jalali(year, month, day), time(hour, minute), TEHRAN).astimezone(UTC)


def give_hours(department: Department, spans=((8 * 60, 16 * 60),), weekdays=range(5)) -> Department:
    """Saturday to Wednesday, 8 to 16, unless said otherwise."""
    WorkSpan.objects.filter(department=department).delete()
    WorkSpan.objects.bulk_create(
        [WorkSpan(department=department, weekday=weekday, begin=begin, end=end) for weekday in weekdays for begin, end in spans]
    )
    calendar_changed([department])
    department.refresh_from_db()
    return department


@pytest.fixture
def working(technical) -> Department:
    return give_hours(technical)
