"""Moving the due times of open tickets after the calendar has changed: how many it would be, and the job that does it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import chain, islice

from django.db.models import QuerySet

from autonax_support.notices.models import Job
from tickets.models import Department, Promise, Ticket
from tickets.promise import due_from

COUNTED_MAX = 5_000
BATCH = 200
IN_FLIGHT = timedelta(minutes=2)  # longer than any request takes


def would_move(departments: list[Department] | None) -> int:
    """How many due times the calendar as it now is would move; counted to COUNTED_MAX + 1. None: in all departments."""
    return sum(1 for _ in islice(chain(_moved(departments), _begun(departments)), COUNTED_MAX + 1))


def enqueue(departments: list[Department] | None, *, cause: str, day: date | None, at: datetime) -> None:
    """In the transaction that changes the calendar. Once more later, for what was stored meanwhile by who had read the old calendar."""
    of = None if departments is None else sorted(row.pk for row in departments)
    for moment in (at, at + IN_FLIGHT):
        Job.objects.enqueue("reschedule", {"departments": of, "cause": cause, "day": day.isoformat() if day else None}, at=moment)


def reschedule(job: Job, at: datetime) -> None:
    """One transaction for each ticket. After a crash it begins anew: what has moved already moves no further."""
    ids, day = job.payload["departments"], job.payload["day"]
    departments = None if ids is None else list(Department.objects.filter(pk__in=ids))
    done = 0
    for done, pk in enumerate(chain(_moved(departments), _begun(departments)), start=1):
        ticket = Ticket.objects.select_related("department").filter(pk=pk).first()
        if ticket:
            ticket.reschedule(at=at, cause=job.payload["cause"], day=date.fromisoformat(day) if day else None)
        job.progress(done)
    job.progress(done, done)


def _moved(departments: list[Department] | None) -> Iterator[int]:
    """Tickets whose running promise the calendar as it now is moves, or takes away."""
    known = _known()
    for promise in _by_key(_of(Promise.objects.filter(answered=None), departments)):
        due = due_from(known[promise.department_id], promise.minutes, promise.started)
        if due is None or due.at != promise.due:
            yield promise.ticket_id


def _begun(departments: list[Department] | None) -> Iterator[int]:
    """Tickets to which nothing was promised, because there were no hours, and to which something can be now."""
    known = _known()
    for ticket in _by_key(_of(Ticket.objects.awaiting_support().filter(due_at=None), departments)):
        if due_from(known[ticket.department_id], 1, ticket.awaiting_support_since):
            yield ticket.pk


def _known() -> dict[int, Department]:
    return {row.pk: row for row in Department.objects.all()}


def _of(rows: QuerySet, departments: list[Department] | None) -> QuerySet:
    return rows if departments is None else rows.filter(department__in=departments)


def _by_key(rows: QuerySet) -> Iterator[Promise | Ticket]:
    """So that tickets which move meanwhile shift nothing."""
    last = 0
    while batch := list(rows.filter(pk__gt=last).order_by("pk")[:BATCH]):
        yield from batch
        last = batch[-1].pk
