"""What the page of one ticket shows."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from autonax_support.accounts.access import opened_by_a_person
from autonax_support.accounts.models import User
from inbox.forms import RatingForm, ReplyForm
from tickets.clock import clock_of
from tickets.drafts import Writing
from tickets.models import Message, Rating, Ticket, Unread
from tickets.notices import read_notices
from tickets.timeline import Entry, last_message_id, mark_new, timeline


def thread_page(
    request: HttpRequest,
    ticket: Ticket,
    writing: Writing,
    at: datetime,
    *,
    reply: ReplyForm | None = None,
    rating: RatingForm | None = None,
    news_since: int | None = None,
) -> dict[str, Any]:
    """`news_since`: messages with a larger id are new to the person, who was kept from sending past them."""
    entries = timeline(ticket, request.user)
    if news_since is not None:
        mark_after(entries, news_since)
    elif ticket.is_unread:
        mark_new(entries)
    reply = reply or ReplyForm(initial=writing.draft.data if writing.draft else None)
    if reply.errors or writing.file_errors or writing.is_conflict:
        reply.fields["body"].widget.attrs["autofocus"] = True  # the box stands far below the fold, and a script may be missing
    return {
        "ticket": ticket,
        "references": ticket.referred,
        "entries": entries,
        "writing": writing,
        "kept": writing.kept,
        "reply": reply,
        "rating": (rating or rating_form(given_rating(ticket))) if ticket.can_be_rated_at(at) else None,
        "given": given_rating(ticket),
        "file_errors": writing.file_errors,
        "news": news_since is not None,
        "seen": last_message_id(entries),
        "case_url": ticket.case_url,
        "reopens": ticket.reopens_at(at),
        "reopen_days": settings.REOPEN_DAYS,
        "clock": clock_of(ticket, at),
        "now": at,
    }


def clear_unread(request: HttpRequest, ticket: Ticket, at: datetime) -> None:
    """A person who opens the thread has read it and what the bell says of it; a browser that guesses the next click, or a HEAD, has not."""
    if not opened_by_a_person(request):
        return
    if ticket.is_unread:
        Unread.objects.filter(user=request.user, ticket=ticket).delete()
    if ticket.is_told:
        read_notices(ticket, by=request.user, at=at)


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
