from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.db import models, transaction
from django.utils import timezone

from autonax_support.accounts.models import User
from autonax_support.files.models import Attachment, Upload
from autonax_support.files.refusals import sentence
from tickets import promise
from tickets.choices import Status
from tickets.limits import UNDUE
from tickets.models.draft import Draft
from tickets.models.event import Audience, Event, Source
from tickets.models.message import Message
from tickets.models.refused import Refused
from tickets.models.unread import Unread
from tickets.notices import write_notices
from tickets.search import index_message
from tickets.verbs.transitions import ALLOWED, OFFICE_VERBS, SUPPORT_VERBS

if TYPE_CHECKING:
    from tickets.models.ticket import Ticket

TRACKED = (
    "status",
    "department_id",
    "assignee_id",
    "priority",
    "due_at",
    "promised_at",
    "awaiting_support_since",
    "first_answered_at",
    "closed_at",
    "closed_reason",
    "reopened_count",
    "support_unread",
)


def state_of(ticket: Ticket) -> dict[str, Any]:
    """The tracked columns as JSON-ready ids, codes and ISO moments."""
    values = {name: getattr(ticket, name) for name in TRACKED}
    return {name: value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value for name, value in values.items()}


def differences(before: dict[str, Any], after: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    changed = [name for name in before if before[name] != after[name]]
    return {name: before[name] for name in changed}, {name: after[name] for name in changed}


class Acting:
    """What all verbs share: the lock, the check, the saving, the Event. The traits of Ticket inherit it."""

    @contextmanager
    def _acting(self: Ticket, verb: str, *, by: User | None, at: datetime) -> Iterator[Act]:
        with transaction.atomic():
            known_department = self.department_id
            self._lock()
            act = Act(self, verb, by, at)
            if self.department_id != known_department:
                self._refuse_who_lost_sight(by)
            yield act
            act.finish()

    def _lock(self: Ticket) -> None:
        """Takes the row as it now is, keeping loaded relations whose ids did not change (refresh_from_db drops them all)."""
        row = type(self).objects.select_for_update().get(pk=self.pk)
        for column in self._meta.concrete_fields:
            setattr(self, column.attname, getattr(row, column.attname))

    def _refuse_who_lost_sight(self: Ticket, by: User | None) -> None:
        """Transferred while this person had it open: what was right when the page was loaded may not happen any more."""
        if by and by.is_staff and not type(self).objects.undoable_by(by, timezone.now()).filter(pk=self.pk).exists():
            raise Refused(f"این تیکت در این فاصله به بخش {self.department.name} ارجاع داده شده است. متن شما سر جای خود است.")

    def _queue_at(self: Ticket) -> datetime:
        """The queue's sort key, never NULL: when something is due, else far in the future, first come first served."""
        if self.awaiting_support_since:
            return self.due_at or self.awaiting_support_since + UNDUE
        return self.promised_at or self.last_activity_at + UNDUE


class Act:
    """One verb happening to one locked ticket."""

    def __init__(self, ticket: Ticket, verb: str, by: User | None, at: datetime) -> None:
        self.ticket, self.verb, self.by, self.at = ticket, verb, by, at
        self.before = state_of(ticket)
        self.audience = Audience.OFFICE
        self.message: Message | None = None
        self.result: Message | None = None
        self.facts: dict[str, Any] = {}
        self.moves = True
        self.is_needless = False
        self.batch: UUID | None = None
        self.event: Event | None = None
        self._unread: list[User] = []
        self._told: list[tuple[str, list[User], int | None]] = []
        self._refuse_the_wrong_side()
        self._refuse_the_emptied()

    def allow(self) -> None:
        """Refuses when the ticket's status is none from which this verb may start."""
        if self.ticket.status in ALLOWED[self.verb]:
            return
        if self.ticket.status == Status.CLOSED:
            raise Refused("این تیکت پیش‌تر بسته شده است.")
        raise Refused(f"این کار در وضعیت «{self.ticket.get_status_display()}» ممکن نیست.")

    def say(self, kind: str, body: str, *, key: UUID | None = None, draft: Draft | None = None) -> Message:
        """Writes the message of this verb, takes the draft's files along, and makes it findable."""
        self.result = self.message = Message.objects.create(
            ticket=self.ticket, kind=kind, body=body, submission_key=key, created_at=self.at, **self._signature()
        )
        send_files(draft, self.message)
        index_message(self.message)
        return self.message

    def find_sent(self, key: UUID | None) -> bool:
        """Whether this key made its message while we waited for the lock; then that is the result and nothing else happens."""
        self.result = Message.submitted(key, self.by)
        self.is_needless = self.result is not None
        return self.is_needless

    def unread_by(self, people: list[User]) -> None:
        self._unread = people

    def tell(self, kind: str, people: list[User], *, count: int | None = None) -> None:
        """Each of `people` but the actor gets a Notice of this event; `count` as Notice has it."""
        self._told.append((kind, [person for person in people if person != self.by], count))

    def finish(self) -> None:
        if self.is_needless:
            return
        ticket = self.ticket
        promise.follow(self)
        before, after = differences(self.before, state_of(ticket))
        if self.moves:
            ticket.last_activity_at = self.at
        ticket.queue_at = ticket._queue_at()
        ticket.save()
        self.event = Event.objects.create(
            ticket=ticket,
            verb=self.verb,
            actor=self.by,
            source=Source.of(self.by),
            audience=self.audience,
            message=self.message,
            before=before,
            after=after | self.facts,
            batch=self.batch,
            at=self.at,
        )
        Unread.objects.mark(ticket, self._unread)
        for kind, people, count in self._told:
            write_notices(kind, people, event=self.event, count=count)

    def _refuse_the_wrong_side(self) -> None:
        allowed = self.by is None or self.verb in (SUPPORT_VERBS if self.by.is_staff else OFFICE_VERBS)
        if not allowed:
            raise Refused("این کار برای حساب شما باز نیست.")

    def _refuse_the_emptied(self) -> None:
        """Nothing is added to a ticket whose text is past its time, or it would have to go again; a reply makes a new ticket."""
        if self.ticket.erased_at and self.verb in ("note", "rate", "reopen"):
            raise Refused("متن این تیکت پس از مدت نگهداری پاک شده است؛ این کار دیگر ممکن نیست.")

    def _signature(self) -> dict[str, Any]:
        if self.by is None:
            return {"side": Message.Side.SYSTEM}
        side = Message.Side.SUPPORT if self.by.is_staff else Message.Side.OFFICE
        department = self.ticket.department.name if self.by.is_staff else ""
        return {"side": side, "author": self.by, "author_name": self.by.full_name, "author_department": department}


def send_files(draft: Draft | None, message: Message) -> None:
    """The draft has become this message: its files go along, under the draft's lock, and the draft is gone."""
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first() if draft else None
    if locked:
        uploads = Upload.objects.of_draft(locked)
        states = set(uploads.select_for_update().values_list("state", flat=True))
        if not states.isdisjoint(Upload.UNFINISHED):  # begun since the form came in
            raise Refused(sentence("unfinished"))
        if states:
            uploads.erase()
        Attachment.objects.of_draft(locked).send(message)
        Draft.objects.filter(pk=locked.pk)._raw_delete(locked._state.db)  # Django would look for files once more


def people_of_office(ticket: Ticket, *, but: User | None = None) -> list[User]:
    people: models.QuerySet[User] = User.objects.filter(office_id=ticket.office_id, is_active=True)
    return list(people.exclude(pk=but.pk) if but else people)
