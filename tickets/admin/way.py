"""The way an expert came to a ticket: the view of the queue with its filters, in which «next» and «previous» go on.

It stands in the address of the ticket, since an expert has many pages open. Words that were searched for are not in it: they may be a
national ID, and addresses are written down. What is no such way leads to «بعدی برای من», as no way at all does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
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
CARRIED = ("department", "status", "assignee", "office", "province", "rating", "priority", "from", "to")


@dataclass(frozen=True)
class Way:
    view: View = NEXT
    filters: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, request: HttpRequest) -> Way:
        """As its address says; whether the filters mean anything is asked where they are used."""
        told = request.GET.get(FROM, "")
        given = QueryDict(told if len(told) <= WAY_MAX else "")
        view = view_named(given.get("view", ""))
        if view.code != given.get("view"):
            return cls()
        typed = [(name, given.get(name, "")) for name in CARRIED]
        return cls(view, tuple((name, text) for name, text in typed if text.isprintable() and 0 < len(text) <= VALUE_MAX))

    @classmethod
    def shown(cls, form: QueueFilter, view: View) -> Way:
        """That of the queue as it stands; none where a search or a slip decides what is in it."""
        if form.errors or form.cleaned_data.get("q"):
            return cls()
        way = cls(view, tuple((name, form.given[name]) for name in CARRIED if name in form.given))
        return way if len(way.query) <= WAY_MAX else cls(view)

    @property
    def query(self) -> str:
        is_plain = self.view is NEXT and not self.filters
        return "" if is_plain else urlencode([("view", self.view.code), *self.filters])

    def back(self, **more: object) -> str:
        """To the queue, as it stood."""
        query = "&".join(filter(None, [self.query, urlencode(more)]))
        return reverse("admin:tickets_ticket_changelist") + (f"?{query}" if query else "")

    def onto(self, url: str) -> str:
        """The same address, with the way kept in it."""
        if not self.query:
            return url
        page, sharp, place = url.partition("#")
        return f"{page}{'&' if '?' in page else '?'}{urlencode({FROM: self.query})}{sharp}{place}"

    def place(self, ticket: Ticket) -> tuple[Any, ...]:
        return tuple(getattr(ticket, column) for column in self.view.order.columns)

    def neighbour(
        self, user: User, here: Ticket, at: datetime, *, place: Sequence[Any] | None = None, backwards: bool = False
    ) -> Ticket | None:
        """`place`: where it stood, when something has been done to it since. What waits no more has no place, and the queue begins anew."""
        rows, order = self._rows(user, at), self.view.order
        if place is None and (order is NEWEST_FIRST or rows.filter(pk=here.pk).exists()):
            place = self.place(here)
        if place is not None:
            rows = rows.filter(order.beyond(place, backwards=backwards))
        return order.sort(rows.exclude(pk=here.pk), backwards=backwards).first()

    def checked(self, user: User) -> Way:
        """With filters that this expert can have; else the way that needs none."""
        return Way() if self.filters and self._form(user).errors else self

    def _rows(self, user: User, at: datetime) -> TicketQuerySet:
        rows = self.view.narrowed(Ticket.objects.visible_to(user), user, at)
        return self._form(user).narrow(rows) if self.filters else rows

    def _form(self, user: User) -> QueueFilter:
        form = QueueFilter(QueryDict(self.query), user=user)
        form.full_clean()
        return form
