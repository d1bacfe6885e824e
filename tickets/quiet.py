"""Answered tickets of which nothing is heard any more: their office is told before, then they close by themselves.

Never one with a promised date, and never one whose office was not told CLOSING_NOTICE_DAYS before: where the worker was away, or the
days of the setting have become fewer, the notice comes first and the closing so many days after it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef

from autonax_support.notices.models import Job
from tickets.choices import ClosedReason, Status
from tickets.limits import CLOSING_NOTICE_DAYS, UNDUE
from tickets.models import Event, Ticket
from tickets.models.ticket import TicketQuerySet

BATCH = 200


def close_quiet(job: Job, at: datetime) -> None:
    """Each ticket in its own transaction. What was cut off goes on: who was told and what is closed is not found again."""
    if not settings.QUIET_DAYS:
        return
    done = _each(to_close, at, lambda ticket: ticket.close(by=None, at=at, reason=ClosedReason.QUIET), job, 0)
    _each(to_forewarn, at, lambda ticket: ticket.forewarn(at=at, days=CLOSING_NOTICE_DAYS), job, done)


def to_forewarn(at: datetime) -> TicketQuerySet:
    """Those that would close in CLOSING_NOTICE_DAYS, and have not been told of it since they became quiet."""
    return _quiet_since(at - timedelta(days=settings.QUIET_DAYS - CLOSING_NOTICE_DAYS)).exclude(_told())


def to_close(at: datetime) -> TicketQuerySet:
    told = _told(at__lte=at - timedelta(days=CLOSING_NOTICE_DAYS))
    return _quiet_since(at - timedelta(days=settings.QUIET_DAYS)).filter(told)


def _quiet_since(limit: datetime) -> TicketQuerySet:
    """By the queue's key, of which it has an index: without a due time or a promised date it is the last activity, moved far off."""
    answered = Ticket.objects.filter(status=Status.ANSWERED, promised_at=None, queue_at__lte=limit + UNDUE)
    return answered.order_by("queue_at", "number")


def _told(**when: datetime) -> Exists:
    return Exists(Event.objects.filter(ticket=OuterRef("pk"), verb="forewarn", at__gte=OuterRef("last_activity_at"), **when))


def _each(chosen: Callable[[datetime], TicketQuerySet], at: datetime, verb: Callable[[Ticket], None], job: Job, done: int) -> int:
    """Oldest first. Asked once more under the lock: somebody may have written this moment."""
    last: tuple[datetime, int] | None = None
    while rows := list(_behind(chosen(at), last).values_list("queue_at", "number")[:BATCH]):
        for _, number in rows:
            with transaction.atomic():
                ticket = chosen(at).select_for_update(of=("self",)).filter(pk=number).first()
                if ticket:
                    verb(ticket)
            done += 1
            job.progress(done)
        last = rows[-1]
    return done


def _behind(tickets: TicketQuerySet, last: tuple[datetime, int] | None) -> TicketQuerySet:
    if last is None:
        return tickets
    queue_at, number = last
    return tickets.filter(queue_at__gte=queue_at).exclude(queue_at=queue_at, number__lte=number)
