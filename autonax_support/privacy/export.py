"""What the program knows of one person, for the person. Nobody else's national ID stands in it, and no secret of an account.

Internal notes are what experts say among themselves. They go out only where somebody has asked for them by name.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import Any

from announcements.models import Announcement, Receipt
from autonax_support.accounts.models import AuditEntry, AuditVerb, User
from autonax_support.files.models import Upload
from autonax_support.notices.models import Channels, Delivery, Notice
from autonax_support.persian.identity import veil_national_ids
from autonax_support.privacy.bundle import Bundle, bundle_at, moment
from autonax_support.privacy.citizens import drafts_with, said, tickets_with
from tickets.models import CaseReference, Draft, Event, Message, Rating, Ticket


def export_user(user: User, path: Path, *, at: datetime, with_notes: bool = False) -> dict[str, int]:
    """Returns how much of each kind went into the file."""
    with bundle_at(path) as bundle:
        data = {
            "exported": moment(at),
            "profile": _profile(user),
            "tickets": [_ticket(row) for row in Ticket.objects.filter(filed_by=user).order_by("pk").iterator()],
            "messages": [_message(row, bundle) for row in _messages(with_notes, author=user)],
            "ratings": [_rating(row) for row in Rating.objects.filter(rated_by=user).order_by("at")],
            "drafts": [_draft(row, bundle) for row in _drafts(Draft.objects.of(user).order_by("updated_at"), with_notes)],
            "uploads": [_upload(row) for row in Upload.objects.filter(owner=user).order_by("created_at")],
            "announcements": [_announcement(row) for row in Announcement.objects.filter(author=user).order_by("pk")],
            "receipts": [_receipt(row) for row in Receipt.objects.filter(user=user).select_related("announcement").order_by("pk")],
            "channels": [_channels(row) for row in Channels.objects.filter(user=user)],
            "deliveries": [_delivery(row) for row in Delivery.objects.filter(notices__recipient=user).distinct().order_by("pk")],
            "notices": [_notice(row) for row in Notice.objects.filter(recipient=user).order_by("pk")],
            "deeds": [_event(row) for row in Event.objects.filter(actor=user).order_by("pk").iterator()],
            "audit": [_entry(row) for row in AuditEntry.objects.filter(actor=user).order_by("at").iterator()],
        }
        return _finish(bundle, data, at, user=user.pk, **_asked(with_notes))


def export_citizen(number: str, path: Path, *, at: datetime, with_notes: bool = False) -> dict[str, int]:
    """The tickets that carry this national ID or speak of it. Of all IDs this one alone stands in clear."""
    numbers = tickets_with(number, in_notes=with_notes)
    with bundle_at(path) as bundle:
        data = {
            "exported": moment(at),
            "national_id": number,
            "tickets": [
                _ticket(row, number) | _thread(row, number, bundle, with_notes)
                for row in Ticket.objects.filter(pk__in=numbers).order_by("pk")
            ],
            "drafts": [_draft(row, bundle, number) for row in _drafts(drafts_with(number), with_notes)],
        }
        return _finish(bundle, data, at, tickets=numbers, **_asked(with_notes))


def _finish(bundle: Bundle, data: dict[str, Any], at: datetime, **whose: Any) -> dict[str, int]:
    bundle.tell(data)
    counts = {kind: len(rows) for kind, rows in data.items() if isinstance(rows, list)} | {"files": bundle.files}
    AuditEntry.record(AuditVerb.EXPORTED, actor=None, address="", at=at, counts=counts, **whose)
    return counts


def _asked(with_notes: bool) -> dict[str, bool]:
    """For the record."""
    return {"notes": True} if with_notes else {}


def _profile(user: User) -> dict[str, Any]:
    return {
        "id": user.pk,
        "username": user.username,
        "full_name": user.full_name,
        "role": user.role,
        "office": {"code": user.office.code, "title": user.office.title} if user.office else None,
        "departments": list(user.memberships.order_by("pk").values_list("department__name", flat=True)),
        "groups": list(user.groups.order_by("name").values_list("name", flat=True)),
        "email": user.email,
        "mobile": user.mobile,
        "host": {"issuer": user.host_issuer, "subject": user.host_subject} if user.host_issuer else None,
        "is_active": user.is_active,
        "joined": moment(user.date_joined),
        "last_sign_in": moment(user.last_login),
        "anonymised": moment(user.anonymised_at),
    }


def _ticket(ticket: Ticket, number: str = "") -> dict[str, Any]:
    return {
        "number": ticket.pk,
        "subject": veil_national_ids(ticket.subject, but=number),
        "status": ticket.status,
        "tracking_number": ticket.tracking_number,
        "national_id": veil_national_ids(ticket.national_id, but=number),
        "filed": moment(ticket.filed_at),
        "closed": moment(ticket.closed_at),
        "erased": moment(ticket.erased_at),
    }


def _thread(ticket: Ticket, number: str, bundle: Bundle, with_notes: bool) -> dict[str, Any]:
    rating = Rating.objects.filter(ticket=ticket).first()
    return {
        "filed_by": ticket.filed_by_name,
        "references": [_reference(row, number) for row in CaseReference.objects.filter(ticket=ticket)],
        "messages": [_message(row, bundle, number) for row in _messages(with_notes, ticket=ticket)],
        "rating": _rating(rating, number) if rating else None,
    }


def _messages(with_notes: bool, **whose: Any) -> Any:
    return said(with_notes).filter(**whose).order_by("pk").prefetch_related("attachments").iterator(chunk_size=200)


def _drafts(drafts: Iterable[Draft], with_notes: bool) -> list[Draft]:
    return [draft for draft in drafts if with_notes or draft.data.get("kind") != Message.Kind.NOTE]


def _message(message: Message, bundle: Bundle, number: str = "") -> dict[str, Any]:
    return {
        "ticket": message.ticket_id,
        "kind": message.kind,
        "author": message.author_name,
        "body": veil_national_ids(message.body, but=number),
        "written": moment(message.created_at),
        "erased": moment(message.erased_at),
        "files": [bundle.add(file, number) for file in message.attachments.all()],
    }


def _reference(reference: CaseReference, number: str) -> dict[str, Any]:
    known = veil_national_ids(reference.national_id, but=number)
    return {"role": reference.role, "tracking_number": reference.tracking_number, "national_id": known}


def _rating(rating: Rating, number: str = "") -> dict[str, Any]:
    remark = veil_national_ids(rating.remark, but=number)
    return {"ticket": rating.ticket_id, "stars": rating.stars, "remark": remark, "at": moment(rating.at)}


def _draft(draft: Draft, bundle: Bundle, number: str = "") -> dict[str, Any]:
    return {
        "kind": draft.kind,
        "ticket": draft.ticket_id,
        "typed": {name: veil_national_ids(text, but=number) if isinstance(text, str) else text for name, text in draft.data.items()},
        "changed": moment(draft.updated_at),
        "files": [bundle.add(file, number) for file in draft.attachments.all()],
    }


def _upload(upload: Upload) -> dict[str, Any]:
    return {
        "name": veil_national_ids(upload.name),
        "size": upload.size,
        "received": upload.received,
        "state": upload.state,
        "begun": moment(upload.created_at),
    }


def _announcement(announcement: Announcement) -> dict[str, Any]:
    return {"title": announcement.title, "body": announcement.body, "published": moment(announcement.published_at)}


def _receipt(receipt: Receipt) -> dict[str, Any]:
    return {"announcement": receipt.announcement.title, "read": moment(receipt.read_at), "confirmed": moment(receipt.confirmed_at)}


def _notice(notice: Notice) -> dict[str, Any]:
    return {"kind": notice.kind, "ticket": notice.ticket_id, "at": moment(notice.at), "read": moment(notice.read_at)}


def _channels(channels: Channels) -> dict[str, Any]:
    return {"email": channels.email, "sms": channels.sms, "quiet_from": channels.quiet_from, "quiet_until": channels.quiet_until}


def _delivery(delivery: Delivery) -> dict[str, Any]:
    return {"channel": delivery.channel, "to": delivery.target, "state": delivery.state, "sent": moment(delivery.sent_at)}


def _event(event: Event) -> dict[str, Any]:
    return {"ticket": event.ticket_id, "verb": event.verb, "at": moment(event.at)}


def _entry(entry: AuditEntry) -> dict[str, Any]:
    return {"verb": entry.verb, "address": entry.address, "at": moment(entry.at)}
