"""A Jalali year as twelve months: its holidays and special days, and what a department's hours make of each day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from autonax_support.persian.calendar import FIRST_YEAR, LAST_YEAR, MONTHS, day_of, from_jalali, month_days, to_jalali
from autonax_support.persian.forms import shown_clock
from autonax_support.persian.text import to_ascii_digits
from autonax_support.persian.workhours import Span, WorkHours
from tickets.models import Department, Holiday, SpecialDay
from tickets.models.working_time import WEEKDAYS
from tickets.working_time import read_hours


@dataclass(frozen=True)
class Day:
    number: int
    day: date
    hours: str  # «۸:۰۰ تا ۱۶:۰۰»; empty where nobody works
    titles: list[str]
    kind: str  # work, rest, holiday, forecast, closure, opening

    @property
    def words(self) -> str:
        """For who cannot see the colour."""
        return "، ".join([*self.titles, self.hours or "تعطیل"])


@dataclass(frozen=True)
class Month:
    name: str
    before: int  # empty places before its first day, Saturday being the first of the week
    days: list[Day]


@require_safe
def show_year(request: HttpRequest, *, may_change: bool) -> HttpResponse:
    """`year` and `department` of the address; what is neither shows this year, and the first department."""
    departments = list(Department.objects.all())
    chosen = _chosen(departments, request.GET.get("department", ""))
    year = _year(request.GET.get("year", ""))
    hours = read_hours([chosen])[chosen.pk] if chosen else WorkHours({})
    context = admin.site.each_context(request) | {
        "title": "تقویم کاری",
        "year": year,
        "months": months_of(year, chosen, hours),
        "week": [(name, [_shown((span,)) for span in hours.week.get(weekday, ())]) for weekday, name in WEEKDAYS],
        "has_hours": any(hours.week.values()),
        "departments": departments,
        "chosen": chosen,
        "may_change": may_change,
        "today": day_of(timezone.now()),
    }
    return render(request, "admin/tickets/calendar.html", context)


def months_of(year: int, department: Department | None, hours: WorkHours) -> list[Month]:
    """Of no department: the holidays alone. Two queries, whatever the year holds."""
    first, after = from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1)
    province = department.province_id if department else None
    holidays = Holiday.objects.filter(day__gte=first, day__lt=after, is_active=True).select_related("province")
    special = SpecialDay.objects.filter(day__gte=first, day__lt=after, is_active=True)
    marks: dict[date, list[Holiday | SpecialDay]] = {}
    for row in [*holidays, *special]:
        if _concerns(row, department, province):
            marks.setdefault(row.day, []).append(row)
    return [_month(year, month, hours, marks) for month in range(1, 13)]


def _year(text: str) -> int:
    typed = to_ascii_digits(text)
    year = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    return year if FIRST_YEAR < year < LAST_YEAR else to_jalali(day_of(timezone.now()))[0]


def _chosen(departments: list[Department], code: str) -> Department | None:
    named = [row for row in departments if code.isascii() and code.isdigit() and str(row.pk) == code]
    return (named or departments or [None])[0]


def _concerns(row: Holiday | SpecialDay, department: Department | None, province: int | None) -> bool:
    if isinstance(row, Holiday):
        return row.province_id in (None, province)
    return row.department_id is None or (department is not None and row.department_id == department.pk)


def _month(year: int, month: int, hours: WorkHours, marks: dict[date, list[Holiday | SpecialDay]]) -> Month:
    first = from_jalali(year, month, 1)
    days = [_day(number, first + timedelta(number - 1), hours, marks) for number in range(1, month_days(year, month) + 1)]
    return Month(MONTHS[month - 1], (first.weekday() + 2) % 7, days)


def _day(number: int, day: date, hours: WorkHours, marks: dict[date, list[Holiday | SpecialDay]]) -> Day:
    spans = hours.spans(day)
    rows = marks.get(day, [])
    return Day(number, day, _shown(spans), [row.title for row in rows], _kind(rows, bool(spans)))


def _shown(spans: tuple[Span, ...]) -> str:
    return "، ".join(f"{shown_clock(begin)} تا {shown_clock(end)}" for begin, end in spans)


def _kind(rows: list[Holiday | SpecialDay], works: bool) -> str:
    special = [row for row in rows if isinstance(row, SpecialDay)]
    if special:
        return "opening" if works else "closure"
    if rows and not works:
        return "holiday" if all(row.is_confirmed for row in rows) else "forecast"
    return "work" if works else "rest"
