from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.http import Http404

from autonax_support.accounts.models import User
from tickets.limits import AUDIT_QUIET_MINUTES
from tickets.models.event import Audience, Event
from tickets.models.refused import Refused
from tickets.verbs.acting import Acting

if TYPE_CHECKING:
    from tickets.models.ticket import Ticket


class Looking(Acting):
    """What leaves a trace without changing anything."""

    def see_file(self: Ticket, file: UUID, *, by: User, at: datetime) -> None:
        """An expert is handed a file: one Event per person, file and AUDIT_QUIET_MINUTES. The office's own looks leave none."""
        if not by.is_staff or self._has_seen(file, by, at):
            return
        try:
            with self._acting("see_file", by=by, at=at) as act:
                act.audience, act.moves, act.facts = Audience.DESK, False, {"file": str(file)}
                act.is_needless = self._has_seen(file, by, at)  # the same person's other request was quicker
        except Refused:  # transferred out of sight between the loading and the lock
            raise Http404 from None

    def _has_seen(self: Ticket, file: UUID, by: User, at: datetime) -> bool:
        since = at - timedelta(minutes=AUDIT_QUIET_MINUTES)
        return Event.objects.recent("see_file", by=by, ticket=self, since=since).filter(after__file=str(file)).exists()
