"""One verb on many tickets, and taking it back: a transaction for each ticket, at once for few, by the worker for more.

Each ticket's Event carries the key of the batch. So whoever goes on after a crash knows what is done, and what is sent twice is done once.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction

from autonax_support.accounts.models import User
from autonax_support.notices.models import Job
from tickets.models import Batch, Department, Refused, Ticket

MOST = 500
AT_ONCE = 50  # more than that are a job
LEFT_BEHIND = timedelta(minutes=1)  # then the worker looks whether a request has come to its end
KEPT = timedelta(days=2)
NOT_YOURS = "این تیکت در میان تیکت‌های شما نیست."
NOT_ACTIVE = "حساب شما دیگر فعال نیست."

Progress = Callable[[int, int], None]


def unheard(done: int, total: int) -> None:
    """Nobody waits for the steps of what is done at once."""


def begin(key: UUID, *, by: User, verb: str, asked: dict[str, Any], numbers: list[int], back: str, at: datetime) -> Batch:
    """The same key again gives what it has begun already. The job is there for few too: it ends what a request left behind."""
    values = {"by": by, "verb": verb, "asked": asked, "numbers": numbers, "back": back, "at": at}
    with transaction.atomic():
        batch, is_new = Batch.objects.get_or_create(key=key, defaults=values)
        if is_new:
            _enqueue("bulk", batch, at)
    if is_new and _is_small(batch):
        work(batch, at)
    return batch


def undo(batch: Batch, *, at: datetime) -> None:
    """Asked for twice, it is done once."""
    with transaction.atomic():
        locked = Batch.objects.select_for_update().get(pk=batch.pk)
        if not locked.can_be_undone_at(at):
            return
        locked.undo_asked_at = at
        locked.save(update_fields=["undo_asked_at"])
        _enqueue("bulk_undo", locked, at)
    if _is_small(locked):
        take_back(locked, at)


def given_up(batch: Batch) -> Job | None:
    """The job that was to end it, when it has failed so often that nobody tries it any more."""
    kind = "bulk" if batch.finished_at is None else "bulk_undo"
    return Job.objects.filter(unique_key=f"{kind}:{batch.pk}", state=Job.State.DEAD).first() if batch.is_running else None


def go_on(batch: Batch, *, at: datetime) -> None:
    """Once more with what is left; what is done carries the key and is passed by."""
    job = given_up(batch)
    if job:
        job.revive(at=at)


def run(job: Job, at: datetime) -> None:
    batch = Batch.objects.filter(pk=job.payload["batch"]).first()
    if batch and batch.finished_at is None:
        work(batch, at, job.progress)


def run_undo(job: Job, at: datetime) -> None:
    batch = Batch.objects.filter(pk=job.payload["batch"]).first()
    if batch and batch.undone_at is None:
        take_back(batch, at, job.progress)


def sweep_batches(job: Job, at: datetime) -> None:
    Batch.objects.filter(at__lt=at - KEPT).delete()


def work(batch: Batch, at: datetime, progress: Progress = unheard) -> None:
    done = set(batch.events().values_list("ticket_id", flat=True))
    left, total = [number for number in batch.numbers if number not in done], len(batch.numbers)
    for count, number in enumerate(left, start=total - len(left) + 1):
        try:
            _do(batch, number, at)
        except Refused as refusal:
            batch.refuse(number, str(refusal))
        progress(count, total)
    batch.finish(at)


def take_back(batch: Batch, at: datetime, progress: Progress = unheard) -> None:
    """As of when it was asked for: a worker that comes late takes nobody's ten minutes."""
    numbers = list(batch.events().order_by("pk").values_list("ticket_id", flat=True))
    for count, number in enumerate(numbers, start=1):
        _take_back(batch, number, batch.undo_asked_at)
        progress(count, len(numbers))
    batch.undone_at = at
    batch.save(update_fields=["undone_at"])


def _do(batch: Batch, number: int, at: datetime) -> None:
    """Under the ticket's lock, and by the rights which the person has at this moment."""
    with transaction.atomic():
        by = User.objects.get(pk=batch.by_id)
        related = Ticket.objects.visible_to(by).select_related("department", "assignee")
        ticket = related.select_for_update(of=("self",)).filter(pk=number).first()
        if batch.events().filter(ticket=number).exists():
            return
        if not by.is_active:
            raise Refused(NOT_ACTIVE)
        if ticket is None:  # whether there is one at all is nobody's business
            raise Refused(NOT_YOURS)
        VERBS[batch.verb](ticket, batch.asked, by=by, at=at, batch=batch.pk)


def _take_back(batch: Batch, number: int, at: datetime) -> None:
    """What has been touched since stays."""
    with transaction.atomic():
        by = User.objects.get(pk=batch.by_id)
        ticket = Ticket.objects.undoable_by(by, at).select_for_update(of=("self",)).filter(pk=number).first()
        done = ticket.undoable_event(by, at) if ticket else None
        if done and done.batch == batch.pk:
            ticket.undo(by=by, at=at, batch=batch.pk)


def _assign(ticket: Ticket, asked: dict[str, Any], **act: Any) -> None:
    ticket.assign(to=User.objects.get(pk=asked["assignee"]) if asked["assignee"] else None, **act)


def _transfer(ticket: Ticket, asked: dict[str, Any], **act: Any) -> None:
    ticket.transfer(to=Department.objects.get(pk=asked["department"]), reason=asked["reason"], **act)


def _prioritise(ticket: Ticket, asked: dict[str, Any], **act: Any) -> None:
    ticket.prioritise(priority=asked["priority"], **act)


def _develop(ticket: Ticket, asked: dict[str, Any], **act: Any) -> None:
    ticket.develop(promised=date.fromisoformat(asked["promised"]), reason=asked["reason"], **act)


def _close(ticket: Ticket, asked: dict[str, Any], **act: Any) -> None:
    ticket.close(reason=asked["why"], remark=asked["remark"], **act)


VERBS = {"assign": _assign, "transfer": _transfer, "prioritise": _prioritise, "develop": _develop, "close": _close}


def _is_small(batch: Batch) -> bool:
    return len(batch.numbers) <= AT_ONCE


def _enqueue(kind: str, batch: Batch, at: datetime) -> None:
    due = at + LEFT_BEHIND if _is_small(batch) else at
    Job.objects.enqueue(kind, {"batch": str(batch.pk)}, at=due, unique_key=f"{kind}:{batch.pk}")
