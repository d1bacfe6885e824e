"""An open ticket of the same case: it is shown before another is filed, and what was typed may go along to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, UUIDField
from django.http import Http404

from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.case import OpenCase
from autonax_support.accounts.models import User
from autonax_support.files.models import Attachment, Upload
from autonax_support.persian.text import to_ascii_digits, to_persian_digits
from autonax_support.schema.prepared import Later
from tickets.case_form import PERSONS, CaseForm, opened
from tickets.models import Draft, Message, Status, Ticket
from tickets.models.draft import SAMPLE_FIELDS
from tickets.writing import discard

NUMBER_DIGITS = 9
NUMBERS = {name: CaseForm.base_fields[name].label for name in ("tracking_number", "national_id", *PERSONS.values())}


def open_ticket(user: User, tracking_number: str, key: UUID) -> Ticket | None:
    """The newest open one that this person may see, but for the one that this very key has filed meanwhile."""
    return OPEN.first(user, tracking_number=tracking_number, key=key) if tracking_number else None


def _open(anyone: Anyone, *, tracking_number: Later, key: Later) -> QuerySet[Ticket]:
    own = Message.objects.filter(ticket=OuterRef("pk"), submission_key=key)
    tickets = Ticket.objects.visible_to(anyone).of_case(tracking_number).exclude(status=Status.CLOSED)
    return tickets.exclude(Exists(own)).order_by("-number")[:1]


OPEN = PreparedFor(_open, tracking_number=CharField(), key=UUIDField())


def ticket_to_add_to(user: User, number: str) -> Ticket:
    is_number = number.isascii() and number.isdigit() and len(number) <= NUMBER_DIGITS
    ticket = Ticket.objects.visible_to(user).filter(pk=number).first() if is_number else None
    if ticket is None:
        raise Http404
    return ticket


def hand_over(draft: Draft, ticket: Ticket, at: datetime, *, case: OpenCase | None = None) -> Draft | None:
    """The text and the files of a filing draft become a reply that waits to be sent; None when there are none."""
    with transaction.atomic():
        locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if locked is None:
            return None
        files, uploads = Attachment.objects.of_draft(locked), Upload.objects.of_draft(locked)
        body = _as_reply(_typed(locked.data, case), ticket)
        if not (body or files.exists() or uploads.exists()):
            discard(locked)
            return None
        of_ticket = {"owner_id": locked.owner_id, "kind": Draft.Kind.REPLY, "ticket": ticket}
        reply = Draft.objects.create(key=uuid4(), data={"body": body} if body else {}, updated_at=at, **of_ticket)
        files.update(draft=reply)
        uploads.update(draft=reply)
        locked.delete()
        return reply


def _typed(data: dict[str, str], case: OpenCase | None) -> dict[str, str]:
    """Without what the launch had filled in, which nobody typed."""
    filled = opened(case) if case and data.get("case_for") == case.tracking_number else {}
    return {name: text for name, text in data.items() if name == "body" or to_ascii_digits(text) != filled.get(name)}


def _as_reply(typed: dict[str, str], ticket: Ticket) -> str:
    """Every word that the ticket does not say yet."""
    known = {ticket.subject, ticket.tracking_number, ticket.national_id, *ticket.referred_numbers}
    new = {name: text for name, text in typed.items() if name == "body" or to_ascii_digits(text) not in known}
    samples = [("نمونه پرونده", " ".join(filter(None, map(typed.get, pair)))) for pair in SAMPLE_FIELDS]
    told = [(label, new.get(name)) for name, label in NUMBERS.items()] + samples
    lines = [f"{label}: {to_persian_digits(text)}" for label, text in told if text]
    return "\n\n".join(filter(None, [new.get("subject"), typed.get("body"), "\n".join(lines)]))
