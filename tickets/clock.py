"""The promise as people read it: what a ticket's clock shows, and what filing now would be promised. Asks the database nothing."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from autonax_support.persian.calendar import clock, future, long_day
from autonax_support.persian.numbers import duration
from tickets.models import Department, Priority, Promise, Status, Ticket
from tickets.promise import due_from
from tickets.working_time import hours_of, hours_of_all

COUNTED = timedelta(days=90)  # a list of thirty that are late for years must not count their days


@dataclass(frozen=True)
class Clock:
    """`state` is running, soon, late, paused, promised (a date of development) or none (a department without hours)."""

    state: str
    due: datetime | None = None
    left: int = 0  # business minutes until the due time; behind it, since then
    is_more: bool = False  # so long ago that it was not counted to the end
    total: int = 0  # business minutes from the beginning to the due time
    was_kept: bool = False  # the answer that stands came in time
    is_head_told: bool = False  # that it is late

    @property
    def left_words(self) -> str:
        """«۲ ساعت و ۱۵ دقیقه کاری»: of business time, or eight hours would not be three days."""
        if not self.left:
            return "کمتر از یک دقیقه"
        return f"بیش از {duration(self.left // 60 * 60)} کاری" if self.is_more else f"{duration(self.left)} کاری"

    @property
    def total_words(self) -> str:
        return duration(self.total)

    @property
    def used_percent(self) -> int:
        """Of the promised time."""
        if self.state == "late" or not self.total:
            return 100
        return min(100, round(100 * (self.total - self.left) / self.total))


def clock_of(ticket: Ticket, at: datetime) -> Clock | None:
    """None for a ticket that nobody owes anything: a closed one. Its department is at hand; what `promise_marked` adds is told if it is."""
    if ticket.status == Status.CLOSED:
        return None
    if ticket.awaiting_support_since is None:
        return (
            Clock("promised", ticket.promised_at)
            if ticket.promised_at
            else Clock("paused", was_kept=bool(getattr(ticket, "was_kept", False)))
        )
    if ticket.due_at is None:
        return Clock("none")
    hours = hours_of(ticket.department)
    total = hours.between(ticket.awaiting_support_since, ticket.due_at)
    if at > ticket.due_at:
        counted_from = max(ticket.due_at, at - COUNTED)
        late = hours.between(counted_from, at)
        return Clock("late", ticket.due_at, late, counted_from > ticket.due_at, total, is_head_told=getattr(ticket, "is_head_told", False))
    left = hours.between(at, ticket.due_at)
    is_near = left * 100 <= total * ticket.department.warn_percent
    return Clock("soon" if is_near else "running", ticket.due_at, left, total=total)


def until(due: datetime | None, at: datetime, end: str) -> str:
    """«تا … پاسخ می‌گیرید» and `end`; nothing where nothing is promised or it is late already."""
    return f"تا {future(due, at)} پاسخ می‌گیرید{end}" if due and due > at else ""


@dataclass(frozen=True)
class Offer:
    """What a department promises to whoever files now."""

    department: Department
    due: str  # in words; empty without hours
    opens: str  # «شنبه ساعت ۸:۰۰»; empty while it is open


def offers(departments: list[Department], at: datetime) -> list[Offer]:
    hours_of_all(departments)  # read together what each is asked for alone
    return [_offer(department, at) for department in departments]


def _offer(department: Department, at: datetime) -> Offer:
    due = due_from(department, department.promised_minutes(Promise.Kind.FIRST, Priority.NORMAL), at)
    if due is None:
        return Offer(department, "", "")
    hours = hours_of(department)
    return Offer(department, future(due.at, at), "" if hours.is_open(at) else opening(hours.next_opening(at), at))


def opening(moment: datetime, at: datetime) -> str:
    """«شنبه ساعت ۸:۰۰» within the week, else with its date."""
    words = future(moment, at)
    days = (moment - at).days
    if "،" not in words or days > 6:
        return words
    weekday = long_day(moment, at).split(" ")[0]
    return f"{weekday} ساعت {clock(moment)}"
