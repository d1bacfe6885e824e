"""Who is told of what happened to a ticket. Rows are written with the Event; they are delivered later, never in a request."""

from __future__ import annotations

from typing import TYPE_CHECKING

from autonax_support.accounts.models import User
from autonax_support.notices.models import Notice
from autonax_support.notices.queueing import queue_deliveries

if TYPE_CHECKING:
    from tickets.models.event import Event


def write_notices(kind: str, people: list[User], *, event: Event) -> None:
    """One Notice for each person; its words are made from the event when it is shown or sent (telling.py)."""
    notices = [Notice(recipient=person, kind=kind, ticket_id=event.ticket_id, event=event, at=event.at) for person in people]
    queue_deliveries(Notice.objects.bulk_create(notices), at=event.at)
