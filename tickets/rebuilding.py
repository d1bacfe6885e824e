"""Search rows made anew, after their key has changed: in batches, beside people at work, and from where an earlier run was cut off."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from autonax_support.persian.text import KEY_VERSION
from tickets.models import Message, SearchDoc, Ticket
from tickets.search import index_messages_again, index_tickets_again

AT_ONCE = 500

Progress = Callable[[int, int], None]


def rebuild(progress: Progress = lambda done, total: None) -> int:
    """What has no row of this KEY_VERSION gets one; gives how many tickets and messages that were. `progress` hears places, not rows."""
    ends = [rows.aggregate(last=Max("pk"))["last"] or 0 for rows in (Ticket.objects, Message.objects)]
    written = 0
    for count, place in _rebuilt(ends):
        written += count
        progress(place, sum(ends))
    return written


def _rebuilt(ends: list[int]) -> Iterator[tuple[int, int]]:
    for count, last in _in_batches(Ticket.objects.select_related("office"), "ticket", index_tickets_again):
        yield count, min(last, ends[0])
    for count, last in _in_batches(Message.objects.exclude(body="").select_related("ticket"), "message", index_messages_again):
        yield count, ends[0] + min(last, ends[1])
    yield 0, sum(ends)


def _in_batches(rows: QuerySet, of: str, index: Callable[[list], None]) -> Iterator[tuple[int, int]]:
    """The rows are locked while theirs are written, so that a text that is just being erased does not come back."""
    known = SearchDoc.objects.filter(**{of: OuterRef("pk")}, key_version=KEY_VERSION)
    known = known.filter(message=None) if of == "ticket" else known
    missing, last = rows.filter(~Exists(known)).order_by("pk"), 0
    while True:
        with transaction.atomic():
            batch = list(missing.filter(pk__gt=last).select_for_update(of=("self",))[:AT_ONCE])
            index(batch)
        if not batch:
            return
        last = batch[-1].pk
        yield len(batch), last
