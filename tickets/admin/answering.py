"""The answer box: an answer to the office, or a note that never leaves the desk."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tickets import canned, drafts
from tickets.admin import offering, page
from tickets.admin.forms import ANSWER, CLOSE, NEXT, AnswerForm
from tickets.admin.leaving import page_of
from tickets.admin.queue import next_ticket, page_url
from tickets.admin.way import END, Way
from tickets.drafts import AlreadySent, Stale, Writing
from tickets.models import ClosedReason, Draft, Message, Refused, Status, Ticket

UNFILLED = "جای {field} در پاسخ آماده خالی مانده است. آن را پر کنید."
EMPTY = "متن پاسخ را بنویسید یا فایلی پیوست کنید."
QUEUE_DONE = "صف شما خالی است. تیکت‌های بدون کارشناس را ببینید."


class NewerMessages(Exception):
    """The thread has grown since the page was opened: nothing is sent before that was seen."""


def answer(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    writing = drafts.resume(request, Draft.Kind.ANSWER, ticket)
    if "discard" in request.POST:
        return _discarded(request, ticket, writing)
    return _prepared(request, ticket, writing, at) if "canned" in request.POST else _received(request, ticket, writing, at)


def _received(request: HttpRequest, ticket: Ticket, writing: Writing, at: datetime) -> HttpResponse:
    form = AnswerForm(request.POST)
    try:
        writing.receive(request, at)
    except AlreadySent as again:
        return _told(request, ticket, again.message, again.draft)
    except Stale:
        return _asked(request, ticket, writing, at)
    if "save_draft" in request.POST:
        return drafts.saved(request, writing, Way.of(request).onto(writing.address))
    if form.is_valid() and not form.cleaned_data["body"] and not writing.kept:
        form.add_error("body", EMPTY)
    _refuse_gaps(form, request, ticket, at)
    if form.errors or writing.file_errors:
        writing.drop_if_empty()
        return page.show(request, ticket, at, writing=writing, answer=form)
    return _sent(request, ticket, form, writing, at)


def _prepared(request: HttpRequest, ticket: Ticket, writing: Writing, at: datetime) -> HttpResponse:
    """A canned reply at the end of the text, or the list of them. All is kept as it is, and nothing is sent."""
    offered = offering.offers(ticket, request.user, at)
    reply = offering.chosen(request, offered)
    if reply:
        request.POST = offering.with_reply(request.POST, reply)
    elif request.POST["canned"] != offering.LIST:
        messages.error(request, offering.GONE)
    try:
        writing.receive(request, at)
    except AlreadySent as again:
        return _told(request, ticket, again.message, again.draft)
    except Stale:
        return _asked(request, ticket, writing, at)
    writing.drop_if_empty()
    form = AnswerForm(initial={"kind": ANSWER} | drafts.written(writing.kind, request.POST))
    return page.show(request, ticket, at, writing=writing, answer=form, **({} if reply else {"canned": offered}))


def _refuse_gaps(form: AnswerForm, request: HttpRequest, ticket: Ticket, at: datetime) -> None:
    """Places of a canned reply that nobody has filled in must not reach the office, nor a colleague."""
    values = canned.values_for(ticket, by=request.user, at=at)
    for field in canned.unfilled(form.cleaned_data.get("body", ""), values):
        form.add_error("body", UNFILLED.format(field=field))


def _asked(request: HttpRequest, ticket: Ticket, writing: Writing, at: datetime) -> HttpResponse:
    """Another page has changed this answer since: the text of this one stands in the box, and the expert chooses."""
    form = AnswerForm(initial=drafts.written(writing.kind, request.POST))
    response = page.show(request, ticket, at, writing=writing, answer=form)
    response.status_code = 409
    return response


def _sent(request: HttpRequest, ticket: Ticket, form: AnswerForm, writing: Writing, at: datetime) -> HttpResponse:
    """What cannot be sent stays in the box, as a draft."""
    stood = Way.of(request).place(ticket)
    try:
        message = _send(request, ticket, form, writing, at)
        writing.confirm(message.created_at, request, at)
        return _told(request, ticket, message, stood=stood)
    except AlreadySent as again:
        return _told(request, ticket, again.message, again.draft)
    except NewerMessages:
        return page.show(request, _as_it_is(request, ticket, at), at, writing=writing, answer=form, conflict=True)
    except Refused as refusal:
        ticket = _as_it_is(request, ticket, at)
        if ticket.is_open or form.is_note:  # else the page itself says that the ticket was closed meanwhile
            form.add_error("body", str(refusal))
        return page.show(request, ticket, at, writing=writing, answer=form)


def _send(request: HttpRequest, ticket: Ticket, form: AnswerForm, writing: Writing, at: datetime) -> Message:
    """Under the ticket's lock, so that of two experts pressing at once the second sees what the first wrote."""
    given = form.cleaned_data
    text = {"by": request.user, "at": at, "body": given["body"], "key": writing.key, "draft": writing.draft}
    with transaction.atomic():
        Ticket.objects.select_for_update().get(pk=ticket.pk)
        sent = Message.submitted(writing.key, request.user)
        if sent:  # by the first click of two; its own message is no news
            return sent
        if _newest(ticket) > _seen(request.POST, ticket):
            raise NewerMessages
        if form.is_note:
            return ticket.note(**text)
        message = ticket.answer(**text, development_done=given["development_done"])
        if given["then"] == CLOSE and ticket.is_open:
            ticket.close(by=request.user, at=at, reason=ClosedReason.GUIDED)
        return message


def _told(
    request: HttpRequest, ticket: Ticket, message: Message, changed: Draft | None = None, *, stood: tuple[Any, ...] | None = None
) -> HttpResponse:
    if changed:
        messages.info(request, "این پاسخ پیش‌تر با متن دیگری فرستاده شده است. متن جدید پیش‌نویس شد؛ اگر پاسخ دیگری است، آن را بفرستید.")
        return redirect(Way.of(request).onto(changed.get_absolute_url()))
    messages.success(request, _said(ticket, message))
    return _onward(request, ticket, stood) if request.POST.get("then") == NEXT else redirect(page_of(request, ticket))


def _said(ticket: Ticket, message: Message) -> str:
    if message.is_note:
        return "یادداشت داخلی ثبت شد."
    return f"پاسخ تیکت {to_persian_digits(ticket.pk)} فرستاده {'و تیکت بسته شد' if ticket.status == Status.CLOSED else 'شد'}."


def _onward(request: HttpRequest, ticket: Ticket, stood: tuple[Any, ...] | None) -> HttpResponse:
    """What the first tab shows first; in another view what came after this ticket, where it stood before it was answered."""
    way = Way.of(request).checked()
    following = way.neighbour(ticket, timezone.now(), place=stood) if way.query else next_ticket(request.user, but=ticket)
    if following:
        return redirect(way.onto(page_url(following)))
    messages.info(request, END if way.query else QUEUE_DONE)
    return redirect(way.back())


def _discarded(request: HttpRequest, ticket: Ticket, writing: Writing) -> HttpResponse:
    if writing.draft:
        drafts.discard(writing.draft)
    messages.success(request, "پیش‌نویس دور انداخته شد.")
    return redirect(page_of(request, ticket))


def _as_it_is(request: HttpRequest, ticket: Ticket, at: datetime) -> Ticket:
    """Read anew: the verb that was refused has left its half-done changes on the object."""
    return page.the_ticket(request.user, ticket.pk, at)


def _newest(ticket: Ticket) -> int:
    said = ticket.messages.exclude(kind=Message.Kind.REASON)
    return said.order_by("-pk").values_list("pk", flat=True).first() or 0


def _seen(post: QueryDict, ticket: Ticket) -> int:
    """The last message the page showed. A form that does not say has seen what there is: it conflicts with nothing."""
    seen = post.get("seen")
    if seen is None:
        return _newest(ticket)
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < 19 else 0
