"""What an expert sees first in the morning: numbers, each a way to exactly the tickets it counts, and what comes next.

All numbers are capped, so that no queue, however long, makes the page slow; all departments are asked for together.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Case, Exists, OuterRef, QuerySet, When

from autonax_support.accounts.models import User
from autonax_support.persian.calendar import day_of, day_start
from autonax_support.persian.numbers import tenths
from autonax_support.schema.counts import CappedCount, WalkedAverage, WalkedCount
from tickets.admin.queue import ANSWERED, MINE, NEXT, OPEN, OVERDUE, TODAY, UNASSIGNED, View, departments_of, queue_url
from tickets.clock import clock_of
from tickets.models import Department, Promise, Rating, Ticket
from tickets.working_time import hours_of_all

SHOWN = 5  # tickets in turn, and ratings
RATINGS_DAYS = FIGURES_DAYS = 30
WALKED_MAX = 1000  # answers or ratings of a department that its share and average look at, the newest first


@dataclass(frozen=True)
class Number:
    title: str
    count: int
    url: str
    alarms: bool = False


@dataclass(frozen=True)
class Line:
    """One department. Its share and average are for those who answer for it, and «–» where there was nothing in that time."""

    department: Department
    numbers: list[Number]
    is_headed: bool = False
    kept: str = ""
    stars: str = ""


@dataclass(frozen=True)
class Home:
    numbers: list[Number]
    coming: list[Ticket]
    lines: list[Line] = field(default_factory=list)
    ratings: list[Rating] = field(default_factory=list)


def home_of(user: User, at: datetime) -> Home:
    departments = departments_of(user)
    return Home(own_numbers(user, at), coming(user, at), lines_of(user, departments, at), list(last_ratings(user, departments, at)))


def own_numbers(user: User, at: datetime) -> list[Number]:
    visible = Ticket.objects.visible_to(user)
    counts = [_capped(view, visible.filter(**({"assignee": user} if view is OVERDUE else {})), user, at) for view in (MINE, OVERDUE, TODAY)]
    mine, late, today = User.objects.filter(pk=user.pk).values_list(*counts).get()
    return [
        Number(MINE.title, mine, MINE.url),
        Number(OVERDUE.title, late, queue_url(view=OVERDUE.code, assignee="me"), alarms=True),
        Number(TODAY.title, today, TODAY.url),
    ]


def coming(user: User, at: datetime) -> list[Ticket]:
    """The beginning of the first tab."""
    tickets = NEXT.of(Ticket.objects.visible_to(user), user, at).select_related("office__city", "department")
    shown = list(tickets[:SHOWN])
    hours_of_all(ticket.department for ticket in shown)  # read together what each is asked for alone
    for ticket in shown:
        ticket.clock = clock_of(ticket, at)
    return shown


def lines_of(user: User, departments: list[Department], at: datetime) -> list[Line]:
    counts = _counts(user, departments, (OPEN, OVERDUE, UNASSIGNED), at)
    leads_all = user.has_perm("tickets.work_in_all_departments")
    more = _figures(user, [pk for pk, (is_head, *_) in counts.items() if is_head or leads_all], at)
    return [_line(department, counts[department.pk][1:], more.get(department.pk)) for department in departments]


def last_ratings(user: User, departments: list[Department], at: datetime) -> QuerySet[Rating]:
    """Of tickets that this expert may see, with what the office wrote beside the stars."""
    since = at - timedelta(days=RATINGS_DAYS)
    ratings = Rating.objects.filter(department__in=departments, at__gte=since, ticket__in=Ticket.objects.visible_to(user))
    return ratings.select_related("ticket__office").order_by("-at", "-ticket_id")[:SHOWN]


def _line(department: Department, counts: tuple[int, ...], more: tuple | None) -> Line:
    def number(view: View, count: int, *, alarms: bool = False) -> Number:
        return Number(view.title, count, queue_url(view=view.code, department=department.pk), alarms)

    opened, late, nobodys = counts
    numbers = [number(OPEN, opened), number(OVERDUE, late, alarms=True), number(UNASSIGNED, nobodys)]
    if more is None:
        return Line(department, numbers)
    answered, kept, settled, stars = more
    share = f"{tenths(100 * kept // settled)}٪" if settled else ""
    return Line(department, [*numbers, number(ANSWERED, answered)], True, share, "" if stars is None else tenths(stars))


def _counts(user: User, departments: Iterable[Department], views: Iterable[View], at: datetime) -> dict[int, tuple[int, ...]]:
    """By department: whether this person is its head, and how many tickets stand in each view."""
    own = Ticket.objects.visible_to(user).filter(department=OuterRef("pk"))
    rows = Department.objects.filter(pk__in=[row.pk for row in departments]).order_by()
    is_head = Exists(user.memberships.filter(department=OuterRef("pk"), is_head=True))
    return {pk: tuple(counts) for pk, *counts in rows.values_list("pk", is_head, *(_capped(view, own, user, at) for view in views))}


def _figures(user: User, departments: list[int], at: datetime) -> dict[int, tuple]:
    """Answered today; of the answers of the last days how many came in time, of how many; the average of the stars."""
    if not departments:
        return {}
    since = day_start(day_of(at - timedelta(days=FIGURES_DAYS)))
    settled = Promise.objects.filter(department=OuterRef("pk"), answered__gte=since).order_by("-answered")
    ratings = Rating.objects.filter(department=OuterRef("pk"), at__gte=since).order_by("-at")
    rows = Department.objects.filter(pk__in=departments).order_by()
    found = rows.values_list(
        "pk",
        _capped(ANSWERED, Ticket.objects.visible_to(user).filter(department=OuterRef("pk")), user, at),
        WalkedCount(settled.annotate(in_time=Case(When(kept=True, then=1))), WALKED_MAX, of="in_time"),
        CappedCount(settled.values("pk"), WALKED_MAX),
        WalkedAverage(ratings, WALKED_MAX, of="stars"),
    )
    return {pk: tuple(figures) for pk, *figures in found}


def _capped(view: View, tickets: QuerySet[Ticket], user: User, at: datetime) -> CappedCount:
    return CappedCount(view.narrowed(tickets, user, at).values("pk"))
