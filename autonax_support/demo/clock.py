"""When things happened, told relative to the day the demo is loaded, so that its inbox never looks old."""

import re
from datetime import date, datetime, time, timedelta

from autonax_support.persian.calendar import TEHRAN, tehran

FRIDAY = 4
TOLD = re.compile(r"(?P<minutes>\d+)m|(?P<days>\d+) (?P<hour>\d+):(?P<minute>\d+)")


def moment(told: str, now: datetime) -> datetime:
    """«25m» is 25 minutes ago, «3 9:40» is twenty to ten on the third working day before today (from 1 on)."""
    parts = TOLD.fullmatch(told)
    if parts["minutes"]:
        return now - timedelta(minutes=int(parts["minutes"]))
    day = working_day(int(parts["days"]), tehran(now).date())
    return datetime.combine(day, time(int(parts["hour"]), int(parts["minute"])), TEHRAN)


def working_day(ago: int, today: date) -> date:
    """Offices rest on Fridays only."""
    day = today
    while ago:
        day -= timedelta(days=1)
        ago -= day.weekday() != FRIDAY
    return day
