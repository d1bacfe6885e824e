"""By when an answer is due, and whether it came in time: the one place that decides it (the arithmetic is persian/workhours.py).

The promise follows the ball. When the ball comes to support it starts, when support has answered it is settled, and while it runs it moves
with the ticket's department and priority. A settled row never changes; only the verb `undo` takes a settlement back with what it undoes.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from autonax_support.persian.workhours import NoWorkingTime
from tickets.models.promise import Promise
from tickets.working_time import hours_of

if TYPE_CHECKING:
    from tickets.models.department import Department
    from tickets.models.ticket import Ticket
    from tickets.verbs.acting import Act


class Due(NamedTuple):
    """When an answer is due, and from when on its time is running out."""

    at: datetime
    warn_at: datetime


def due_from(department: Department, minutes: int, started: datetime) -> Due | None:
    """So many business minutes on; None where the department has no hours: then nothing is promised."""
    hours = hours_of(department)
    try:
        warned_after = minutes * (100 - department.warn_percent) // 100
        return Due(hours.add(started, minutes), hours.add(started, warned_after))
    except NoWorkingTime:
        return None


def begin(ticket: Ticket, at: datetime) -> Promise | None:
    """For a ticket that is about to be filed: sets its `due_at`. The row is saved when the ticket has its number."""
    promise = _new(ticket, Promise.Kind.FIRST, at)
    ticket.due_at = promise.due if promise else None
    return promise


def follow(act: Act) -> None:
    """Called once at the end of every verb, before the ticket is saved: sets its `due_at` and writes the promise."""
    ticket, before = act.ticket, act.before
    was_waiting, waits = before["awaiting_support_since"] is not None, ticket.awaiting_support_since is not None
    if waits and not was_waiting:
        if act.verb == "undo" and _take_back(ticket):
            move(ticket, act.at)  # the calendar may have changed while it was settled
        else:
            _start(ticket, act.at)
    elif was_waiting and not waits:
        ticket.due_at = None
        _settle(act)
    elif waits and (before["department_id"], before["priority"]) != (ticket.department_id, ticket.priority):
        move(ticket, act.at)


def move(ticket: Ticket, at: datetime) -> None:
    """Computes the running promise anew from its beginning, with the department, priority and calendar of now.

    As many minutes as were promised, as long as department and priority are the same: other times are for new tickets. Where there
    was none, because the former department had no hours, it begins at `at`. The ticket is not saved here.
    """
    running = ticket.promises.filter(answered=None).first()
    if running is None:
        _start(ticket, at)
        return
    is_same = (running.department_id, running.priority) == (ticket.department_id, ticket.priority)
    anew = _new(ticket, running.kind, running.started, running.minutes if is_same else None)
    if anew is None:
        running.delete()
    else:
        anew.pk, anew.warned_at, anew.breached_at = running.pk, running.warned_at, running.breached_at
        _still_told(anew, at)
        anew.save(force_update=True)
    ticket.due_at = anew.due if anew else None


def _start(ticket: Ticket, at: datetime) -> None:
    promise = _new(ticket, Promise.Kind.NEXT if ticket.first_answered_at else Promise.Kind.FIRST, at)
    if promise:
        promise.save(force_insert=True)
    ticket.due_at = promise.due if promise else None


def _new(ticket: Ticket, kind: str, started: datetime, minutes: int | None = None) -> Promise | None:
    minutes = minutes or ticket.department.promised_minutes(kind, ticket.priority)
    due = due_from(ticket.department, minutes, started)
    if due is None:
        return None
    values = {"department": ticket.department, "priority": ticket.priority, "minutes": minutes, "started": started}
    return Promise(ticket=ticket, kind=kind, due=due.at, warn_at=due.warn_at, **values)


def _still_told(promise: Promise, at: datetime) -> None:
    """What was told too early because the time has moved on is told again at its time."""
    if promise.warn_at > at:
        promise.warned_at = None
    if promise.due > at:
        promise.breached_at = None


def _settle(act: Act) -> None:
    """Support has answered, or need not any more: an office that closes its ticket in time has been promised nothing."""
    running = act.ticket.promises.filter(answered=None).first()
    if running is None:
        return
    kept = act.at <= running.due
    is_office = act.by is not None and not act.by.is_staff
    if kept and is_office:
        running.delete()
        return
    running.answered, running.kept, running.expert = act.at, kept, None if is_office else act.by
    running.business_minutes = hours_of(act.ticket.department).between(running.started, act.at)
    running.save(update_fields=["answered", "kept", "expert", "business_minutes"])


def _take_back(ticket: Ticket) -> bool:
    """The settlement that is undone did not happen: its row runs on, and `due_at` is what the verb had put back already."""
    settled = ticket.promises.filter(answered__isnull=False).order_by("-id").first()
    if settled is None or settled.due != ticket.due_at:
        return False
    settled.answered = settled.kept = settled.expert = settled.business_minutes = None
    settled.save(update_fields=["answered", "kept", "expert", "business_minutes"])
    return True
