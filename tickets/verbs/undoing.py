from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db.models import DateTimeField
from django.utils.dateparse import parse_datetime

from autonax_support.accounts.models import User
from tickets.limits import AUDIT_QUIET_MINUTES, UNDO_MINUTES
from tickets.models.event import Audience, Event
from tickets.models.refused import Refused
from tickets.notices import withdraw_notices
from tickets.verbs.acting import Acting
from tickets.verbs.transitions import LOOKS, UNDOABLE

if TYPE_CHECKING:
    from tickets.models.ticket import Ticket


class Undoing(Acting):
    """Taking back one's own assign, transfer, develop or close, as long as nothing happened since."""

    def undo(self: Ticket, *, by: User, at: datetime, batch: UUID | None = None) -> str:
        """Returns the verb that was taken back."""
        with self._acting("undo", by=by, at=at) as act:
            done = self.undoable_event(by, at)
            if done is None:
                raise Refused("این کار دیگر برنمی‌گردد؛ پس از آن رویداد دیگری ثبت شده یا زمان آن گذشته است.")
            self._restore(done.before)
            withdraw_notices(done, at=at)
            if self.assignee and not self.department.has_member(self.assignee):
                self.assignee = None
            act.audience = Audience(done.audience)
            act.facts, act.batch = {"undone": done.verb}, batch
            return done.verb

    def undoable_event(self: Ticket, by: User, at: datetime) -> Event | None:
        """The last thing that happened to the ticket (looking at it apart), if this person may still take it back."""
        last = self.events.exclude(audience=Audience.AUDIT).exclude(verb__in=LOOKS).order_by("-id").first()
        undoable = last and last.can_be_undone_by(by, at, verbs=UNDOABLE, minutes=UNDO_MINUTES)
        return last if undoable else None

    def is_revealed_to(self: Ticket, user: User, at: datetime) -> bool:
        since = at - timedelta(minutes=AUDIT_QUIET_MINUTES)
        return Event.objects.recent("reveal", by=user, ticket=self, since=since).exists()

    def _restore(self: Ticket, before: dict[str, Any]) -> None:
        """Sets tracked columns back to the values an Event kept."""
        for name, value in before.items():
            column = self._meta.get_field(name.removesuffix("_id"))
            is_moment = isinstance(column, DateTimeField) and value is not None
            setattr(self, name, parse_datetime(value) if is_moment else value)
