from __future__ import annotations

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from autonax_support.accounts.access import for_office
from autonax_support.persian.text import to_persian_digits
from tickets import drafts
from tickets.drafts import AlreadySent, Writing
from tickets.forms import FilingForm
from tickets.models import Draft, Refused, Ticket


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """The filing form, and filing."""
    if request.method == "POST":
        return _file(request, drafts.resume(request, Draft.Kind.FILING))
    writing = drafts.begin(request.user, Draft.Kind.FILING, key=drafts.as_uuid(request.GET.get("draft", "")))
    form = FilingForm(initial=writing.draft.data if writing.draft else None)
    return _show(request, writing, form)


@for_office
@require_safe
def draft_list(request: HttpRequest) -> HttpResponse:
    mine = Draft.objects.of(request.user).select_related("ticket").order_by("-updated_at")[:50]
    return render(request, "tickets/drafts.html", {"drafts": mine})


@for_office
@require_http_methods(["GET", "HEAD", "POST"])
def draft(request: HttpRequest, key: UUID) -> HttpResponse:
    """GET leads to the form of the draft, POST with `discard` throws it away."""
    mine = get_object_or_404(Draft.objects.of(request.user), key=key)
    if request.method != "POST" or "discard" not in request.POST:
        return redirect(mine)
    drafts.discard(mine)
    messages.success(request, "پیش‌نویس دور انداخته شد.")
    return redirect("drafts:list")


def _file(request: HttpRequest, writing: Writing) -> HttpResponse:
    sent = writing.sent()
    if sent:
        return _filed_before(request, sent.ticket)
    form = FilingForm(request.POST)
    files, file_errors = writing.take_files(request)
    now = timezone.now()
    try:
        kept = writing.save(request.POST, files, now)
        if "save_draft" in request.POST:
            return _draft_saved(request, kept)
        if not form.is_valid() or file_errors:
            return _show(request, writing, form, file_errors)
        ticket = Ticket.file(
            by=request.user,
            at=now,
            subject=form.cleaned_data["subject"],
            department=form.cleaned_data["department"],
            body=form.cleaned_data["body"],
            case=form.case,
            key=writing.key,
            draft=kept,
        )
    except AlreadySent as again:
        return _filed_before(request, again.message.ticket)
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return _show(request, writing, form, file_errors)
    messages.success(
        request,
        f"تیکت شما با شماره {to_persian_digits(ticket.number)} ثبت شد. تیکت به بخش {ticket.department.name} ارجاع داده شد. "
        "پاسخ را در صندوق پیام می‌بینید.",
    )
    return redirect("inbox:ticket", ticket.pk)


def _filed_before(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    messages.info(request, "این تیکت پیش‌تر ثبت شده است؛ همان تیکت را می‌بینید.")
    return redirect("inbox:ticket", ticket.pk)


def _draft_saved(request: HttpRequest, kept: Draft) -> HttpResponse:
    messages.success(request, "پیش‌نویس ذخیره شد.")
    return redirect(kept)


def _show(request: HttpRequest, writing: Writing, form: FilingForm, file_errors: list[str] | None = None) -> HttpResponse:
    context = {"form": form, "writing": writing, "kept": writing.kept, "file_errors": file_errors or []}
    return render(request, "tickets/new.html", context)
