"""Moving the due times of open tickets after the calendar has changed: how many it would be, and the job that does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from django.db.models import QuerySet

from autonax_support.notices.models import Job
from tickets.models import Department, Promise, Ticket
from tickets.promise import due_from

COUNTED_MAX = 5_000
BATCH = 200


def would_move(departments: list[Department] | None) -> int:
    """How many due times the calendar as it now is would move; counted to COUNTED_MAX + 1. None: in all departments."""
    return sum(1 for _ in _moved(departments, COUNTED_MAX + 1))


def enqueue(departments: list[Department] | None, *, cause: str, day: date | None, at: datetime) -> Job:
    """In the transaction that changes the calendar."""
    of = None if departments is None else sorted(row.pk for row in departments)
    return Job.objects.enqueue("reschedule", {"departments": of, "cause": cause, "day": day.isoformat() if day else None}, at=at)


def reschedule(job: Job, at: datetime) -> None:
    """One transaction for each ticket. After a crash it begins anew: what has moved already moves no further."""
    ids, day = job.payload["departments"], job.payload["day"]
    departments = None if ids is None else list(Department.objects.filter(pk__in=ids))
    total = _running(departments).count()
    for done, pk in enumerate(_tickets(departments), start=1):
        ticket = Ticket.objects.select_related("department").filter(pk=pk).first()
        if ticket:
            ticket.reschedule(at=at, cause=job.payload["cause"], day=date.fromisoformat(day) if day else None)
        job.progress(min(done, total), total)


def _running(departments: list[Department] | None) -> QuerySet[Promise]:
    running = Promise.objects.filter(answered=None)
    return running if departments is None else running.filter(department__in=departments)


def _tickets(departments: list[Department] | None) -> Iterator[int]:
    """By key, so that tickets which move meanwhile shift nothing."""
    last = 0
    while rows := list(_running(departments).filter(pk__gt=last).order_by("pk").values_list("pk", "ticket_id")[:BATCH]):
        yield from (ticket for _, ticket in rows)
        last = rows[-1][0]


def _moved(departments: list[Department] | None, most: int) -> Iterator[Promise]:
    known = {row.pk: row for row in Department.objects.all()}
    for promise in _running(departments).order_by("pk").iterator(BATCH):
        due = due_from(known[promise.department_id], promise.minutes, promise.started)
        if due is None or due.at != promise.due:
            yield promise
            most -= 1
            if most == 0:
                return
