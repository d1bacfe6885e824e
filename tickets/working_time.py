"""A department's hours as `persian/workhours.py` computes with them.

What was read is kept in the process under the department's `calendar_version`, which every change sets anew: a due time costs no query.
"""

from __future__ import annotations

import secrets
from collections import OrderedDict
from collections.abc import Iterable
from datetime import date
from threading import Lock

from django.db.models import Q

from autonax_support.persian.workhours import Span, WorkHours
from tickets.models.department import Department
from tickets.models.working_time import Holiday, SpecialDay, WorkSpan

KEPT = 200  # departments

_known: OrderedDict[tuple[int, int], WorkHours] = OrderedDict()
_lock = Lock()


def hours_of(department: Department) -> WorkHours:
    return hours_of_all([department])[department.pk]


def hours_of_all(departments: Iterable[Department]) -> dict[int, WorkHours]:
    """By primary key. What is not known yet is read at once, in three queries however many departments there are."""
    wanted = {department.pk: department for department in departments}
    with _lock:
        found = {pk: _known[_key(row)] for pk, row in wanted.items() if _key(row) in _known}
        for pk in found:
            _known.move_to_end(_key(wanted[pk]))
    unknown = [row for pk, row in wanted.items() if pk not in found]
    if unknown:
        read = read_hours(unknown)
        _keep({_key(row): read[row.pk] for row in unknown})
        found |= read
    return found


def lock_calendar() -> None:
    """One change at a time, so that the second is checked against what the first has stored; tickets are filed meanwhile."""
    list(Department.objects.order_by("pk").select_for_update(no_key=True).values_list("pk"))


def calendar_changed(departments: Iterable[Department] | None = None) -> None:
    """To be called by whatever changes spans, holidays or special days, in the same transaction. None: of all departments."""
    changed = Department.objects.all() if departments is None else Department.objects.filter(pk__in=[row.pk for row in departments])
    changed.update(calendar_version=secrets.randbits(62))  # no number comes twice, not after a rollback either


def read_hours(departments: list[Department]) -> dict[int, WorkHours]:
    """As the database has them now, by primary key; in three queries."""
    keys = [department.pk for department in departments]
    weeks: dict[int, dict[int, list[Span]]] = {pk: {} for pk in keys}
    for pk, weekday, begin, end in WorkSpan.objects.filter(department__in=keys).values_list("department", "weekday", "begin", "end"):
        weeks[pk].setdefault(weekday, []).append((begin, end))
    provinces = {department.province_id for department in departments} - {None}
    holidays = list(Holiday.objects.filter(Q(province=None) | Q(province__in=provinces), is_active=True).values_list("day", "province"))
    special = list(SpecialDay.objects.filter(Q(department=None) | Q(department__in=keys), is_active=True))
    return {
        department.pk: WorkHours(
            {weekday: joined(spans) for weekday, spans in weeks[department.pk].items()},
            _closed(department, holidays),
            _days(row for row in special if row.department_id in (None, department.pk)),
        )
        for department in departments
    }


def _key(department: Department) -> tuple[int, int]:
    return department.pk, department.calendar_version


def _keep(read: dict[tuple[int, int], WorkHours]) -> None:
    with _lock:
        _known.update(read)
        while len(_known) > KEPT:
            _known.popitem(last=False)


def _closed(department: Department, holidays: list[tuple[date, int | None]]) -> frozenset[date]:
    """The country's holidays and those of the department's province."""
    if department.works_on_holidays:
        return frozenset()
    return frozenset(day for day, province in holidays if province in (None, department.province_id))


def _days(special: Iterable[SpecialDay]) -> dict[date, tuple[Span, ...]]:
    """Of two rows of one day the department's own one counts; a closure before openings."""
    of_day: dict[date, list[SpecialDay]] = {}
    for row in special:
        of_day.setdefault(row.day, []).append(row)
    return {day: _spans_of(rows) for day, rows in of_day.items()}


def _spans_of(rows: list[SpecialDay]) -> tuple[Span, ...]:
    own = [row for row in rows if row.department_id] or rows
    return () if any(row.is_closure for row in own) else joined([(row.begin, row.end) for row in own])


def joined(spans: list[Span]) -> tuple[Span, ...]:
    """In order, and those that touch or overlap as one."""
    found: list[Span] = []
    for begin, end in sorted(spans):
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((begin, end))
    return tuple(found)
