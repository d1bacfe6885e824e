"""What has changed around a page that stands open: who is answering just now, and whether new messages have come."""

from __future__ import annotations

from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import timezone
from django_htmx.http import HttpResponseStopPolling

from autonax_support.accounts.models import User
from autonax_support.accounts.second_factor import is_awaited
from tickets.limits import ANSWERING_SECONDS
from tickets.models import Draft, Message, Ticket

KEY_LENGTH = 19


@login_not_required  # else the way to the sign-in would tear the page away from under a half-written text
def meanwhile(request: HttpRequest, number: int) -> HttpResponse:
    """The strip of the answer box alone: nothing when it is the one the page shows, and «ask no more» when the person has changed."""
    user = request.user
    if is_awaited(request):  # by a password alone nobody learns anything
        return HttpResponseStopPolling()
    ticket = Ticket.objects.visible_to(user).filter(pk=number).first() if user.is_authenticated and user.is_staff else None
    if user.is_authenticated and ticket is None:
        return _gone(request, number)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if ticket is None or request.GET.get("of") != str(user.pk):
        return HttpResponseStopPolling()
    context = strip(ticket, user, _seen(request), timezone.now())
    if request.GET.get("shown") == context["shown"]:
        return HttpResponse(status=204)
    return render(request, "desk/_meanwhile.html", context | {"ticket": ticket})


def strip(ticket: Ticket, user: User, seen: int, at: datetime, answering: list[User] | None = None) -> dict[str, Any]:
    """`shown` stands for what is said, so that the same is not said twice."""
    if answering is None:
        answering = [draft.owner for draft in colleagues(ticket, user, at)]
        news = newest_of_others(ticket, user, seen)
    else:
        news = None  # the page itself shows all there is
    said = f"{[person.pk for person in answering]} {news}"
    return {"answering": answering, "news": news, "seen": seen, "shown": sha256(said.encode()).hexdigest()[:12]}


def is_being_written(at: datetime) -> Q:
    return Q(updated_at__gt=at - timedelta(seconds=ANSWERING_SECONDS)) & ~Q(data={})


def colleagues(ticket: Ticket, user: User, at: datetime) -> QuerySet[Draft]:
    answers = Draft.objects.filter(is_being_written(at), kind=Draft.Kind.ANSWER, ticket=ticket)
    return answers.exclude(owner=user).select_related("owner").order_by("-updated_at")


def newest_of_others(ticket: Ticket, user: User, seen: int) -> int | None:
    newer = ticket.messages.filter(pk__gt=seen).exclude(kind=Message.Kind.REASON).exclude(author=user)
    return newer.order_by("-pk").values_list("pk", flat=True).first()


def _gone(request: HttpRequest, number: int) -> HttpResponse:
    """Transferred out of sight while the page stood open; to anybody else it is not there."""
    ticket = Ticket.objects.taken_from(request.user).filter(pk=number).first()
    if ticket is None:
        raise Http404
    return HttpResponseStopPolling(render_to_string("desk/_taken.html", {"ticket": ticket}))


def _seen(request: HttpRequest) -> int:
    seen = request.GET.get("seen", "")
    return int(seen) if seen.isascii() and seen.isdigit() and len(seen) < KEY_LENGTH else 0
