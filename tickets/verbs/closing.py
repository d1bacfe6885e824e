from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING
from uuid import UUID

from autonax_support.accounts.models import User
from autonax_support.persian.calendar import day_start, tehran
from tickets.choices import BY_EXPERT, ClosedReason, Status
from tickets.models.event import Event
from tickets.models.message import Message
from tickets.models.refused import Refused
from tickets.verbs.acting import Act, Acting, people_of_office

if TYPE_CHECKING:
    from tickets.models.ticket import Ticket


class Closing(Acting):
    """Where a ticket rests: develop, forewarn, close, reopen."""

    def develop(self: Ticket, *, by: User, at: datetime, promised: date, reason: str = "", batch: UUID | None = None) -> None:
        """Takes the ticket into development, or moves its promised date, which then needs a reason."""
        with self._acting("develop", by=by, at=at) as act:
            act.allow()
            act.batch = batch
            if promised < tehran(at).date():
                raise Refused("موعد رفع مشکل باید از امروز به بعد باشد.")
            is_promised = self.status == Status.IN_DEVELOPMENT and self.awaiting_support_since is None
            if is_promised and self.promised_at == day_start(promised):
                act.is_needless = True
                return
            moved = self.status == Status.IN_DEVELOPMENT and self.promised_at != day_start(promised)
            if moved and not reason.strip():
                raise Refused("دلیل را بنویسید.")
            if reason.strip():
                act.say(Message.Kind.REASON, reason)
            self.status, self.promised_at = Status.IN_DEVELOPMENT, day_start(promised)
            self.awaiting_support_since = None
            self.support_unread = False
            people = people_of_office(self)
            act.unread_by(people)
            act.tell("promise_moved" if moved else "developed", people)

    def forewarn(self: Ticket, *, at: datetime, days: int) -> None:
        """The system tells the office that a quiet ticket closes in so many days."""
        with self._acting("forewarn", by=None, at=at) as act:
            act.allow()
            act.moves, act.facts = False, {"days": days}
            act.tell("closing_soon", people_of_office(self), count=days)

    def close(self: Ticket, *, by: User | None, at: datetime, reason: str, remark: str = "", batch: UUID | None = None) -> None:
        """`reason` is a code: one of BY_EXPERT for experts, `by_office` for clerks, `quiet` for the system."""
        with self._acting("close", by=by, at=at) as act:
            act.allow()
            act.batch = batch
            self._check_reason(by, reason, remark)
            if by is None:
                act.facts = {"days": (at - self.last_activity_at).days}
            if remark.strip():
                act.say(Message.Kind.REASON, remark)
            self.status, self.closed_at, self.closed_reason = Status.CLOSED, at, reason
            self.awaiting_support_since = self.promised_at = None
            self.support_unread = False
            self._tell_of_closing(act)

    def reopen(self: Ticket, *, by: User, at: datetime) -> None:
        """Back to where it stood before it was closed."""
        with self._acting("reopen", by=by, at=at) as act:
            if self.is_open:
                raise Refused(f"این کار در وضعیت «{self.get_status_display()}» ممکن نیست.")
            self._restore(self._last_closing().before)
            self.closed_at, self.closed_reason = None, ""
            self.reopened_count += 1
            people = people_of_office(self)
            act.unread_by(people)

    def _last_closing(self: Ticket) -> Event:
        return self.events.filter(verb="close").order_by("-id")[0]

    def _check_reason(self: Ticket, by: User | None, reason: str, remark: str) -> None:
        if by is None:
            fits = reason == ClosedReason.QUIET and self.status == Status.ANSWERED
        elif by.is_staff:
            fits = reason in BY_EXPERT
        else:
            fits = reason == ClosedReason.BY_OFFICE
        if not fits or (reason == ClosedReason.OTHER and not remark.strip()):
            raise Refused("دلیل را بنویسید.")

    def _tell_of_closing(self: Ticket, act: Act) -> None:
        people = people_of_office(self, but=act.by)
        act.unread_by(people)
        act.tell("closed", people)
