"""The list of the office's tickets: filtered, paged by key over (last_activity_at, number), never counted whole."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any, NamedTuple

from django.core.signing import Signer
from django.db.models import AutoField, BigAutoField, CharField, DateTimeField, Exists, OuterRef, QuerySet, TextField

from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.models import User
from autonax_support.files.models import Attachment
from autonax_support.persian.calendar import day_start
from autonax_support.persian.text import query_terms
from autonax_support.schema.counts import CappedCount
from autonax_support.schema.paging import Order, Page
from autonax_support.schema.prepared import Later
from tickets.finding import identifier_in, illustrate
from tickets.models import Draft, Message, SearchDoc, Status, Ticket
from tickets.models.found import Found, counts_of, found_of
from tickets.models.search_doc import SearchDocQuerySet, Way, way_to
from tickets.models.ticket import TicketQuerySet

PAGE_SIZE = 20
NEWEST_FIRST = Order({"last_activity_at": datetime, "number": int})
TABS = ("awaiting_you", "awaiting_support", Status.IN_DEVELOPMENT.value, Status.CLOSED.value)


class Asked(NamedTuple):
    """How a list is asked for, apart from the values: the shape of its query."""

    status: str = ""
    given: tuple[str, ...] = ()  # the other filters: department, begin, end
    words: str = ""  # of a search: "often", "seldom", or "none" when the text has no word
    digits: int = 0  # how many, of a search that is a number
    place: str = ""  # "older" or "newer" than a row


VALUES = {
    "department": BigAutoField(),
    "begin": DateTimeField(),
    "end": DateTimeField(),
    "words": TextField(),
    "lead": TextField(),
    "digits": CharField(),
    "at": DateTimeField(),
    "number": AutoField(),
}


def in_status(tickets: TicketQuerySet, status: str) -> TicketQuerySet:
    if status == "awaiting_you":
        return tickets.awaiting_office()
    if status == "awaiting_support":
        return tickets.awaiting_support()
    return tickets.filter(status=status)


def tab_counts(user: User) -> dict[str, int]:
    """How many tickets each tab holds, and how many drafts lie waiting; up to 100 of each, in one query."""
    return dict(zip((*TABS, "drafts"), TAB_COUNTS.first(user), strict=True))


class Pager:
    """Pages of one office. A key is signed for its office: another's, or garbage, is none.

    `filters` is what the form understood. Of a search the first page begins with the tickets that have the number searched for; they come
    on no other page again.
    """

    def __init__(self, user: User, filters: dict[str, Any]) -> None:
        self.user, self.text = user, filters.get("q", "")
        self.terms, self.digits = query_terms(self.text), identifier_in(self.text)
        self.asked, self.values = self._asked(filters)
        self.order = replace(NEWEST_FIRST, signer=Signer(salt=f"inbox.place.{user.office_id}", sep="~"))

    def _asked(self, filters: dict[str, Any]) -> tuple[Asked, dict[str, Any]]:
        begin, end, department = filters.get("from"), filters.get("to"), filters.get("department")
        values = {
            "department": department,
            "begin": day_start(begin) if begin else None,
            "end": day_start(end + timedelta(days=1)) if end else None,
        }
        given = tuple(name for name, value in values.items() if value is not None)
        way = way_to(self.terms, office=self.user.office_id)
        words = ("often" if way.often else "seldom") if self.terms else "none" if self.text else ""
        values |= {"words": way.words, "lead": way.lead, "digits": self.digits, "at": None, "number": None}
        return Asked(filters.get("status", ""), given, words, len(self.digits)), values

    @cached_property
    def identified(self) -> list[Ticket]:
        """What has the number that is searched for. `holds_words` tells whether the search would find it by its words too."""
        return self._rows(IDENTIFIED, self.asked) if self.digits else []

    def page(self, *, after: str = "", before: str = "") -> Page[Ticket]:
        page = self.order.turned(self._found, PAGE_SIZE, after=after, before=before)
        if page.is_first:
            page = replace(page, rows=[*self.identified, *page.rows])
        if self.text:
            illustrate(page.rows, self.text, self.user)
        return page

    def found(self, page: Page[Ticket]) -> Found:
        """How many a search found; a page that shows all of them is its own count."""
        shown = len(page.rows)
        if page.is_whole:
            return Found(shown)
        besides = sum(not ticket.holds_words for ticket in self.identified)
        return found_of(*COUNTED.first(self.user, self.asked, **self.values), shown=shown, besides=besides)

    def _found(self, place: Sequence[Any] | None, backwards: bool) -> list[Ticket]:
        """The rows beyond a place, one more than a page has where there is one, without those that stand before all others."""
        at, number = place or (None, None)
        asked = self.asked._replace(place=("newer" if backwards else "older") if place else "")
        rows = self._rows(LISTED, asked, at=at, number=number)
        return [row for row in rows if row not in self.identified] if self.digits else rows

    def _rows(self, query: PreparedFor, asked: Asked, **place: Any) -> list[Ticket]:
        rows = query.all(self.user, asked, **(self.values | place))
        for row in rows:
            row.office = self.user.office
        return rows


def _tab_counts(anyone: Anyone) -> QuerySet:
    tickets = Ticket.objects.visible_to(anyone)
    tabs = [in_status(tickets, tab).values("pk") for tab in TABS]
    return User.objects.filter(pk=anyone.pk).values_list(*map(CappedCount, [*tabs, Draft.objects.of(anyone).values("pk")]))


def _narrowed(anyone: Anyone, asked: Asked, values: dict[str, Later]) -> TicketQuerySet:
    tickets = Ticket.objects.visible_to(anyone)
    if asked.status:
        tickets = in_status(tickets, asked.status)
    for name in asked.given:
        tickets = tickets.filter(**{GIVEN[name]: values[name]})
    return tickets


GIVEN = {"department": "department_id", "begin": "filed_at__gte", "end": "filed_at__lt"}


def _holding(tickets: TicketQuerySet, anyone: Anyone, asked: Asked, values: dict[str, Later]) -> TicketQuerySet:
    """Those that hold the words which are searched for, if any are."""
    if asked.words == "none":
        return tickets.none()
    if not asked.words:
        return tickets
    return tickets.with_one_of(*_sought(anyone, asked, values))


def _sought(anyone: Anyone, asked: Asked, values: dict[str, Later]) -> tuple[SearchDocQuerySet, Way]:
    return SearchDoc.objects.open_to(anyone), Way(values["words"], values["lead"], often=asked.words == "often")


def _shown(tickets: TicketQuerySet, anyone: Anyone) -> TicketQuerySet:
    files = Attachment.objects.filter(message__ticket=OuterRef("pk"), erased_at=None).exclude(message__kind=Message.Kind.NOTE)
    return tickets.unread_marked(anyone).annotate(file_count=CappedCount(files.values("pk"))).select_related("department")


def _listed(anyone: Anyone, asked: Asked, **values: Later) -> TicketQuerySet:
    tickets = _shown(_holding(_narrowed(anyone, asked, values), anyone, asked, values), anyone)
    backwards = asked.place == "newer"
    if asked.place:
        tickets = tickets.filter(NEWEST_FIRST.beyond((values["at"], values["number"]), backwards=backwards))
    # as many more as may be left out because they stand before all others
    return NEWEST_FIRST.sort(tickets, backwards=backwards)[: PAGE_SIZE + 1 + (PAGE_SIZE if asked.digits else 0)]


def _identified(anyone: Anyone, asked: Asked, **values: Later) -> TicketQuerySet:
    tickets = _narrowed(anyone, asked, values).having(values["digits"], asked.digits)
    one = Ticket.objects.filter(pk=OuterRef("pk"))
    held = one.none() if asked.words == "none" else _holding(one, anyone, asked._replace(words="often"), values)
    return NEWEST_FIRST.sort(_shown(tickets, anyone).annotate(holds_words=Exists(held)))[:PAGE_SIZE]


def _counted(anyone: Anyone, asked: Asked, **values: Later) -> QuerySet:
    tickets = NEWEST_FIRST.sort(_narrowed(anyone, asked, values))
    return User.objects.filter(pk=anyone.pk).values_list(*counts_of(tickets, *_sought(anyone, asked, values)))


TAB_COUNTS = PreparedFor(_tab_counts)
LISTED, IDENTIFIED, COUNTED = (PreparedFor(write, **VALUES) for write in (_listed, _identified, _counted))
