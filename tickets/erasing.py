"""Emptying what a ticket says. The ticket itself, its thread and its history stay: they hold ids, codes, names and times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q

from autonax_support.files.models import Attachment, Upload
from autonax_support.persian.identity import HIDDEN, hide_national_id, holds_national_id
from tickets.models import CaseReference, Draft, Message, Rating, SearchDoc, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.search import index_messages_again, index_tickets_again

EMPTIED_SUBJECT = "متن این تیکت پس از مدت نگهداری پاک شده است"


@transaction.atomic
def empty_closed(numbers: Iterable[int], *, closed_before: datetime, at: datetime) -> dict[str, int]:
    """Texts, national IDs and files of these tickets, as far as they are still closed and not yet empty.

    A draft stays: somebody may be writing it at this moment, and DRAFT_DAYS after the last word it goes by itself.
    """
    rows = Ticket.objects.filter(pk__in=list(numbers), closed_at__lt=closed_before, erased_at=None)
    tickets = list(rows.select_for_update(of=("self",)).order_by("pk"))
    of_these = {"ticket__in": tickets}
    SearchDoc.objects.filter(**of_these).delete()
    files = Attachment.objects.filter(message__ticket__in=tickets).erase(at)
    messages = Message.objects.filter(**of_these, erased_at=None).exclude(body="").update(body="", erased_at=at)
    Rating.objects.filter(**of_these).exclude(remark="").update(remark="")
    references = CaseReference.objects.filter(**of_these)
    references.filter(tracking_number="").delete()  # nothing would be left of them
    references.exclude(national_id="").update(national_id="")
    Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).update(subject=EMPTIED_SUBJECT, national_id="", erased_at=at)
    index_tickets_again(Ticket.objects.filter(pk__in=[ticket.pk for ticket in tickets]).select_related("office"))
    return {"tickets": len(tickets), "messages": messages, "files": files}


@transaction.atomic
def forget_national_id(number: int, national_id: str, *, at: datetime, with_files: bool = False) -> dict[str, int]:
    """Takes one person's ID out of one ticket: out of its fields, and hidden wherever somebody typed it."""
    ticket = Ticket.objects.select_for_update().get(pk=number)
    carries = carriers(national_id).filter(pk=number).exists()
    files = Attachment.objects.filter(message__ticket=ticket)
    erased = files.erase(at) if with_files and carries else 0
    changed = _hide_in_ticket(ticket, national_id)
    messages = _hide_in_messages(ticket, national_id)
    changed += len(messages) + _hide_in(Rating.objects.filter(ticket=ticket), "remark", national_id)
    changed += _hide_in(files, "name", national_id)
    references = CaseReference.objects.filter(ticket=ticket, national_id=national_id)
    references.filter(tracking_number="").delete()
    references.update(national_id="")
    index_tickets_again([ticket])
    index_messages_again(messages)
    return {"texts": changed, "files": erased}


@transaction.atomic
def forget_in_draft(draft: Draft, national_id: str) -> None:
    """A page on which this draft stands open is told of a newer version, and does not put the number back unseen."""
    locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
    if locked is None:
        return
    data = _hidden_within(locked.data, national_id)
    Draft.objects.filter(pk=locked.pk).update(data=data, version=F("version") + 1, page=None)
    _hide_in(Attachment.objects.filter(draft=locked), "name", national_id)
    _hide_in(Upload.objects.filter(draft=locked), "name", national_id)


def carriers(national_id: str) -> TicketQuerySet:
    """Tickets that have this ID in a field of theirs."""
    of_references = CaseReference.objects.filter(national_id=national_id).values("ticket_id")
    return Ticket.objects.filter(Q(national_id=national_id) | Q(pk__in=of_references))


def holds_within(value: Any, national_id: str) -> bool:
    return any(holds_national_id(text, national_id) for text in _texts(value))


def _hide_in_ticket(ticket: Ticket, national_id: str) -> int:
    subject = hide_national_id(ticket.subject, national_id)
    own = "" if ticket.national_id == national_id else ticket.national_id
    changed = (subject, own) != (ticket.subject, ticket.national_id)
    ticket.subject, ticket.national_id = subject, own
    if changed:
        ticket.save(update_fields=["subject", "national_id"])
    return int(changed)


def _hide_in_messages(ticket: Ticket, national_id: str) -> list[Message]:
    found = [row for row in ticket.messages.select_related("ticket") if holds_national_id(row.body, national_id)]
    for message in found:
        message.body = hide_national_id(message.body, national_id)
    Message.objects.bulk_update(found, ["body"])
    return found


def _hide_in(rows: Any, field: str, national_id: str) -> int:
    found = [row for row in rows if holds_national_id(getattr(row, field), national_id)]
    for row in found:
        setattr(row, field, hide_national_id(getattr(row, field), national_id))
        row.save(update_fields=[field])
    return len(found)


def _hidden_within(value: Any, national_id: str) -> Any:
    if isinstance(value, dict):
        return {key: _hidden_within(item, national_id) for key, item in value.items()}
    if isinstance(value, list):
        return [_hidden_within(item, national_id) for item in value]
    if not isinstance(value, str):
        return value
    hidden = hide_national_id(value, national_id)
    return "" if hidden == HIDDEN else hidden  # a field of a form that held nothing else


def _texts(value: Any) -> list[str]:
    if isinstance(value, dict | list):
        return [text for item in (value.values() if isinstance(value, dict) else value) for text in _texts(item)]
    return [value] if isinstance(value, str) else []
