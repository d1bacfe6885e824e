from __future__ import annotations

from datetime import datetime
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from autonax_support.accounts.access import for_office, wants_json
from autonax_support.accounts.case import case_of
from autonax_support.persian.text import to_persian_digits
from autonax_support.schema.uuids import as_uuid
from tickets import autosave, drafts
from tickets.clock import offers, until
from tickets.drafts import AlreadySent, Stale, Writing
from tickets.forms import FilingForm
from tickets.models import Draft, Message, Refused, Ticket
from tickets.same_case import hand_over, open_ticket, ticket_to_add_to


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The filing form, and filing. The form's key stands in its address, so that Back and reload meet the same draft or its ticket."""
    if request.method == "POST":
        return _file(request, drafts.resume(request, Draft.Kind.FILING))
    key = as_uuid(request.GET.get("draft", ""))
    sent = Message.objects.filter(submission_key=key, author=request.user).select_related("ticket").first() if key else None
    if sent:
        return _filed_before(request, sent.ticket)
    case = case_of(request)
    begun = drafts.begin_case(request.user, case.tracking_number) if case and key is None else None
    writing = begun or drafts.begin(request.user, Draft.Kind.FILING, key=key)
    if writing.key != key:
        return redirect(writing.address)
    return _show(request, writing, FilingForm(initial=writing.draft.data if writing.draft else None, case=case))


@for_office
@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    mine = Draft.objects.reachable_by(request.user).with_file_counts().select_related("ticket").order_by("-updated_at")[:50]
    return render(request, "tickets/drafts.html", {"drafts": mine})


@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """GET leads to the form of the draft. POST with `discard` throws it away; any other POST saves what the form of its token holds."""
    if request.method == "POST" and "discard" not in request.POST:
        writing = drafts.claimed(request, key)
        if writing:
            return autosave.save(request, writing, timezone.now())
        if wants_json(request):
            return autosave.out_of_reach()
    mine = get_object_or_404(Draft.objects.reachable_by(request.user), key=key)
    if request.method != "POST" or "discard" not in request.POST:
        return redirect(mine)
    drafts.discard(mine)
    messages.success(request, "پیش‌نویس دور انداخته شد.")
    return redirect("admin:tickets_ticket_drafts" if request.user.is_staff else "drafts:list")


def _file(request: HttpRequest, writing: Writing) -> HttpResponse:
    case = case_of(request)
    form = FilingForm(request.POST, case=case)
    now = timezone.now()
    try:
        draft = writing.receive(request, now)
        if form.lost_its_case or form.has_strays or not BESIDE.isdisjoint(request.POST):
            return _do_beside(request, writing, now)
        if not form.is_valid() or writing.file_errors or _is_held_back(request, writing, form):
            return _show(request, writing, form)
        ticket = Ticket.file(by=request.user, at=now, key=writing.key, draft=draft, **form.ticket)
        writing.confirm(ticket.filed_at, request, now)
    except AlreadySent as again:
        return _filed_before(request, again.message.ticket, again.draft)
    except Stale:
        return _show(request, writing, FilingForm(initial=drafts.written(writing.kind, request.POST), case=case), status=409)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, writing, form)
    messages.success(
        request,
        f"تیکت شما با شماره {to_persian_digits(ticket.number)} ثبت شد. تیکت به بخش {ticket.department.name} ارجاع داده شد. "
        f"{until(ticket.due_at, now, '؛ ')}پاسخ را در صندوق پیام می‌بینید.",
    )
    return redirect("inbox:ticket", ticket.pk)


BESIDE = frozenset({"save_draft", "add_to", "change_case"})


def _do_beside(request: HttpRequest, writing: Writing, at: datetime) -> HttpResponse:
    """The buttons of the form that do not file, and a page whose case is not what it was any more; what was typed is stored already."""
    if "save_draft" in request.POST:
        return drafts.saved(request, writing)
    if "add_to" in request.POST:
        return _add_to(request, writing.draft, at)
    form = FilingForm(initial=writing.draft.data, case=case_of(request))
    if "change_case" in request.POST:
        form.unlocked_at(request.POST["change_case"])
    return _show(request, writing, form)


def _is_held_back(request: HttpRequest, writing: Writing, form: FilingForm) -> bool:
    """An open ticket of the same case is shown first. It is a notice and no rule: two who file at once both do."""
    given = form.cleaned_data
    form.same_case = None if given["file_anyway"] else open_ticket(request.user, given["tracking_number"], writing.key)
    if form.same_case:
        form.add_error("file_anyway", "اگر مشکل دیگری است، این گزینه را علامت بزنید و دوباره «ثبت تیکت» را بزنید.")
    return form.same_case is not None


def _add_to(request: HttpRequest, draft: Draft, at: datetime) -> HttpResponse:
    """Nothing is sent: text and files wait in the reply box of that ticket."""
    ticket = ticket_to_add_to(request.user, request.POST["add_to"])
    reply = hand_over(draft, ticket, at, case=case_of(request))
    return redirect(reply or f"{reverse('inbox:ticket', args=[ticket.pk])}#reply")


def _empty_form() -> str:
    return f"{reverse('tickets:new')}?draft={uuid4()}"


def _filed_before(request: HttpRequest, ticket: Ticket, changed: Draft | None = None) -> HttpResponse:
    """The same key again: the ticket it made; what this form says beyond it waits in a form of its own."""
    if changed is None:
        messages.info(request, "این تیکت پیش‌تر ثبت شده است؛ همان تیکت را می‌بینید.")
        return redirect("inbox:ticket", ticket.pk)
    number = to_persian_digits(ticket.pk)
    messages.info(
        request, f"تیکت {number} پیش‌تر با متن دیگری ثبت شده است. این متن پیش‌نویس شد؛ اگر تیکت جداگانه‌ای است، «ثبت تیکت» را بزنید."
    )
    return redirect(changed)


def _show(request: HttpRequest, writing: Writing, form: FilingForm, status: int = 200) -> HttpResponse:
    if form.is_bound:
        writing.drop_if_empty()
    if not form.is_bound and form.launched:
        form.same_case = open_ticket(request.user, form.typed_number, writing.key)
    context = {
        "form": form,
        "offers": offers(form.departments, timezone.now()),
        "writing": writing,
        "kept": writing.kept,
        "file_errors": writing.file_errors,
        "empty": _empty_form() if writing.is_restored or form.other_case else "",
        "now": timezone.now(),
    }
    return render(request, "tickets/new.html", context, status=status)
