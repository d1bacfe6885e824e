"""From a ticket to its neighbours in «بعدی برای من», without a way back through the list."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_safe

from autonax_support.accounts.access import opened_by_a_person
from tickets.admin.queue import IN_TURN, NEXT, page_url
from tickets.models import Ticket

END, BEGINNING = "به انتهای صف رسیدید.", "به ابتدای صف رسیدید."


@require_safe
def following(request: HttpRequest, number: int) -> HttpResponse:
    return _turned(request, number, backwards=False)


@require_safe
def previous(request: HttpRequest, number: int) -> HttpResponse:
    return _turned(request, number, backwards=True)


def _turned(request: HttpRequest, number: int, *, backwards: bool) -> HttpResponse:
    """Found when it is asked for: the ticket's page need not know its neighbours, who change while it stands open."""
    tickets = Ticket.objects.visible_to(request.user)
    here = tickets.filter(pk=number).first()
    if here is None:
        raise Http404
    waiting = NEXT.narrowed(tickets, request.user, timezone.now())
    if waiting.filter(pk=here.pk).exists():
        waiting = waiting.filter(IN_TURN.beyond((here.queue_at, here.pk), backwards=backwards))
    found = IN_TURN.sort(waiting, backwards=backwards).first()  # from a ticket that does not wait, the queue's own first or last
    if found:
        return redirect(page_url(found))
    if opened_by_a_person(request):
        messages.info(request, BEGINNING if backwards else END)
    return redirect("admin:tickets_ticket_changelist")
