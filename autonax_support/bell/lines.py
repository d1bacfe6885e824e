"""What a notice still says to its person, and where it leads: nothing and nowhere when its subject is out of their sight."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property

from django.db.models import BigAutoField, DateTimeField, Exists, F, OuterRef, QuerySet
from django.urls import reverse
from django.utils.dateparse import parse_datetime

from announcements.models import Announcement
from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.models import User
from autonax_support.notices.models import Notice
from autonax_support.persian.calendar import future
from autonax_support.persian.numbers import duration
from autonax_support.schema.counts import CappedCount
from autonax_support.schema.paging import Order, Page
from autonax_support.schema.prepared import Later
from tickets.admin.queue import queue_url
from tickets.models import Department, Ticket

PAGE_SIZE = 20
NEWEST_FIRST = Order({"id": int})


class Departments:
    """Their names: one query, and only when a line asks."""

    @cached_property
    def _names(self) -> dict[int, str]:
        return dict(Department.objects.values_list("pk", "name"))

    def name(self, pk: int | None) -> str:
        return self._names.get(pk, "")


@dataclass
class Line:
    """`notice` with what `_listed` found beside it."""

    notice: Notice
    reader: User
    departments: Departments

    @property
    def kind(self) -> str:
        return self.notice.kind

    @property
    def is_open(self) -> bool:
        """Whether this person may see what it is about."""
        if self.notice.ticket_id:
            return self.notice.sees_ticket
        return self.notice.sees_announcement if self.notice.announcement_id else True

    @property
    def page(self) -> str:
        return page_of(self.notice, self.reader) if self.is_open else ""

    @property
    def who(self) -> str:
        return self.notice.who or "سامانه"

    @property
    def level(self) -> str:
        return Announcement.Level(self.notice.level).label

    @property
    def department(self) -> str:
        return self.departments.name(self.notice.facts.get("department_id"))

    @property
    def promised(self) -> datetime | None:
        return parse_datetime(self.notice.facts.get("promised_at") or "")

    @property
    def due(self) -> str:
        """As it is read at the time of the notice: later «فردا» would be another day."""
        due = parse_datetime(self.notice.facts.get("due_at") or "")
        return future(due, self.notice.at) if due else ""

    @property
    def had_due(self) -> bool:
        return bool((self.notice.facts_before or {}).get("due_at"))

    @property
    def closes(self) -> datetime:
        return self.notice.at + timedelta(days=self.notice.count)

    @property
    def left(self) -> str:
        return f"{duration(self.notice.count)} کاری" if self.notice.count else ""


def page_of(notice: Notice, reader: User) -> str:
    if notice.announcement_id:
        return reverse("announcements:page", args=[notice.announcement_id])
    if notice.ticket_id is None:
        return queue_url(view="unassigned", department=notice.department_id)
    if reader.is_staff:
        return reverse("admin:tickets_ticket_change", args=[notice.ticket_id])
    return reverse("inbox:ticket", args=[notice.ticket_id]) + "#new"


def lines_of(user: User, at: datetime, *, after: str = "", before: str = "") -> Page[Line]:
    def fetch(place: Sequence[int] | None, backwards: bool) -> list[Notice]:
        way = ("newer" if backwards else "older") if place else ""
        return LISTED.all(user, way, now=at, place=place[0] if place else None)

    page, departments = NEWEST_FIRST.turned(fetch, PAGE_SIZE, after=after, before=before), Departments()
    return Page([Line(notice, user, departments) for notice in page.rows], page.older, page.newer)


def _listed(anyone: Anyone, way: str, *, now: Later, place: Later) -> QuerySet[Notice]:
    """No more of a ticket or an announcement than a line shows."""
    notices, backwards = Notice.objects.visible_to(anyone), way == "newer"
    if way:
        notices = notices.filter(NEWEST_FIRST.beyond((place,), backwards=backwards))
    return NEWEST_FIRST.sort(notices, backwards=backwards).annotate(
        sees_ticket=Exists(Ticket.objects.visible_to(anyone).filter(pk=OuterRef("ticket_id"))),
        sees_announcement=Exists(Announcement.objects.visible_to(anyone, now).filter(pk=OuterRef("announcement_id"))),
        subject=F("ticket__subject"),
        facts=F("event__after"),
        facts_before=F("event__before"),
        who=F("event__actor__full_name"),
        title=F("announcement__title"),
        level=F("announcement__level"),
    )[: PAGE_SIZE + 1]


LISTED = PreparedFor(_listed, now=DateTimeField(), place=BigAutoField())


def unread_of(anyone: Anyone) -> CappedCount:
    """For a badge, by the index of what is unread."""
    return CappedCount(Notice.objects.visible_to(anyone).unread().values("pk"))


UNREAD = PreparedFor(lambda anyone: User.objects.filter(pk=anyone.pk).values_list(unread_of(anyone)))
