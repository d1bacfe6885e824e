"""What the page of one ticket shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from autonax_support.accounts.models import User
from inbox.forms import RatingForm, ReplyForm
from tickets.drafts import Writing
from tickets.models import Message, Rating, Ticket, Unread
from tickets.timeline import Entry, last_message_id, mark_new, timeline


def thread_page(
    request: HttpRequest,
    ticket: Ticket,
    writing: Writing,
    at: datetime,
    *,
    reply: ReplyForm | None = None,
    rating: RatingForm | None = None,
    file_errors: Iterable[str] = (),
    news_since: int | None = None,
) -> dict[str, Any]:
    """`news_since`: messages with a larger id are new to the person, who was kept from sending past them."""
    entries = timeline(ticket, request.user)
    if news_since is not None:
        mark_after(entries, news_since)
    elif ticket.is_unread:
        mark_new(entries)
    reply = reply or ReplyForm(initial=writing.draft.data if writing.draft else None)
    if reply.errors or file_errors:
        reply.fields["body"].widget.attrs["autofocus"] = True  # the box stands far below the fold, and a script may be missing
    return {
        "ticket": ticket,
        "entries": entries,
        "writing": writing,
        "kept": writing.kept,
        "reply": reply,
        "rating": (rating or rating_form(given_rating(ticket))) if ticket.can_be_rated_at(at) else None,
        "given": given_rating(ticket),
        "file_errors": file_errors,
        "news": news_since is not None,
        "seen": last_message_id(entries),
        "case_url": case_url(ticket),
        "reopens": ticket.reopens_at(at),
        "reopen_days": settings.REOPEN_DAYS,
    }


def clear_unread(request: HttpRequest, ticket: Ticket) -> None:
    """A person who opens the thread has read it; a browser that guesses the next click, or a HEAD, has not."""
    purpose = request.headers.get("Sec-Purpose", "") + request.headers.get("Purpose", "") + request.headers.get("X-Moz", "")
    if ticket.is_unread and request.method == "GET" and "prefetch" not in purpose.lower():
        Unread.objects.filter(user=request.user, ticket=ticket).delete()


def has_news(ticket: Ticket, user: User, seen: int | None) -> bool:
    """Whether somebody else wrote since the page was made; a sender who does not say what was seen is not stopped."""
    if seen is None:
        return False
    newer = Message.objects.visible_to(user).filter(ticket=ticket, pk__gt=seen)
    return newer.exclude(kind=Message.Kind.REASON).exclude(author=user).exists()


def mark_after(entries: list[Entry], seen: int) -> None:
    first = next((entry for entry in entries if entry.is_message and entry.message.pk > seen), None)
    if first:
        first.is_new = True


def given_rating(ticket: Ticket) -> Rating | None:
    return getattr(ticket, "rating", None)


def rating_form(given: Rating | None) -> RatingForm:
    """No star is chosen until the office has chosen one."""
    return RatingForm(initial={"stars": given.stars, "remark": given.remark} if given else None)


def case_url(ticket: Ticket) -> str:
    """The host's page of the case; nothing but digits goes into the address."""
    number = ticket.tracking_number
    if not (settings.HOST_CASE_URL and number.isascii() and number.isdigit()):
        return ""
    return settings.HOST_CASE_URL.replace("{tracking_number}", number)
