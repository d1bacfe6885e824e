"""One citizen's national ID: where it is kept, and taking it out. Whose it was is never written down."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from autonax_support.accounts.models import AuditEntry, AuditVerb
from autonax_support.files.models import Attachment, Upload
from autonax_support.persian.identity import LENGTH, holds_national_id
from autonax_support.persian.text import to_ascii_digits, without_invisibles
from tickets.erasing import carriers, forget_in_draft, forget_national_id, holds_within
from tickets.models import Draft, Message, Rating, SearchDoc, Ticket


def as_national_id(typed: str) -> str:
    """Ten ASCII digits out of any spelling; ValueError for anything else. The check digit is not asked: wrong numbers are stored too."""
    number = to_ascii_digits(without_invisibles(typed)).replace(" ", "").replace("-", "")
    if len(number) != LENGTH or not (number.isascii() and number.isdigit()):
        raise ValueError("not ten digits")
    return number


def tickets_with(number: str, *, in_notes: bool = True) -> list[int]:
    """Their numbers: the ID stands in a field, or somebody typed it into a text; `in_notes`: also where none but a note speaks of it."""
    messages = said(in_notes)
    carried = set(carriers(number).values_list("pk", flat=True))
    return sorted(carried | _typed_into_texts(number, messages) | _typed_elsewhere(number, messages))


def said(in_notes: bool) -> QuerySet[Message]:
    """Everything, or what an office may read of it."""
    return Message.objects.all() if in_notes else Message.objects.without_notes()


def drafts_with(number: str) -> list[Draft]:
    """A handful of rows in any installation: sent ones are gone, old ones are swept."""
    named = {row.draft_id for rows in (Attachment, Upload) for row in _named(rows.objects.filter(draft__isnull=False), number)}
    return [draft for draft in Draft.objects.all() if draft.pk in named or holds_within(draft.data, number)]


def anonymise(number: str, *, at: datetime, with_files: bool = False) -> dict[str, int]:
    """A transaction for each ticket: a run that was cut off simply goes on, and a second one finds nothing more."""
    counts = {"tickets": 0, "texts": 0, "files": 0, "drafts": 0}
    for draft in drafts_with(number):
        forget_in_draft(draft, number)
        counts["drafts"] += 1
    for ticket in tickets_with(number):
        done = forget_national_id(ticket, number, at=at, with_files=with_files)
        counts["tickets"] += 1
        counts["texts"] += done["texts"]
        counts["files"] += done["files"]
        AuditEntry.record(AuditVerb.ANONYMISED, actor=None, address="", at=at, ticket=ticket, counts=done)
    return counts


def _typed_into_texts(number: str, messages: QuerySet[Message]) -> set[int]:
    """By the search rows, which hold every text with its digits in one spelling; then by the texts themselves."""
    parted = f"{number[:3]}-{number[3:9]}-{number[9:]}"
    for_tickets = SearchDoc.objects.matching(number) | SearchDoc.objects.matching(parted)
    found = set(for_tickets.values_list("ticket_id", flat=True))
    subjects = Ticket.objects.filter(pk__in=found).values_list("pk", "subject")
    bodies = messages.filter(ticket__in=found).exclude(body="").values_list("ticket_id", "body")
    return {pk for rows in (subjects, bodies) for pk, text in rows.iterator() if holds_national_id(text, number)}


def _typed_elsewhere(number: str, messages: QuerySet[Message]) -> set[int]:
    """Remarks and names of files are not searched for by anybody, so each of them that has digits is read."""
    remarks = Rating.objects.exclude(remark="").values_list("ticket_id", "remark")
    in_remarks = {pk for pk, text in remarks.iterator() if holds_national_id(text, number)}
    sent = Attachment.objects.filter(message__in=messages).select_related("message")
    return in_remarks | {row.message.ticket_id for row in _named(sent, number)}


def _named(rows: QuerySet[Any], number: str) -> list[Any]:
    return [row for row in rows.filter(name__regex=r"[0-9۰-۹٠-٩]").iterator() if holds_national_id(row.name, number)]
