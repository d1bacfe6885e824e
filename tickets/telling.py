"""What the notices of tickets say to those who are told by e-mail or SMS: made when it is sent, for whoever may still see the ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from autonax_support.accounts.models import User
from autonax_support.notices.composing import Told
from autonax_support.notices.models import Notice
from autonax_support.persian.calendar import clock, long, long_day, numeric
from autonax_support.persian.identity import ISOLATED, veil_national_ids
from autonax_support.persian.text import clean_line
from tickets.choices import ClosedReason, Status
from tickets.clock import clock_of
from tickets.models import Department, Event, Ticket
from tickets.timeline import cause_of, closes_at

EXCERPT_MAX = 200
LISTED_MAX = 10
OF_PROMISES = frozenset({Notice.Kind.BREACH_NEAR, Notice.Kind.BREACHED})  # the clock has made them, no event


def tell(notices: list[Notice], at: datetime) -> list[Told]:
    """Of one person. What they may not see any more is left out: moved to another office or department, or gone."""
    reader = notices[0].recipient if notices else None
    if reader is None or not reader.may_sign_in:
        return []
    digests = [_digest(notice, reader) for notice in notices if notice.kind == Notice.Kind.QUEUE_DIGEST]
    known = [notice for notice in notices if notice.ticket_id and (notice.event_id or notice.kind in OF_PROMISES)]
    seen = set(Ticket.objects.visible_to(reader).filter(pk__in=[notice.ticket_id for notice in known]).values_list("pk", flat=True))
    told = [_told(notice, reader, at) for notice in known if notice.ticket_id in seen and not _is_over(notice, at)]
    return [*filter(None, digests), *told]


def _is_over(notice: Notice, at: datetime) -> bool:
    """What was taken back, answered or moved on since is no news any more."""
    return OVER[notice.kind](notice, notice.ticket, at) if notice.kind in OVER else False


def _has_moved_on(notice: Notice, ticket: Ticket, at: datetime) -> bool:
    return ticket.due_at is None or ticket.due_at > at


def _is_spoken_to(notice: Notice, ticket: Ticket, at: datetime) -> bool:
    return ticket.status != Status.ANSWERED or ticket.last_activity_at > notice.at


OVER = {
    Notice.Kind.DUE_MOVED: lambda notice, ticket, at: ticket.awaiting_support_since is None,
    Notice.Kind.BREACH_NEAR: lambda notice, ticket, at: ticket.due_at is None,
    Notice.Kind.BREACHED: _has_moved_on,
    Notice.Kind.ASSIGNED: lambda notice, ticket, at: ticket.assignee_id != notice.recipient_id,
    Notice.Kind.CLOSED: lambda notice, ticket, at: ticket.is_open,
    Notice.Kind.DEVELOPED: lambda notice, ticket, at: ticket.promised_at is None,
    Notice.Kind.PROMISE_MOVED: lambda notice, ticket, at: ticket.promised_at is None,
    Notice.Kind.CLOSING_SOON: _is_spoken_to,
    Notice.Kind.TRANSFERRED: lambda notice, ticket, at: ticket.department_id != notice.event.after.get("department_id"),
}


def _told(notice: Notice, reader: User, at: datetime) -> Told:
    ticket, event = notice.ticket, notice.event
    page = "admin:tickets_ticket_change" if reader.is_staff else "inbox:ticket"
    is_late_warning = notice.kind == Notice.Kind.BREACH_NEAR and ticket.due_at < at  # its gateway was away, or the hours were quiet
    kind = Notice.Kind.BREACHED if is_late_warning else notice.kind
    words = _words(kind, ticket, event, at)
    return Told(
        kind=kind,
        page=reverse(page, args=[ticket.pk]),
        words=words,
        list_page=reverse("admin:tickets_ticket_changelist" if reader.is_staff else "inbox:list"),
        thread=f"ticket-{ticket.pk}",
        sender=ticket.department.name,
        parameters={"number": str(ticket.pk), "date": words["date"]},
    )


def _digest(notice: Notice, reader: User) -> Told | None:
    """With the numbers of the newest that nobody has taken; nothing where all are, or the department is this person's no more."""
    department = notice.department
    waiting = Ticket.objects.visible_to(reader).unassigned_in(department).filter(filed_at__lte=notice.at)
    numbers = list(waiting.order_by("-filed_at", "-number").values_list("pk", flat=True)[: min(notice.count, LISTED_MAX)])
    words = {"count": notice.count, "department": department.name, "numbers": numbers}
    page = f"{reverse('admin:tickets_ticket_changelist')}?{urlencode({'view': 'unassigned', 'department': department.pk})}"
    return Told(notice.kind, page, words, sender=department.name, button="مشاهده صف") if numbers else None


def _words(kind: str, ticket: Ticket, event: Event | None, at: datetime) -> dict[str, Any]:
    if event is None:
        return _words_of_promise(ticket, at)
    is_closing = kind == Notice.Kind.CLOSING_SOON
    promised = closes_at(event) if is_closing else parse_datetime(event.after.get("promised_at") or "") or ticket.promised_at
    return {
        "number": ticket.pk,
        "who": excerpt(event.actor.full_name) if event.actor else "",
        "office": excerpt(str(ticket.office.title)) if kind in (Notice.Kind.ASSIGNED, Notice.Kind.REPLIED) else "",
        "department": _department(ticket, event),
        "reason": _reason(kind, event),
        "due": long(ticket.due_at, at) if ticket.due_at else "",
        "had_due": bool(event.before.get("due_at")),  # else the department had no hours when the ticket came
        "date": numeric(promised) if promised else "",
        "long_date": long_day(promised, at) if promised else "",
        "days": settings.REOPEN_DAYS,
    }


def _words_of_promise(ticket: Ticket, at: datetime) -> dict[str, Any]:
    now = clock_of(ticket, at)
    return {
        "number": ticket.pk,
        "department": ticket.department.name,
        "due": long(ticket.due_at, at),
        "date": numeric(ticket.due_at),
        "time": clock(ticket.due_at),
        "left": now.left_words if now else "",
        "assignee": excerpt(ticket.assignee.full_name) if ticket.assignee else "",
    }


def _department(ticket: Ticket, event: Event) -> str:
    """Where it went then; it may have gone on since."""
    moved = event.after.get("department_id")
    return ticket.department.name if moved in (None, ticket.department_id) else Department.objects.get(pk=moved).name


def _reason(kind: str, event: Event) -> str:
    """Of an answer nothing is quoted: an e-mail is read by others than the thread is."""
    if kind in (Notice.Kind.ANSWERED, Notice.Kind.REPLIED):
        return ""
    if kind == Notice.Kind.DUE_MOVED:
        return cause_of(event)
    typed = excerpt(event.message.body) if event.message else ""
    if kind != Notice.Kind.CLOSED:
        return typed
    code = event.after.get("closed_reason")
    label = ClosedReason(code).label if code in ClosedReason.values and code != ClosedReason.OTHER else ""
    return "، ".join(part for part in (label, typed) if part)


def excerpt(text: str) -> str:
    """One line without a national ID, and not too long; the full stop is the template's."""
    line = veil_national_ids(clean_line(text), frame=ISOLATED)
    return (line if len(line) <= EXCERPT_MAX else line[: EXCERPT_MAX - 1] + "…").rstrip(". ")
