"""Which tickets a bulk form means: those that were ticked, or the first of the view as it stands in the address it came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.http import QueryDict

from autonax_support.accounts.models import User
from autonax_support.persian.text import query_terms
from tickets.admin.filters import QueueFilter
from tickets.admin.queue import ALL, View, view_named
from tickets.bulk import MOST
from tickets.finding import TooBroad, within_time
from tickets.models import SearchDoc, Ticket
from tickets.models.batch import BACK_MAX
from tickets.models.search_doc import way_to
from tickets.models.ticket import TicketQuerySet

PICKED, PICKED_TOGETHER, WHOLE, QUEUE = "ticket", "tickets", "whole", "queue"


@dataclass(frozen=True)
class Picked:
    numbers: list[int]
    back: str  # the query of the queue it came from
    is_whole: bool
    is_wrong: bool = False  # a filter of the whole view means nothing, so that nobody knows which tickets were meant

    @classmethod
    def by(cls, post: QueryDict, user: User, at: datetime) -> Picked:
        told = post.get(QUEUE, "")
        query = QueryDict(told if len(told) <= BACK_MAX else "")
        form = QueueFilter(query, user=user)
        form.full_clean()
        view = view_of(form, query.get("view", ""))
        back = urlencode({"view": view.code} | form.given)
        if len(back) > BACK_MAX:  # written otherwise than we write it
            back = urlencode({"view": view.code})
        if WHOLE not in post:
            return cls(_numbers(post), back, is_whole=False)
        if form.errors:
            return cls([], back, is_whole=True, is_wrong=True)
        is_known = "view" in query  # else it would be another view than the one that was seen
        return cls(first_of(form, view, user, at) if is_known else [], back, is_whole=True)


def view_of(form: QueueFilter, code: str) -> View:
    """Words are searched for in everything."""
    return ALL if form.cleaned_data.get("q") or "q" in form.errors else view_named(code)


def first_of(form: QueueFilter, view: View, user: User, at: datetime) -> list[int]:
    """In the order in which the queue shows them."""
    tickets = form.narrow(view.of(Ticket.objects.visible_to(user), user, at))
    text = form.cleaned_data.get("q")
    return _found(tickets, text, user) if text else _keys(tickets)


def _found(tickets: TicketQuerySet, text: str, user: User) -> list[int]:
    terms = query_terms(text)
    try:
        with within_time():
            identified = _keys(tickets.identified_by(text))
            besides = tickets.exclude(pk__in=identified)
            holding = _keys(besides.with_one_of(SearchDoc.objects.open_to(user), way_to(terms))) if terms else []
            return [*identified, *holding][:MOST]
    except TooBroad:
        return []


def _keys(tickets: TicketQuerySet) -> list[int]:
    return list(tickets.values_list("pk", flat=True)[:MOST])


def _numbers(post: QueryDict) -> list[int]:
    """In the order they came, each once; what is no number is nothing."""
    typed = [*post.getlist(PICKED), *post.get(PICKED_TOGETHER, "").split("-")]
    return list(dict.fromkeys(int(text) for text in typed if text.isascii() and text.isdigit() and len(text) <= 9))[:MOST]
