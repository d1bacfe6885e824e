"""Moments as seconds since 1970, and as the text that both databases take for UTC. Made by the million, hence the tables."""

from datetime import date

from autonax_support.generating.world import DAYS, Plan

DAY = 24 * 3600
OPENS, OPEN_FOR = 9 * 1800, 10 * 3600  # offices work from 8 to 18 in Tehran, which is 3:30 before UTC
EPOCH = date(1970, 1, 1).toordinal()


class Days(dict[int, str]):
    def __missing__(self, day: int) -> str:
        text = self[day] = date.fromordinal(EPOCH + day).isoformat()
        return text


class Clocks(dict[int, str]):
    def __missing__(self, second: int) -> str:
        text = self[second] = f"{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}"
        return text


days, clocks = Days(), Clocks()


def text_of(moment: int | None) -> str | None:
    if moment is None:
        return None
    day, second = divmod(moment, DAY)
    return f"{days[day]} {clocks[second]}"


def iso(moment: int | None) -> str:
    """As it stands in the JSON of an event."""
    return "null" if moment is None else f'"{text_of(moment).replace(" ", "T")}+00:00"'


def filing_time(plan: Plan, place: int) -> int:
    """The tickets come in the order of their numbers, within working hours, none on Fridays."""
    last = plan.until // DAY
    day, part = divmod(place * DAYS / plan.tickets, 1)
    day = last - DAYS + int(day)
    if (day + 3) % 7 == 4:  # 1970 began on a Thursday; offices are closed on Fridays
        day -= 1
    return day * DAY + OPENS + int(part * OPEN_FOR)
