"""The address of a ticket on the desk: opening it, and what its answer box sends."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from autonax_support.accounts.access import opened_by_a_person
from tickets.admin.answering import answer
from tickets.admin.page import show, the_ticket


def change(request: HttpRequest, number: int) -> HttpResponse:
    at = timezone.now()
    ticket = the_ticket(request.user, number, at)
    if request.method == "POST":
        return answer(request, ticket, at)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if opened_by_a_person(request):
        ticket.read(by=request.user, at=at)
    return show(request, ticket, at)
