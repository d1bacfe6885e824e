"""The verbs of the side panel: a POST each. What is refused stands again in its form, with the reason typed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry, AuditVerb
from autonax_support.accounts.onward import client_address
from autonax_support.persian.calendar import numeric
from autonax_support.persian.text import to_persian_digits
from tickets.admin.forms import AssignForm, CloseForm, DevelopForm, PrioritiseForm, TransferForm
from tickets.admin.leaving import after_verb, page_of, refused
from tickets.admin.page import on_ticket, other_departments, show, the_ticket
from tickets.models import Department, Refused, Ticket


@on_ticket
def transfer(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    form = TransferForm(request.POST, departments=other_departments(ticket, list(Department.objects.all())))
    if not _done(form, lambda given: ticket.transfer(by=request.user, at=at, to=given["department"], reason=given["reason"])):
        return _again(request, ticket, at, transfer=form)
    return after_verb(request, ticket, f"تیکت {_number(ticket)} به بخش {ticket.department.name} ارجاع داده شد.")


@on_ticket
def assign(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    form = AssignForm(request.POST, ticket=ticket, experts=list(ticket.department.experts()))
    if not _done(form, lambda given: ticket.assign(by=request.user, at=at, to=given["assignee"])):
        return _again(request, ticket, at, assign=form)
    told = f"به {ticket.assignee.full_name} واگذار شد" if ticket.assignee else "بدون کارشناس شد"
    return after_verb(request, ticket, f"تیکت {_number(ticket)} {told}.")


@on_ticket
def prioritise(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    form = PrioritiseForm(request.POST)
    if not _done(form, lambda given: ticket.prioritise(by=request.user, at=at, priority=given["priority"])):
        return _again(request, ticket, at, prioritise=form)
    return after_verb(request, ticket, f"اولویت تیکت {_number(ticket)}: {ticket.get_priority_display()}.")


@on_ticket
def develop(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    form = DevelopForm(request.POST, ticket=ticket)
    if not _done(form, lambda given: ticket.develop(by=request.user, at=at, promised=given["promised"], reason=given["reason"])):
        return _again(request, ticket, at, develop=form)
    return after_verb(request, ticket, f"تیکت {_number(ticket)} در دست توسعه است؛ موعد رفع مشکل {numeric(ticket.promised_at)}.")


@on_ticket
def close(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    form = CloseForm(request.POST)
    if not _done(form, lambda given: ticket.close(by=request.user, at=at, reason=given["reason"], remark=given["remark"])):
        return _again(request, ticket, at, close=form)
    return after_verb(request, ticket, f"تیکت {_number(ticket)} بسته شد.")


@on_ticket
def reopen(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    try:
        ticket.reopen(by=request.user, at=at)
    except Refused as refusal:
        return refused(request, ticket, str(refusal))
    return after_verb(request, ticket, f"تیکت {_number(ticket)} دوباره باز شد.")


@on_ticket
def reveal(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    """Recorded twice: with the ticket for ever, and with the address for as long as the audit is kept."""
    if not ticket.is_revealed:
        with transaction.atomic():
            ticket.reveal(by=request.user, at=at)
            AuditEntry.record(AuditVerb.REVEAL, actor=request.user, address=client_address(request), at=at, ticket=ticket.pk)
    return redirect(page_of(request, ticket))


def undo(request: HttpRequest, number: int) -> HttpResponse:
    """Also of a ticket that one's own transfer has just taken out of sight."""
    at = timezone.now()
    ticket = get_object_or_404(Ticket.objects.undoable_by(request.user, at), pk=number)
    if request.method != "POST":
        return HttpResponseNotAllowed(["POST"])
    try:
        ticket.undo(by=request.user, at=at)
    except Refused as refusal:
        return refused(request, ticket, str(refusal))
    return after_verb(request, ticket, f"تیکت {_number(ticket)} به حالت قبل برگشت.")


def _done(form: forms.Form, verb: Callable[[dict[str, Any]], Any]) -> bool:
    if not form.is_valid():
        return False
    try:
        verb(form.cleaned_data)
    except Refused as refusal:
        form.add_error(None, str(refusal))
    return form.is_valid()


def _again(request: HttpRequest, ticket: Ticket, at: datetime, **bound: forms.Form) -> HttpResponse:
    return show(request, the_ticket(request.user, ticket.pk, at), at, **bound)


def _number(ticket: Ticket) -> str:
    return to_persian_digits(ticket.pk)
