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
    key = (department.pk, department.calendar_version)
    with _lock:
        if key in _known:
            _known.move_to_end(key)
            return _known[key]
    found = read_hours(department)
    with _lock:
        _known[key] = found
        while len(_known) > KEPT:
            _known.popitem(last=False)
    return found


def calendar_changed(departments: Iterable[Department] | None = None) -> None:
    """To be called by whatever changes spans, holidays or special days, in the same transaction. None: of all departments."""
    changed = Department.objects.all() if departments is None else Department.objects.filter(pk__in=[row.pk for row in departments])
    changed.update(calendar_version=secrets.randbits(62))  # no number comes twice, not after a rollback either


def read_hours(department: Department) -> WorkHours:
    """As the database has it now, in three queries."""
    week: dict[int, list[Span]] = {}
    for weekday, begin, end in WorkSpan.objects.filter(department=department).values_list("weekday", "begin", "end"):
        week.setdefault(weekday, []).append((begin, end))
    where = Q(province=None) | Q(province=department.province_id) if department.province_id else Q(province=None)
    closed = frozenset(Holiday.objects.filter(where, is_active=True).values_list("day", flat=True))
    special = SpecialDay.objects.filter(Q(department=None) | Q(department=department), is_active=True)
    return WorkHours({weekday: joined(spans) for weekday, spans in week.items()}, closed, _days(special))


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
