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
from tickets.admin.leaving import after_verb
from tickets.admin.page import show, the_ticket
from tickets.models import Draft, Refused, Ticket
from tickets.notices import read_notices


def change(request: HttpRequest, number: int) -> HttpResponse:
    at = timezone.now()
    if request.method == "POST":
        return _answer(request, number, at)
    try:
        ticket = the_ticket(request.user, number, at)
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
        if opened_by_a_person(request):
            _read(request, ticket, at)
    except Http404:
        return _left_behind(request, number)
    return show(request, ticket, at)


def _answer(request: HttpRequest, number: int, at: datetime) -> HttpResponse:
    """A ticket may go out of sight before the text comes, and also while it is being sent."""
    try:
        return answer(request, the_ticket(request.user, number, at), at)
    except Http404:
        return _kept(request, get_object_or_404(Ticket.objects.taken_from(request.user), pk=number), at)


def _read(request: HttpRequest, ticket: Ticket, at: datetime) -> None:
    try:
        ticket.read(by=request.user, at=at)
    except Refused:  # transferred out of sight between the loading and the lock
        raise Http404 from None
    if ticket.is_told:
        read_notices(ticket, by=request.user, at=at)


def _kept(request: HttpRequest, ticket: Ticket, at: datetime) -> HttpResponse:
    """Transferred out of sight while this expert wrote: nothing is sent, and the text is not lost."""
    writing = drafts.resume(request, Draft.Kind.ANSWER, ticket)
    draft = writing.keep(request, at)
    if draft is None:
        return after_verb(request, ticket, f"پاسخ تیکت {to_persian_digits(ticket.pk)} فرستاده شد.")
    return _gone(request, ticket, draft, status=409)


def _left_behind(request: HttpRequest, number: int) -> HttpResponse:
    """What an expert had written on a ticket when it was transferred out of sight is found again at the ticket's address."""
    ticket = get_object_or_404(Ticket.objects.taken_from(request.user), pk=number)
    draft = Draft.objects.newest(request.user, Draft.Kind.ANSWER, ticket.pk)
    if draft is None or request.method not in ("GET", "HEAD"):
        raise Http404
    return _gone(request, ticket, draft, status=200)


def _gone(request: HttpRequest, ticket: Ticket, draft: Draft, *, status: int) -> HttpResponse:
    title = f"تیکت {to_persian_digits(ticket.pk)} ارجاع داده شده است"
    context = admin.site.each_context(request) | {"title": title, "ticket": ticket, "draft": draft}
    return render(request, "admin/tickets/ticket/transferred.html", context, status=status)
