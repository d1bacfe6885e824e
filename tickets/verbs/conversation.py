from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from autonax_support.accounts.models import User
from autonax_support.persian.text import to_persian_digits
from tickets.choices import Status
from tickets.models.draft import Draft
from tickets.models.event import Audience
from tickets.models.message import Message
from tickets.models.refused import Refused
from tickets.verbs.acting import Act, Acting, people_of_office
from tickets.verbs.filing import Case

if TYPE_CHECKING:
    from tickets.models.department import Department
    from tickets.models.ticket import Ticket


class Conversation(Acting):
    """Reading, answering, replying, noting. A message is written once per submission key."""

    def read(self: Ticket, *, by: User, at: datetime) -> None:
        """A member of the department opens it on the desk: idempotent, and only a new ticket makes an Event."""
        if not (self.support_unread or self.status == Status.NEW) or not self.department.has_member(by):
            return
        if self.status == Status.NEW:
            with self._acting("read", by=by, at=at) as act:
                act.moves = False
                if self.status != Status.NEW:  # a colleague was quicker
                    act.is_needless = True
                    return
                self.status, self.support_unread = Status.READ, False
        else:
            type(self).objects.filter(pk=self.pk).update(support_unread=False)
            self.support_unread = False

    def answer(
        self: Ticket,
        *,
        by: User,
        at: datetime,
        body: str,
        key: UUID | None = None,
        draft: Draft | None = None,
        development_done: bool = False,
    ) -> Message:
        def speak(act: Act) -> None:
            act.say(Message.Kind.ANSWER, body, key=key, draft=draft)
            self._answered(act, development_done)

        return self._once("answer", by, at, body, key, draft, speak)

    def note(self: Ticket, *, by: User, at: datetime, body: str, key: UUID | None = None, draft: Draft | None = None) -> Message:
        def speak(act: Act) -> None:
            act.audience, act.moves = Audience.DESK, False
            act.say(Message.Kind.NOTE, body, key=key, draft=draft)

        return self._once("note", by, at, body, key, draft, speak)

    def reply(self: Ticket, *, by: User, at: datetime, body: str, key: UUID | None = None, draft: Draft | None = None) -> Message:
        """A closed ticket opens again within REOPEN_DAYS; later the reply files a new ticket that continues this one.

        The returned message tells by its ticket which of the two happened.
        """

        def speak(act: Act) -> None:
            if self.status == Status.CLOSED and (self.erased_at or not self.reopens_at(at)):
                self._continue(act, body, key, draft)
                return
            if self.status == Status.CLOSED:
                self._open_again()
            if self.status != Status.IN_DEVELOPMENT:
                self.status = Status.FOLLOWED_UP
            self.awaiting_support_since = self.awaiting_support_since or at
            self.support_unread = True
            act.say(Message.Kind.REPLY, body, key=key, draft=draft)
            if self.assignee:
                act.tell("replied", self.workers())

        return self._once("reply", by, at, body, key, draft, speak)

    def _once(self: Ticket, verb, by, at, body, key, draft, speak) -> Message:
        """Runs the verb unless its key already made a message; the insert decides, in a savepoint."""
        stored = Message.submitted(key, by)
        if stored:
            return stored
        if not body.strip() and not (draft and draft.attachments.exists()):
            raise Refused("متن پیام را بنویسید یا فایلی پیوست کنید.")
        try:
            with transaction.atomic(), self._acting(verb, by=by, at=at) as act:
                if not act.find_sent(key):
                    act.allow()
                    speak(act)
            return act.result
        except IntegrityError:
            stored = Message.submitted(key, by)
            if stored is None:
                raise
            return stored

    def _answered(self: Ticket, act: Act, development_done: bool) -> None:
        if self.status != Status.IN_DEVELOPMENT or development_done:
            self.status, self.promised_at = Status.ANSWERED, None
        self.awaiting_support_since = None
        self.first_answered_at = self.first_answered_at or act.at
        self.assignee = self.assignee or act.by
        self.support_unread = False
        people = people_of_office(self)
        act.unread_by(people)
        act.tell("answered", people)

    def _department_to_continue_in(self: Ticket) -> Department:
        """The same one; where it takes no tickets any more, the first that does, whose experts know where it belongs."""
        departments = type(self.department).objects.accepting()
        return self.department if self.department.is_active else departments.first() or self.department

    def _open_again(self: Ticket) -> None:
        self.closed_at, self.closed_reason = None, ""
        self.reopened_count += 1
        self.status = Status.FOLLOWED_UP

    def _continue(self: Ticket, act: Act, body: str, key: UUID | None, draft: Draft | None) -> None:
        case = Case(tracking_number=self.tracking_number, national_id=self.national_id, kind=self.case_kind)
        ticket = type(self).file(
            by=act.by,
            at=act.at,
            subject=f"ادامه تیکت {to_persian_digits(self.pk)}" if self.erased_at else self.subject,
            department=self._department_to_continue_in(),
            body=body,
            case=case,
            key=key,
            draft=draft,
            continues=self,
        )
        act.verb, act.moves, act.facts = "continue", False, {"ticket": ticket.pk}
        act.result = ticket.messages.get(kind=Message.Kind.FILED)
