from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from autonax_support.accounts.models import User
from tickets.choices import Priority
from tickets.models.event import Audience
from tickets.models.message import Message
from tickets.models.refused import Refused
from tickets.verbs.acting import Acting, people_of_office

if TYPE_CHECKING:
    from tickets.models.department import Department
    from tickets.models.ticket import Ticket


class Routing(Acting):
    """Whose work the ticket is: transfer, assign, prioritise."""

    def transfer(self: Ticket, *, by: User, at: datetime, to: Department, reason: str, batch: UUID | None = None) -> None:
        with self._acting("transfer", by=by, at=at) as act:
            act.allow()
            act.batch = batch
            if to.pk == self.department_id:
                raise Refused("تیکت هم‌اکنون در همین بخش است. بخش دیگری را انتخاب کنید.")
            if not to.is_active:
                raise Refused(f"بخش {to.name} دیگر تیکت نمی‌پذیرد. بخش دیگری را انتخاب کنید.")
            if not reason.strip():
                raise Refused("دلیل را بنویسید.")
            act.say(Message.Kind.REASON, reason)
            self.department, self.assignee = to, None
            self.support_unread = True
            people = people_of_office(self)
            act.unread_by(people)
            act.tell("transferred", people)

    def assign(self: Ticket, *, by: User, at: datetime, to: User | None, batch: UUID | None = None) -> None:
        """To an expert of the ticket's department, or to nobody. The same assignee again changes nothing."""
        with self._acting("assign", by=by, at=at) as act:
            act.allow()
            act.audience, act.moves, act.batch = Audience.DESK, False, batch
            if to == self.assignee:
                act.is_needless = True
                return
            if to and not self.department.experts().filter(pk=to.pk).exists():
                raise Refused(f"{to.full_name} عضو بخش {self.department.name} نیست. همکار دیگری را انتخاب کنید.")
            self.assignee = to
            if to:
                act.tell("assigned", [to])

    def prioritise(self: Ticket, *, by: User, at: datetime, priority: str, batch: UUID | None = None) -> None:
        with self._acting("prioritise", by=by, at=at) as act:
            act.allow()
            act.audience, act.moves, act.batch = Audience.DESK, False, batch
            if priority not in Priority:
                raise Refused("اولویت را از فهرست انتخاب کنید.")
            act.is_needless = priority == self.priority
            self.priority = priority

    def reveal(self: Ticket, *, by: User, at: datetime) -> None:
        """Shows the masked national ID to this expert for AUDIT_QUIET_MINUTES; one audit row in that time."""
        if self.is_revealed_to(by, at):
            return
        with self._acting("reveal", by=by, at=at) as act:
            act.audience, act.moves = Audience.AUDIT, False
