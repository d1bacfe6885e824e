"""The list of canned replies in the answer box: asked for by the script, or by a button that keeps what is typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone

from autonax_support.accounts.models import User
from tickets import canned
from tickets.admin.leaving import page_of
from tickets.admin.page import the_ticket
from tickets.admin.way import Way
from tickets.models import CannedReply, Ticket

LIST = "list"
GONE = "این پاسخ آماده دیگر در دسترس نیست. یکی دیگر انتخاب کنید؛ متن شما سر جای خود است."


@dataclass(frozen=True)
class Offer:
    """A canned reply as it would stand in this very answer."""

    pk: int
    title: str
    body: str

    @property
    def gap(self) -> str:
        return canned.first_gap(self.body)


def offers(ticket: Ticket, user: User, at: datetime) -> list[Offer]:
    values = canned.values_for(ticket, by=user, at=at)
    replies = CannedReply.objects.visible_to(user).fitting(ticket)
    return [Offer(reply.pk, reply.title, canned.filled(reply.body, values)) for reply in replies]


def canned_list(request: HttpRequest, number: int) -> HttpResponse:
    at = timezone.now()
    ticket = the_ticket(request.user, number, at)
    if request.method not in ("GET", "HEAD"):
        return HttpResponseNotAllowed(["GET", "HEAD"])
    if not request.htmx:  # a part of a page, and no page
        return redirect(page_of(request, ticket))
    context = {"ticket": ticket, "way": Way.of(request), "canned": offers(ticket, request.user, at), "is_live": True}
    return render(request, "desk/_canned.html", context)


def chosen(request: HttpRequest, offered: list[Offer]) -> Offer | None:
    """By the button that was pressed; a reply of another department is as unknown here as one that does not exist."""
    return next((offer for offer in offered if str(offer.pk) == request.POST["canned"]), None)


def with_reply(post: QueryDict, reply: Offer) -> QueryDict:
    changed = post.copy()
    changed["body"] = canned.joined(post.get("body", ""), reply.body)
    return changed
