"""From a ticket to its neighbours in the view it was opened from, without a way back through the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from autonax_support.accounts.access import opened_by_a_person
from tickets.admin.queue import page_url
from tickets.admin.way import BEGINNING, END, Way
from tickets.models import Ticket


@require_safe
def following(request: HttpRequest, number: int) -> HttpResponse:
    return _turned(request, number, backwards=False)


@require_safe
def previous(request: HttpRequest, number: int) -> HttpResponse:
    return _turned(request, number, backwards=True)


def _turned(request: HttpRequest, number: int, *, backwards: bool) -> HttpResponse:
    """Found when it is asked for: the ticket's page need not know its neighbours, who change while it stands open."""
    here = Ticket.objects.visible_to(request.user).filter(pk=number).first()
    if here is None:
        raise Http404
    way = Way.of(request).checked()
    found = way.neighbour(here, timezone.now(), backwards=backwards)
    if found:
        return redirect(way.onto(page_url(found)))
    if opened_by_a_person(request):
        messages.info(request, BEGINNING if backwards else END)
    return redirect(way.back())
