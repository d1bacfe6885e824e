"""Who is told of what happened to a ticket. Rows are written with the Event; they are delivered later, never in a request."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from autonax_support.accounts.models import User
from autonax_support.notices.models import Notice
from autonax_support.notices.queueing import queue_deliveries

if TYPE_CHECKING:
    from tickets.models.event import Event
    from tickets.models.ticket import Ticket


def write_notices(kind: str, people: list[User], *, event: Event, count: int | None = None) -> None:
    """One Notice for each person; its words are made from the event when it is shown or sent (telling.py)."""
    about = {"kind": kind, "ticket_id": event.ticket_id, "event": event, "count": count, "at": event.at}
    notices = [Notice(recipient=person, **about) for person in people]
    queue_deliveries(Notice.objects.bulk_create(notices), at=event.at)


def read_notices(ticket: Ticket, *, by: User, at: datetime) -> None:
    """Who has the ticket before their eyes need not be told of it any more."""
    Notice.objects.visible_to(by).filter(ticket=ticket).mark_read(at)


def withdraw_notices(event: Event, *, at: datetime) -> None:
    """It was undone: nobody is called to it any more. What is still to be sent of it is left out then (telling.py)."""
    Notice.objects.filter(event=event).mark_read(at)
