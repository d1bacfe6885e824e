"""The address of a ticket on the desk: opening it, and what its answer box sends."""

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone

from tickets.admin.answering import answer
from tickets.admin.page import show, the_ticket


def change(request: HttpRequest, number: int) -> HttpResponse:
    at = timezone.now()
    ticket = the_ticket(request.user, number, at)
    if request.method == "POST":
        return answer(request, ticket, at)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD", "POST"])
    if _is_opened_by_a_person(request):
        ticket.read(by=request.user, at=at)
    return show(request, ticket, at)


def _is_opened_by_a_person(request: HttpRequest) -> bool:
    """A browser that only guesses the next click has not read anything."""
    purpose = "".join(request.headers.get(name, "") for name in ("Sec-Purpose", "Purpose", "X-Moz"))
    return request.method == "GET" and "prefetch" not in purpose.lower()
