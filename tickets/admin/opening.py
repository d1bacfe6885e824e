"""The address of a ticket on the desk: opening it, and what its answer box sends."""

from datetime import datetime

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from autonax_support.accounts.access import opened_by_a_person
from autonax_support.persian.text import to_persian_digits
from tickets import drafts
from tickets.admin.answering import answer
from tickets.admin.page import show, the_ticket
from tickets.models import Draft, Refused, Ticket


def change(request: HttpRequest, number: int) -> HttpResponse:
    at = timezone.now()
    try:
        ticket = the_ticket(request.user, number, at)
    except Http404:
        if request.method != "POST":
            raise
        return _kept(request, get_object_or_404(Ticket.objects.taken_from(request.user), pk=number), at)
    if request.method == "POST":
        return answer(request, ticket, at)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if opened_by_a_person(request):
        _read(request, ticket, at)
    return show(request, ticket, at)


def _read(request: HttpRequest, ticket: Ticket, at: datetime) -> None:
    try:
        ticket.read(by=request.user, at=at)
    except Refused:  # transferred out of sight between the loading and the lock
        raise Http404 from None


def _kept(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    """Transferred out of sight while this expert wrote: nothing is sent, and the text is not lost."""
    writing = drafts.resume(request, Draft.Kind.ANSWER, ticket)
    draft = writing.keep(request, at)
    title = f"تیکت {to_persian_digits(ticket.pk)} ارجاع داده شده است"
    context = admin.site.each_context(request) | {"title": title, "ticket": ticket, "draft": draft}
    return render(request, "admin/tickets/ticket/transferred.html", context, status=409)
