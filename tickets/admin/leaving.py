"""Where an expert goes after a verb, and how a ticket that left their sight is taken back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from tickets.admin.way import Way
from tickets.models import Ticket

UNDO = "undo"


def page_of(request: HttpRequest, ticket: Ticket) -> str:
    return Way.of(request).to(ticket)


def after_verb(request: HttpRequest, ticket: Ticket, told: str) -> HttpResponse:
    """Back to the ticket; to the queue when it is now another department's."""
    messages.success(request, told)
    if Ticket.objects.visible_to(request.user).filter(pk=ticket.pk).exists():
        return redirect(page_of(request, ticket))
    return redirect(Way.of(request).back(**{UNDO: ticket.pk}))


def refused(request: HttpRequest, ticket: Ticket, why: str) -> HttpResponse:
    messages.error(request, why)
    if Ticket.objects.visible_to(request.user).filter(pk=ticket.pk).exists():
        return redirect(page_of(request, ticket))
    return redirect(Way.of(request).back())


def waiting_undo(request: HttpRequest) -> int | None:
    """The ticket just transferred away, as long as this expert may take it back."""
    number = request.GET.get(UNDO, "")
    if not (number.isascii() and number.isdigit() and len(number) <= 9):
        return None
    now = timezone.now()
    ticket = Ticket.objects.undoable_by(request.user, now).filter(pk=int(number)).first()
    return ticket.pk if ticket and ticket.undoable_event(request.user, now) else None
