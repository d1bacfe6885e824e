"""The thread as it is shown: messages and events in one order, the order of the events, which is that of the row's lock."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cached_property

from django.db.models import AutoField, QuerySet
from django.utils.dateparse import parse_datetime

from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.models import User
from autonax_support.files.models import Attachment
from autonax_support.persian.calendar import numeric
from autonax_support.schema.prepared import Later
from tickets.models import ClosedReason, Department, Event, Message, Ticket

CAUSES = {"holiday": "تعطیل رسمی", "closure": "تعطیلی موردی", "opening": "روز کاری موردی", "hours": "تغییر ساعت کاری"}
SPOKEN = frozenset({"file", "reply", "answer", "note"})


@dataclass
class Entry:
    """A message block, or a thin line that tells what was done."""

    event: Event
    message: Message | None
    names: Names
    is_new: bool = False
    attachments: list[Attachment] = field(default_factory=list)

    @property
    def is_message(self) -> bool:
        return self.event.verb in SPOKEN

    @property
    def verb(self) -> str:
        return self.event.verb

    @property
    def who(self) -> str:
        return self.event.actor.full_name if self.event.actor else "سامانه"

    @property
    def reason(self) -> str:
        return self.message.body if self.message else ""

    @property
    def from_department(self) -> str:
        return self.names.department(self.event.before.get("department_id"))

    @property
    def to_department(self) -> str:
        return self.names.department(self.event.after.get("department_id"))

    @property
    def from_person(self) -> str:
        return self.names.person(self.event.before.get("assignee_id"))

    @property
    def to_person(self) -> str:
        return self.names.person(self.event.after.get("assignee_id"))

    @property
    def promised_before(self) -> datetime | None:
        return _moment(self.event.before.get("promised_at"))

    @property
    def promised(self) -> datetime | None:
        return _moment(self.event.after.get("promised_at"))

    @property
    def due_before(self) -> datetime | None:
        return _moment(self.event.before.get("due_at"))

    @property
    def due(self) -> datetime | None:
        return _moment(self.event.after.get("due_at"))

    @property
    def cause(self) -> str:
        return cause_of(self.event)

    @property
    def closed_reason(self) -> str:
        code = self.event.after.get("closed_reason")
        return ClosedReason(code).label if code in ClosedReason.values else ""

    @property
    def closed_by_office(self) -> bool:
        return self.event.after.get("closed_reason") == ClosedReason.BY_OFFICE

    @property
    def closed_by_itself(self) -> bool:
        return self.event.after.get("closed_reason") == ClosedReason.QUIET

    @property
    def closes(self) -> datetime:
        return closes_at(self.event)

    @property
    def other_ticket(self) -> int | None:
        return self.event.after.get("ticket")

    @property
    def continued_ticket(self) -> int | None:
        return self.event.after.get("continues")

    @property
    def stars(self) -> int | None:
        return self.event.after.get("stars")

    @property
    def file_name(self) -> str:
        return self.names.file(self.event.after.get("file"))

    @property
    def undone(self) -> str:
        return self.event.after.get("undone", "")


def closes_at(event: Event) -> datetime:
    """When a ticket closes of whose quiet its office was told."""
    return event.at + timedelta(days=event.after["days"])


def cause_of(event: Event) -> str:
    """Why the calendar has moved a due time: «تعطیل رسمی ۱۴۰۵/۰۹/۰۷»."""
    cause, day = CAUSES.get(event.after.get("cause"), ""), event.after.get("day")
    return f"{cause} {numeric(date.fromisoformat(day))}" if day else cause


class Names:
    """What events point to by id. Departments and people take one query each, and only when a line asks; the files are at hand."""

    def __init__(self, events: Iterable[Event], departments: list[Department] | None, files: Iterable[Attachment]) -> None:
        self._files = {str(file.pk): file.name for file in files if not file.erased_at}
        if departments is not None:
            self._departments = {department.pk: department.name for department in departments}
        self.person_ids = {state["assignee_id"] for event in events for state in (event.before, event.after) if state.get("assignee_id")}

    @cached_property
    def _departments(self) -> dict[int, str]:
        return dict(Department.objects.values_list("pk", "name"))

    @cached_property
    def _people(self) -> dict[int, str]:
        return dict(User.objects.filter(pk__in=self.person_ids).values_list("pk", "full_name"))

    def know(self, people: Iterable[User]) -> None:
        """All of `person_ids`, read together with something else."""
        self.__dict__["_people"] = {person.pk: person.full_name for person in people}

    def department(self, pk: int | None) -> str:
        return self._departments.get(pk, "") if pk else ""

    def file(self, pk: str | None) -> str:
        return self._files.get(pk, "") if pk else ""

    def person(self, pk: int | None) -> str:
        return self._people.get(pk, "") if pk else ""


def timeline(ticket: Ticket, user: User, departments: list[Department] | None = None) -> list[Entry]:
    """Oldest first. Three queries, and one more for each kind of name the lines need (none for departments already at hand)."""
    events = EVENTS.all(user, ticket=ticket.pk)
    messages = {message.pk: message for message in MESSAGES.all(user, ticket=ticket.pk)}
    files: dict[int, list[Attachment]] = {}
    attachments = FILES.all(user, ticket=ticket.pk)
    for file in attachments:
        files.setdefault(file.message_id, []).append(file)
    return list(_entries(events, messages, files, Names(events, departments, attachments)))


def _events(anyone: Anyone, *, ticket: Later) -> QuerySet[Event]:
    return Event.objects.visible_to(anyone).filter(ticket=ticket).select_related("actor").order_by("id")


def _messages(anyone: Anyone, *, ticket: Later) -> QuerySet[Message]:
    return Message.objects.visible_to(anyone).filter(ticket=ticket)


def _files(anyone: Anyone, *, ticket: Later) -> QuerySet[Attachment]:
    return Attachment.objects.visible_to(anyone).filter(message__ticket=ticket).order_by("position", "pk")


EVENTS, MESSAGES, FILES = (PreparedFor(write, ticket=AutoField()) for write in (_events, _messages, _files))


def mark_new(entries: list[Entry]) -> Entry | None:
    """Marks the first answer after the office last spoke, where an unread thread opens."""
    new = None
    for entry in reversed(entries):
        if entry.is_message and not entry.message.is_from_support:
            break
        if entry.is_message or entry.verb in ("transfer", "develop", "close"):
            new = entry
    if new:
        new.is_new = True
    return new


def last_message_id(entries: list[Entry]) -> int:
    return max((entry.message.pk for entry in entries if entry.is_message), default=0)


def _entries(events: list[Event], messages: dict[int, Message], files: dict[int, list[Attachment]], names: Names) -> Iterator[Entry]:
    for event in events:
        message = messages.get(event.message_id)
        if event.verb in SPOKEN and message is None:
            continue  # a note, to a clerk: its event is hidden too, this is the second door
        yield Entry(event, message, names, attachments=files.get(event.message_id, []))


def _moment(text: str | None) -> datetime | None:
    return parse_datetime(text) if text else None
