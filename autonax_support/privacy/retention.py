"""What is past its time goes: files and texts of closed tickets, entries of the audit. A ticket itself never goes.

Three settings say how many days; 0 keeps for ever. Everything happens in short transactions, so a run may be cut off and goes on later.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from autonax_support.accounts.models import AuditEntry, AuditVerb
from autonax_support.files.models import Attachment
from autonax_support.notices.models import Job
from tickets.erasing import empty_closed
from tickets.models import Ticket

TICKETS_AT_ONCE = 100
ENTRIES_AT_ONCE = 1000

Progress = Callable[[int], None]


@dataclass(frozen=True)
class Due:
    """What one setting would take: how many rows, and since when the oldest has been kept."""

    kind: str
    days: int
    rows: int
    oldest: datetime | None


def retain(job: Job, at: datetime) -> None:
    """The nightly work of the worker."""
    run(at, job.progress)


def run(at: datetime, progress: Progress = lambda done: None) -> dict[str, int]:
    """Empties what is due; writes one entry of the audit with the counts, also when it is stopped half way."""
    counts: dict[str, int] = {}
    try:
        for work in (_erase_texts, _erase_files, _purge_audit):
            for done in work(at):
                counts = {kind: counts.get(kind, 0) + done.get(kind, 0) for kind in {*counts, *done}}
                progress(sum(counts.values()))
    finally:
        if any(counts.values()):
            AuditEntry.record(AuditVerb.ERASED, actor=None, address="", at=at, counts=counts)
    return counts


def due(at: datetime) -> list[Due]:
    """In the order in which it would go; settings that are off are left out."""
    found = []
    if days := settings.RETAIN_CLOSED_TEXT_DAYS:
        found.append(_due("tickets", days, tickets_to_empty(_before(at, days)), "closed_at"))
    if days := settings.RETAIN_ATTACHMENTS_DAYS:
        found.append(_due("files", days, files_to_erase(_before(at, days)), "created_at"))
    if days := settings.RETAIN_AUDIT_DAYS:
        found.append(_due("audit_entries", days, entries_to_purge(_before(at, days)), "at"))
    return found


def tickets_to_empty(before: datetime) -> QuerySet[Ticket]:
    return Ticket.objects.filter(closed_at__lt=before, erased_at=None)


def files_to_erase(before: datetime) -> QuerySet[Attachment]:
    return Attachment.objects.not_emptied().filter(message__ticket__in=tickets_to_empty(before))


def tickets_with_files(before: datetime) -> QuerySet[Ticket]:
    kept = Attachment.objects.not_emptied().filter(message__ticket=OuterRef("pk"))
    return tickets_to_empty(before).filter(Exists(kept)).order_by("closed_at")


def entries_to_purge(before: datetime) -> QuerySet[AuditEntry]:
    return AuditEntry.objects.filter(at__lt=before)


def _erase_texts(at: datetime) -> Iterator[dict[str, int]]:
    if not settings.RETAIN_CLOSED_TEXT_DAYS:
        return
    before = _before(at, settings.RETAIN_CLOSED_TEXT_DAYS)
    while numbers := list(tickets_to_empty(before).order_by("closed_at").values_list("pk", flat=True)[:TICKETS_AT_ONCE]):
        yield empty_closed(numbers, closed_before=before, at=at)


def _erase_files(at: datetime) -> Iterator[dict[str, int]]:
    """Ticket by ticket in the order of closing: what was emptied with its text is no longer looked at."""
    if not settings.RETAIN_ATTACHMENTS_DAYS:
        return
    before = _before(at, settings.RETAIN_ATTACHMENTS_DAYS)
    while numbers := list(tickets_with_files(before).values_list("pk", flat=True)[:TICKETS_AT_ONCE]):
        with transaction.atomic():
            still_closed = tickets_to_empty(before).filter(pk__in=numbers).select_for_update(of=("self",)).order_by("pk")
            files = Attachment.objects.filter(message__ticket__in=list(still_closed)).erase(at)
        yield {"files": files}


def _purge_audit(at: datetime) -> Iterator[dict[str, int]]:
    if not settings.RETAIN_AUDIT_DAYS:
        return
    old = entries_to_purge(_before(at, settings.RETAIN_AUDIT_DAYS))
    while keys := list(old.order_by("at").values_list("pk", flat=True)[:ENTRIES_AT_ONCE]):
        yield {"audit_entries": AuditEntry.objects.filter(pk__in=keys).delete()[0]}


def _before(at: datetime, days: int) -> datetime:
    return at - timedelta(days=days)


def _due(kind: str, days: int, rows: QuerySet, since: str) -> Due:
    oldest = rows.order_by(since).values_list(since, flat=True).first()
    return Due(kind, days, rows.count() if oldest else 0, oldest)
