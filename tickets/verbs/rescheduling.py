from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from tickets import promise
from tickets.verbs.acting import Acting, people_of_office

if TYPE_CHECKING:
    from tickets.models.ticket import Ticket


class Rescheduling(Acting):
    def reschedule(self: Ticket, *, at: datetime, cause: str, day: date | None = None) -> bool:
        """The calendar has changed under a running promise: its due time is computed anew. False where it stays.

        `cause` and `day` tell the office why: "holiday", "closure", "opening" (of that day) or "hours".
        """
        with self._acting("reschedule", by=None, at=at) as act:
            before = self.due_at
            if self.awaiting_support_since:
                promise.move(self, at)
            if self.due_at == before:
                act.is_needless = True
                return False
            act.moves = False
            act.facts = {"cause": cause} | ({"day": day.isoformat()} if day else {})
            act.tell("due_moved", people_of_office(self))
            return True
