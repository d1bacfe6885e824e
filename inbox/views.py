from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import AutoField, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from autonax_support.accounts.access import for_office
from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.persian.text import to_persian_digits
from autonax_support.schema.paging import Page
from autonax_support.schema.prepared import Later
from autonax_support.schema.uuids import as_uuid
from inbox.forms import FilterForm, RatingForm, ReplyForm
from inbox.listing import Pager, tab_counts
from inbox.thread import clear_unread, has_news, thread_page
from tickets import drafts
from tickets.clock import until
from tickets.drafts import AlreadySent, Stale, Writing
from tickets.finding import TOO_BROAD, TooBroad, within_time
from tickets.models import ClosedReason, Draft, Message, Refused, Ticket
from tickets.models.found import Found


@for_office
@require_safe
def ticket_list(request: HttpRequest) -> HttpResponse:
    """The office's tickets, newest activity first."""
    form = FilterForm(request.GET)
    page, found = _page(request, form)
    without_tab = {name: text for name, text in form.address.items() if name != "status"}
    context = {
        "form": form,
        "page": page,
        "tab": form.filters.get("status", ""),
        "counts": {} if form.narrows else tab_counts(request.user),
        "found": found,
        "tab_address": f"{urlencode(without_tab)}&" if without_tab else "",
        "filters_address": urlencode(form.address | {"filters": 1}),
        "older": f"?{urlencode(form.address | {'after': page.older})}" if page.older else None,
        "newer": f"?{urlencode(form.address | {'before': page.newer})}" if page.newer else None,
        "is_turned": request.htmx and ("after" in request.GET or "before" in request.GET),
    }
    return render(request, "inbox/list.html", context)


def _page(request: HttpRequest, form: FilterForm) -> tuple[Page, Found | None]:
    """What the list shows, and how many a search has found."""
    keys = {"after": request.GET.get("after", ""), "before": request.GET.get("before", "")}
    if "q" not in form.filters:
        return Pager(request.user, form.filters).page(**keys), None
    try:
        with within_time():
            pager = Pager(request.user, form.filters)
            page = pager.page(**keys)
            return page, pager.found(page) if page.rows else None
    except TooBroad:
        form.add_error("q", TOO_BROAD)
        return Page([]), None


@for_office
@require_safe
def ticket(request: HttpRequest, number: int) -> HttpResponse:
    """The thread. Opening it clears the mark of an unread answer, and its notices."""
    opened = _ticket(request, number)
    now = timezone.now()
    clear_unread(request, opened, now)
    writing = drafts.begin(request.user, Draft.Kind.REPLY, opened, key=as_uuid(request.GET.get("draft", "")))
    return render(request, "inbox/ticket.html", thread_page(request, opened, writing, now))


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: HttpRequest, number: int) -> HttpResponse:
    """The text is kept as the draft first; a form error, a refusal or news shows the thread with it in its box.

    Then this address stands in the browser, and who comes back to it is led to the ticket.
    """
    replied = _ticket(request, number)
    if request.method != "POST":
        return redirect("inbox:ticket", replied.pk)
    writing = drafts.resume(request, Draft.Kind.REPLY, replied)
    form = ReplyForm(request.POST)
    now = timezone.now()
    is_sound = form.is_valid()
    seen = form.cleaned_data["seen"]
    news = has_news(replied, request.user, seen)
    try:
        draft = writing.receive(request, now)
        if "save_draft" in request.POST:
            return drafts.saved(request, writing)
        if is_sound and not writing.file_errors and not news:
            message = replied.reply(by=request.user, at=now, body=form.cleaned_data["body"], key=writing.key, draft=draft)
            writing.confirm(message.created_at, request, now)
            return _replied(request, replied, message)
    except AlreadySent as again:
        return _replied(request, replied, again.message, again.draft)
    except Stale:
        return _asked(request, replied, writing, now)
    except Refused as refusal:
        form.add_error("body", str(refusal))
    writing.drop_if_empty()
    context = thread_page(request, replied, writing, now, reply=form, news_since=seen if news else None)
    return render(request, "inbox/ticket.html", context)


@for_office
@require_POST
def close(request: HttpRequest, number: int) -> HttpResponse:
    """The clerk's «مشکلم حل شد»."""
    closed = _ticket(request, number)
    now = timezone.now()
    try:
        closed.close(by=request.user, at=now, reason=ClosedReason.BY_OFFICE)
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        invitation = " در صورت تمایل به آن امتیاز دهید." if closed.can_be_rated_at(now) else ""
        messages.success(request, f"تیکت {to_persian_digits(closed.pk)} بسته شد.{invitation}")
    return redirect("inbox:ticket", closed.pk)


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, number: int) -> HttpResponse:
    rated = _ticket(request, number)
    if request.method != "POST":
        return redirect("inbox:ticket", rated.pk)
    form = RatingForm(request.POST)
    now = timezone.now()
    if not form.is_valid():
        writing = drafts.begin(request.user, Draft.Kind.REPLY, rated)
        return render(request, "inbox/ticket.html", thread_page(request, rated, writing, now, rating=form))
    try:
        rated.rate(by=request.user, at=now, stars=form.cleaned_data["stars"], remark=form.cleaned_data["remark"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, "امتیاز شما ثبت شد. سپاس از وقتی که گذاشتید. تا ۷ روز پس از بسته شدن تیکت می‌توانید آن را تغییر دهید.")
    return redirect("inbox:ticket", rated.pk)


def _ticket(request: HttpRequest, number: int) -> Ticket:
    found = OPENED.first(request.user, number=number)
    if found is None:
        raise Http404
    return found


def _opened(anyone: Anyone, *, number: Later) -> QuerySet[Ticket]:
    tickets = Ticket.objects.visible_to(anyone).unread_marked(anyone).told_marked(anyone).promise_marked().with_references()
    return tickets.select_related("department", "office", "rating").filter(pk=number)


OPENED = PreparedFor(_opened, number=AutoField())


def _asked(request: HttpRequest, replied: Ticket, writing: Writing, now: datetime) -> HttpResponse:
    """Another page has changed this reply since: the text of this one stands in the box, and the person chooses."""
    form = ReplyForm(initial=drafts.written(writing.kind, request.POST))
    return render(request, "inbox/ticket.html", thread_page(request, replied, writing, now, reply=form), status=409)


def _replied(request: HttpRequest, replied: Ticket, message: Message, changed: Draft | None = None) -> HttpResponse:
    if changed:
        messages.info(request, "این پاسخ پیش‌تر با متن دیگری ثبت شده است. متن جدید پیش‌نویس شد؛ اگر پاسخ دیگری است، «ارسال پاسخ» را بزنید.")
        return redirect(changed)
    if message.ticket_id == replied.pk:
        messages.success(request, f"پاسخ شما ثبت شد. {until(replied.due_at, timezone.now(), '.')}".strip())
    else:
        new, old = to_persian_digits(message.ticket_id), to_persian_digits(replied.pk)
        messages.success(request, f"تیکت {new} در ادامه تیکت {old} ثبت شد.")
    return redirect("inbox:ticket", message.ticket_id)
