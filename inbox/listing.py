"""The list of the office's tickets: filtered, paged by key over (last_activity_at, number), never counted whole."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import OuterRef, Q, QuerySet

from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.models import User
from autonax_support.files.models import Attachment
from autonax_support.persian.calendar import day_start
from autonax_support.schema.counts import CappedCount
from tickets.finding import illustrate
from tickets.models import Draft, Message, Status, Ticket
from tickets.models.ticket import TicketQuerySet

PAGE_SIZE = 20
FOUND_MAX = 5000
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
NEWEST_FIRST = ("-last_activity_at", "-number")
OLDEST_FIRST = ("last_activity_at", "number")


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


TABS = ("awaiting_you", "awaiting_support", Status.IN_DEVELOPMENT.value, Status.CLOSED.value)


def tab_counts(user: User) -> dict[str, int]:
    """How many tickets each tab holds, and how many drafts lie waiting; up to 100 of each, in one query."""
    return dict(zip((*TABS, "drafts"), TAB_COUNTS.first(user), strict=True))


def _tab_counts(anyone: Anyone) -> QuerySet:
    tickets = Ticket.objects.visible_to(anyone)
    tabs = [in_status(tickets, tab).values("pk") for tab in TABS]
    return User.objects.filter(pk=anyone.pk).values_list(*map(CappedCount, [*tabs, Draft.objects.of(anyone).values("pk")]))


TAB_COUNTS = PreparedFor(_tab_counts)


@dataclass(frozen=True)
class Page:
    rows: list[Ticket]
    older: str | None = None
    newer: str | None = None

    @property
    def is_whole(self) -> bool:
        return not (self.older or self.newer)


class Pager:
    """Pages of one office. A key is a place between two rows, signed for its office: another's, or garbage, is none.

    Of a search the first page begins with the tickets that have the number searched for; they come on no other page again.
    """

    def __init__(self, user: User, tickets: TicketQuerySet, text: str = "") -> None:
        self.user, self.text, self.identified = user, text, []
        if text:
            self.identified = list(self._rows(tickets.identified_by(text)).order_by(*NEWEST_FIRST)[:PAGE_SIZE])
            tickets = tickets.matching(text, user).exclude(pk__in=[ticket.pk for ticket in self.identified])
        self.found, self.tickets = tickets, self._rows(tickets)
        self.signer = signing.Signer(salt=f"inbox.page.{user.office_id}", sep="~")

    def _rows(self, tickets: TicketQuerySet) -> TicketQuerySet:
        files = Attachment.objects.filter(message__ticket=OuterRef("pk"), erased_at=None).exclude(message__kind=Message.Kind.NOTE)
        rows = tickets.unread_marked(self.user).annotate(file_count=CappedCount(files.values("pk")))
        return rows.select_related("department", "office")

    def page(self, *, after: str = "", before: str = "") -> Page:
        """The page after (older than) or before (newer than) a key; no key, or one that leads past an end, shows the first page."""
        page = self._page(after, before)
        if self.text:
            illustrate(page.rows, self.text, self.user)
        return page

    def found_count(self, page: Page) -> int:
        """How many a search found, never looking beyond FOUND_MAX + 1; a page that shows all of them is its own count."""
        if page.is_whole:
            return len(page.rows)
        return len(self.identified) + self.found.order_by().values("pk")[: FOUND_MAX + 1].count()

    def _page(self, after: str, before: str) -> Page:
        if place := self._place(before):
            return self._page_before(*place)
        if place := self._place(after):
            page = self._page_from(self._older(*place), is_first=False)
            if page.rows:
                return page
        return self._page_from(self.tickets, is_first=True)

    def _page_from(self, tickets: TicketQuerySet, *, is_first: bool) -> Page:
        rows = list(tickets.order_by(*NEWEST_FIRST)[: PAGE_SIZE + 1])
        shown = rows[:PAGE_SIZE]
        has_older, has_newer = len(rows) > PAGE_SIZE, bool(rows) and not is_first
        older, newer = self._key(shown[-1]) if has_older else None, self._key(shown[0]) if has_newer else None
        return Page([*(self.identified if is_first else []), *shown], older, newer)

    def _page_before(self, at: datetime, number: int) -> Page:
        rows = list(self._newer(at, number).order_by(*OLDEST_FIRST)[: PAGE_SIZE + 1])
        if len(rows) <= PAGE_SIZE:
            return self._page_from(self.tickets, is_first=True)
        shown = rows[PAGE_SIZE - 1 :: -1]
        return Page(shown, self._key(shown[-1]), self._key(shown[0]))

    def _older(self, at: datetime, number: int) -> TicketQuerySet:
        # the first condition is implied by the second, and is what the index can be entered by
        return self.tickets.filter(Q(last_activity_at__lt=at) | Q(number__lt=number), last_activity_at__lte=at)

    def _newer(self, at: datetime, number: int) -> TicketQuerySet:
        return self.tickets.filter(Q(last_activity_at__gt=at) | Q(number__gt=number), last_activity_at__gte=at)

    def _key(self, ticket: Ticket) -> str:
        return self.signer.sign(f"{(ticket.last_activity_at - EPOCH) // MICROSECOND:x}-{ticket.pk:x}")

    def _place(self, key: str) -> tuple[datetime, int] | None:
        try:
            moment, number = self.signer.unsign(key).split("-")
        except signing.BadSignature:
            return None
        return EPOCH + int(moment, 16) * MICROSECOND, int(number, 16)
