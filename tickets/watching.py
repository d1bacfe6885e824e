"""Promises that run out: the expert is warned before, the head of the department hears of it after, each once."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from autonax_support.accounts.models import User
from autonax_support.notices.models import Job, Notice
from autonax_support.notices.queueing import queue_deliveries
from tickets.models import Department, Promise

BATCH = 200


def watch_promises(job: Job, at: datetime) -> None:
    """Every minute. Who was told is written with the notices, so that a second worker or a second run tells nobody again."""
    running = Promise.objects.filter(answered=None)
    for promise in running.filter(warned_at=None, breached_at=None, warn_at__lte=at, due__gt=at).order_by("warn_at")[:BATCH]:
        _tell(promise, "warned_at", Notice.Kind.BREACH_NEAR, at)
    for promise in running.filter(breached_at=None, due__lt=at).order_by("due")[:BATCH]:
        _tell(promise, "breached_at", Notice.Kind.BREACHED, at)


@transaction.atomic
def _tell(promise: Promise, mark: str, kind: str, at: datetime) -> None:
    """Nothing of one that was answered, told or moved since it was read."""
    as_read = Promise.objects.filter(pk=promise.pk, answered=None, due=promise.due, warn_at=promise.warn_at, **{mark: None})
    if as_read.update(**{mark: at}):
        people = promise.ticket.workers() if kind == Notice.Kind.BREACH_NEAR else _heads(promise)
        notices = [Notice(recipient=person, kind=kind, ticket_id=promise.ticket_id, at=at) for person in people]
        queue_deliveries(Notice.objects.bulk_create(notices), at=at)


def _heads(promise: Promise) -> Iterable[User]:
    """Of the department; where it has none, the support managers: a breach that nobody hears of is no promise."""
    department = promise.ticket.department
    heads = department.experts().filter(memberships__department=department, memberships__is_head=True)
    return list(heads) or Department.managers()
