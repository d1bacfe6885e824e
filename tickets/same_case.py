"""An open ticket of the same case: it is shown before another is filed, and what was typed may go along to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import CharField, Exists, OuterRef, QuerySet, UUIDField
from django.http import Http404

from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.models import User
from autonax_support.files.models import Attachment, Upload
from autonax_support.persian.text import to_persian_digits
from autonax_support.schema.prepared import Later
from tickets.models import Draft, Message, Status, Ticket
from tickets.models.draft import SAMPLE_FIELDS
from tickets.writing import discard

NUMBER_DIGITS = 9


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


def hand_over(draft: Draft, ticket: Ticket, at: datetime) -> Draft | None:
    """The text and the files of a filing draft become a reply that waits to be sent; None when there are none."""
    with transaction.atomic():
        locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if locked is None:
            return None
        files, uploads = Attachment.objects.of_draft(locked), Upload.objects.of_draft(locked)
        body = _as_reply(locked.data, ticket)
        if not (body or files.exists() or uploads.exists()):
            discard(locked)
            return None
        of_ticket = {"owner_id": locked.owner_id, "kind": Draft.Kind.REPLY, "ticket": ticket}
        reply = Draft.objects.create(key=uuid4(), data={"body": body} if body else {}, updated_at=at, **of_ticket)
        files.update(draft=reply)
        uploads.update(draft=reply)
        locked.delete()
        return reply


def _as_reply(data: dict[str, str], ticket: Ticket) -> str:
    """The body, and what was typed around it that the ticket does not say yet."""
    body, subject = data.get("body", ""), data.get("subject", "")
    samples = [" ".join(filter(None, (data.get(name) for name in pair))) for pair in SAMPLE_FIELDS]
    lines = [f"نمونه پرونده: {to_persian_digits(sample)}" for sample in samples if sample]
    if not (body or lines):
        return ""
    parts = [subject if subject != ticket.subject else "", body, "\n".join(lines)]
    return "\n\n".join(filter(None, parts))
