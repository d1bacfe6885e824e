"""The way an expert came to a ticket: the view of the queue with its filters, in which «next» and «previous» go on.

It stands in the address of the ticket, since an expert has many pages open. Words that were searched for are not in it: they may be a
national ID, and addresses are written down. What is no such way leads to «بعدی برای من», as no way at all does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, QueryDict
from django.urls import reverse

from autonax_support.accounts.models import User
from tickets.admin.filters import QueueFilter
from tickets.admin.queue import NEWEST_FIRST, NEXT, View, view_named
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet

FROM = "from"
WAY_MAX, VALUE_MAX = 800, 60
END, BEGINNING = "به انتهای صف رسیدید.", "به ابتدای صف رسیدید."
CARRIED = ("department", "status", "assignee", "office", "province", "rating", "priority", "from", "to")


@dataclass(frozen=True)
class Way:
    user: User
    view: View = NEXT
    filters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> Way:
        """As its address says; whether the filters mean anything is asked where they are used."""
        told = request.GET.get(FROM, "")
        given = QueryDict(told if len(told) <= WAY_MAX else "")
        view = view_named(given.get("view", ""))
        if view.code != given.get("view"):
            return cls(request.user)
        typed = [(name, given.get(name, "")) for name in CARRIED]
        return cls(request.user, view, tuple((name, text) for name, text in typed if text.isprintable() and 0 < len(text) <= VALUE_MAX))

    @classmethod
    def shown(cls, form: QueueFilter, view: View) -> Way:
        """That of the queue as it stands; none where a search or a slip decides what is in it."""
        if form.errors or form.cleaned_data.get("q"):
            return cls(form.user)
        way = cls(form.user, view, tuple((name, form.given[name]) for name in CARRIED if name in form.given))
        return way if len(way.query) <= WAY_MAX else cls(form.user, view)

    @property
    def query(self) -> str:
        is_plain = self.view is NEXT and not self.filters
        return "" if is_plain else urlencode([("view", self.view.code), *self.filters])

    def back(self, **more: object) -> str:
        """To the queue, as it stood."""
        query = "&".join(filter(None, [self.query, urlencode(more)]))
        return reverse("admin:tickets_ticket_changelist") + (f"?{query}" if query else "")

    def to(self, ticket: Ticket, name: str = "change") -> str:
        """The ticket's page, or the address of a verb on it."""
        return self.onto(reverse(f"admin:tickets_ticket_{name}", args=[ticket.pk]))

    def onto(self, url: str) -> str:
        """The same address, with the way kept in it."""
        if not self.query:
            return url
        page, sharp, place = url.partition("#")
        return f"{page}{'&' if '?' in page else '?'}{urlencode({FROM: self.query})}{sharp}{place}"

    def place(self, ticket: Ticket) -> tuple[Any, ...]:
        return tuple(getattr(ticket, column) for column in self.view.order.columns)

    def neighbour(self, here: Ticket, at: datetime, *, place: Sequence[Any] | None = None, backwards: bool = False) -> Ticket | None:
        """`place`: where it stood, when something has been done to it since. What waits no more has no place, and the queue begins anew."""
        rows, order = self._rows(at), self.view.order
        if place is None and (order is NEWEST_FIRST or rows.filter(pk=here.pk).exists()):
            place = self.place(here)
        if place is not None:
            rows = rows.filter(order.beyond(place, backwards=backwards))
        return order.sort(rows.exclude(pk=here.pk), backwards=backwards).first()

    def checked(self) -> Way:
        """With filters that this expert can have; else the way that needs none."""
        return Way(self.user) if self.filters and self._form.errors else self

    def _rows(self, at: datetime) -> TicketQuerySet:
        rows = self.view.narrowed(Ticket.objects.visible_to(self.user), self.user, at)
        return self._form.narrow(rows) if self.filters else rows

    @cached_property
    def _form(self) -> QueueFilter:
        form = QueueFilter(QueryDict(self.query), user=self.user)
        form.full_clean()
        return form
