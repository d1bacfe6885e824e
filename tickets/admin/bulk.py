"""The bulk work of the queue: what was ticked, what the verb asks for, what became of it, and the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from autonax_support.accounts.models import User
from autonax_support.persian.calendar import tehran
from autonax_support.schema.uuids import as_uuid
from tickets import bulk as work
from tickets.admin.bulk_forms import BulkAssign, BulkClose, BulkDevelop, BulkPrioritise, BulkTransfer
from tickets.admin.outcome import Outcome
from tickets.admin.picking import Picked
from tickets.admin.queue import queue_url
from tickets.models import Batch, Department, Ticket
from tickets.models.department import DepartmentQuerySet

NONE = "نخست یک یا چند تیکت را انتخاب کنید."
NO_VERB = "کاری انتخاب نشد. یکی از دکمه‌های زیر فهرست را بزنید."
WRONG_FILTER = "یکی از فیلترهای این نما درست نیست و تیکتی تغییر نکرد. فیلتر را اصلاح کنید و دوباره انتخاب کنید."
BATCH = "batch"


@dataclass(frozen=True)
class Verb:
    """`name` is the button's and the one of Batch.verb; `needs` says whether it asks for more than which tickets."""

    code: str
    name: str
    title: str
    button: str
    icon: str
    needs: bool = True


VERBS = {
    verb.code: verb
    for verb in (
        Verb("take", "assign", "واگذاری به من", "واگذاری", "user", needs=False),
        Verb("assign", "assign", "واگذاری به همکار", "واگذاری", "users"),
        Verb("release", "assign", "برداشتن کارشناس مسئول", "برداشتن کارشناس مسئول", "x", needs=False),
        Verb("transfer", "transfer", "ارجاع به بخش دیگر", "ارجاع", "transfer"),
        Verb("prioritise", "prioritise", "اولویت", "تغییر اولویت", ""),
        Verb("develop", "develop", "در دست توسعه", "ثبت موعد", "dev"),
        Verb("close", "close", "بستن تیکت", "بستن تیکت", "check"),
    )
}


def bulk(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    at = timezone.now()
    picked, verb = Picked.by(request.POST, request.user, at), VERBS.get(request.POST.get("verb", ""))
    if not picked.numbers or verb is None:
        messages.error(request, WRONG_FILTER if picked.is_wrong else NO_VERB if picked.numbers else NONE)
        return redirect(f"{queue_url()}{picked.back}")
    is_confirmed = "confirmed" in request.POST or not (verb.needs or picked.is_whole)
    form = _form(request, verb, picked, at, is_bound=is_confirmed)
    if is_confirmed and (form is None or form.is_valid()):
        return _begun(request, verb, picked, form.asked if form else _asked(verb, request.user), at)
    return _ask(request, verb, picked, form)


def batch(request: HttpRequest, key: UUID) -> HttpResponse:
    """How far it is, and in the end what became of it. A POST goes on with one that was given up."""
    found, at = get_object_or_404(Batch.objects.of(request.user), pk=key), timezone.now()
    if request.method == "POST":
        work.go_on(found, at=at)
        return _shown(found)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    outcome = Outcome(found, at)
    context = {"outcome": outcome, "title": "کار گروهی", "address": request.path}
    if request.htmx:
        return render(request, "desk/_batch.html", context)
    return render(request, "admin/tickets/ticket/batch.html", admin.site.each_context(request) | context)


def undo_batch(request: HttpRequest, key: UUID) -> HttpResponse:
    found = get_object_or_404(Batch.objects.of(request.user), pk=key)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    work.undo(found, at=timezone.now())
    return _shown(Batch.objects.get(pk=key))


def outcome_of(request: HttpRequest, at: datetime) -> Outcome | None:
    """What the queue tells of a work just done."""
    key = as_uuid(request.GET.get(BATCH, ""))
    found = Batch.objects.of(request.user).filter(pk=key).first() if key else None
    return Outcome(found, at) if found else None


def _form(request: HttpRequest, verb: Verb, picked: Picked, at: datetime, *, is_bound: bool) -> forms.Form | None:
    if not verb.needs:
        return None
    data = request.POST if is_bound else None
    match verb.name:
        case "assign":
            return BulkAssign(data, experts=list(_departments(picked, request.user).experts()))
        case "transfer":
            here = list(_departments(picked, request.user))
            others = [row for row in Department.objects.accepting() if here != [row]]
            return BulkTransfer(data, departments=others)
        case "prioritise":
            return BulkPrioritise(data)
        case "develop":
            return BulkDevelop(data, today=tehran(at).date())
    return BulkClose(data)


def _departments(picked: Picked, user: User) -> DepartmentQuerySet:
    """In which the tickets stand that this person may see."""
    tickets = Ticket.objects.visible_to(user).filter(pk__in=picked.numbers)
    return Department.objects.filter(pk__in=tickets.order_by().values("department"))


def _asked(verb: Verb, user: User) -> dict[str, Any]:
    return {"assignee": user.pk if verb.code == "take" else None}


def _begun(request: HttpRequest, verb: Verb, picked: Picked, asked: dict[str, Any], at: datetime) -> HttpResponse:
    """The key of the form and what it says make the key of the batch: a form sent twice is one work, and on a page gone back to another."""
    said = f"{request.user.pk} {verb.name} {sorted(asked.items())} {picked.numbers}"
    key = uuid5(as_uuid(request.POST.get("submission_key", "")) or uuid4(), said)
    return _shown(work.begin(key, by=request.user, verb=verb.name, asked=asked, numbers=picked.numbers, back=picked.back, at=at))


def _shown(found: Batch) -> HttpResponse:
    if found.is_running:
        return redirect("admin:tickets_ticket_batch", found.pk)
    return redirect(f"{queue_url()}{found.back}&{BATCH}={found.pk}")


def _ask(request: HttpRequest, verb: Verb, picked: Picked, form: forms.Form | None) -> HttpResponse:
    context = {
        "title": verb.title,
        "verb": verb,
        "picked": picked,
        "numbers": "-".join(map(str, picked.numbers)),
        "count": len(picked.numbers),
        "form": form,
        "most": work.MOST,
        "submission_key": as_uuid(request.POST.get("submission_key", "")) or uuid4(),
        "queue": f"{queue_url()}{picked.back}",
    }
    return render(request, "admin/tickets/ticket/bulk.html", admin.site.each_context(request) | context)
