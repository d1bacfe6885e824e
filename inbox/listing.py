"""The list of the office's tickets: filtered, paged by key over (last_activity_at, number), never counted whole."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from django.core.signing import Signer
from django.db.models import OuterRef

from autonax_support.accounts.models import User
from autonax_support.files.models import Attachment
from autonax_support.persian.calendar import day_start
from autonax_support.schema.counts import CappedCount
from autonax_support.schema.paging import Order, Page
from tickets.finding import illustrate
from tickets.models import Draft, Message, Status, Ticket
from tickets.models.ticket import TicketQuerySet

PAGE_SIZE = 20
FOUND_MAX = 5000
NEWEST_FIRST = Order({"last_activity_at": datetime, "number": int})


def tickets_of(user: User, filters: dict[str, Any]) -> TicketQuerySet:
    """The visible tickets that fit every filter of the form; what is searched for is another matter (`Pager`)."""
    tickets = Ticket.objects.visible_to(user)
    if status := filters.get("status"):
        tickets = in_status(tickets, status)
    if department := filters.get("department"):
        tickets = tickets.filter(department=department)
    if begin := filters.get("from"):
        tickets = tickets.filter(filed_at__gte=day_start(begin))
    if end := filters.get("to"):
        tickets = tickets.filter(filed_at__lt=day_start(end + timedelta(days=1)))
    return tickets


def in_status(tickets: TicketQuerySet, status: str) -> TicketQuerySet:
    if status == "awaiting_you":
        return tickets.awaiting_office()
    if status == "awaiting_support":
        return tickets.awaiting_support()
    return tickets.filter(status=status)


def tab_counts(user: User) -> dict[str, int]:
    """How many tickets each tab holds, and how many drafts lie waiting; up to 100 of each, in one query."""
    tickets = Ticket.objects.visible_to(user)
    counts = {
        "awaiting_you": in_status(tickets, "awaiting_you"),
        "awaiting_support": in_status(tickets, "awaiting_support"),
        "in_development": in_status(tickets, Status.IN_DEVELOPMENT),
        "closed": in_status(tickets, Status.CLOSED),
        "drafts": Draft.objects.of(user),
    }
    row = User.objects.filter(pk=user.pk).annotate(**{f"in_{tab}": CappedCount(rows.values("pk")) for tab, rows in counts.items()})
    return {tab.removeprefix("in_"): count for tab, count in row.values(*(f"in_{tab}" for tab in counts)).get().items()}


class Pager:
    """Pages of one office. A key is signed for its office: another's, or garbage, is none.

    Of a search the first page begins with the tickets that have the number searched for; they come on no other page again.
    """

    def __init__(self, user: User, tickets: TicketQuerySet, text: str = "") -> None:
        self.user, self.text, self.identified = user, text, []
        if text:
            self.identified = list(NEWEST_FIRST.sort(self._rows(tickets.identified_by(text)))[:PAGE_SIZE])
            tickets = tickets.matching(text, user).exclude(pk__in=[ticket.pk for ticket in self.identified])
        self.found, self.tickets = tickets, self._rows(tickets)
        self.order = replace(NEWEST_FIRST, signer=Signer(salt=f"inbox.place.{user.office_id}", sep="~"))

    def _rows(self, tickets: TicketQuerySet) -> TicketQuerySet:
        files = Attachment.objects.filter(message__ticket=OuterRef("pk"), erased_at=None).exclude(message__kind=Message.Kind.NOTE)
        rows = tickets.unread_marked(self.user).annotate(file_count=CappedCount(files.values("pk")))
        return rows.select_related("department", "office")

    def page(self, *, after: str = "", before: str = "") -> Page[Ticket]:
        page = self.order.page(self.tickets, PAGE_SIZE, after=after, before=before)
        if page.is_first:
            page = replace(page, rows=[*self.identified, *page.rows])
        if self.text:
            illustrate(page.rows, self.text, self.user)
        return page

    def found_count(self, page: Page[Ticket]) -> int:
        """How many a search found, never looking beyond FOUND_MAX + 1; a page that shows all of them is its own count."""
        if page.is_whole:
            return len(page.rows)
        return len(self.identified) + self.found.order_by().values("pk")[: FOUND_MAX + 1].count()
