"""The tabs of the queue: which tickets each shows, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.db.models import Case, Q, Value, When
from django.urls import reverse
from django.utils import timezone

from autonax_support.accounts.models import User
from autonax_support.persian.calendar import day_of, day_start
from autonax_support.schema.paging import Order
from tickets.models import Department, Promise, Status, Ticket
from tickets.models.ticket import TicketQuerySet

Narrowing = Callable[[TicketQuerySet, User, datetime], TicketQuerySet]

IN_TURN = Order({"queue_at": datetime, "number": int}, rising=True)
NEWEST_FIRST = Order({"filed_at": datetime, "number": int})


@dataclass(frozen=True)
class View:
    code: str
    title: str
    narrowed: Narrowing
    newest_first: bool = False

    @property
    def url(self) -> str:
        return queue_url(view=self.code)

    @property
    def order(self) -> Order:
        return NEWEST_FIRST if self.newest_first else IN_TURN

    def of(self, tickets: TicketQuerySet, user: User, at: datetime | None = None) -> TicketQuerySet:
        """`at` decides what is overdue; left out, it is now."""
        return self.order.sort(self.narrowed(tickets, user, at or timezone.now()))


def own_or_nobodys(tickets: TicketQuerySet, user: User, at: datetime) -> TicketQuerySet:
    """This expert's own and nobody's. As a CASE, since a bare OR of the two leads a database to the index of assignees, away from the
    queue's, and PostgreSQL takes the equality of a COALESCE for rare and would sort the whole queue."""
    takes = Case(When(Q(assignee=None) | Q(assignee=user.pk), then=Value(True)), default=Value(False))
    return tickets.awaiting_support().alias(takes=takes).filter(takes=True)


def due_today(tickets: TicketQuerySet, user: User, at: datetime) -> TicketQuerySet:
    """This expert's own that run out before midnight; what is late already stands among the late. Not closed: the index of assignees has
    no other rows."""
    mine = tickets.awaiting_support().filter(assignee=user).exclude(status=Status.CLOSED)
    return mine.filter(due_at__gte=at, queue_at__lt=day_start(day_of(at) + timedelta(days=1)))


def answered_today(tickets: TicketQuerySet, user: User, at: datetime) -> TicketQuerySet:
    """Those to which an expert has given the answer that was due, be it by closing them. By department, as the index of it is."""
    departments = Department.objects.open_to(user).order_by().values("pk")
    settled = Promise.objects.filter(department__in=departments, answered__gte=day_start(day_of(at)), expert__isnull=False)
    return tickets.filter(pk__in=settled.values("ticket_id"))


NEXT = View("next", "بعدی برای من", own_or_nobodys)
ALL = View("all", "همه", lambda tickets, user, at: tickets, newest_first=True)
UNASSIGNED = View("unassigned", "بدون کارشناس", lambda tickets, user, at: tickets.awaiting_support().filter(assignee=None))
MINE = View("mine", "تیکت‌های من", lambda tickets, user, at: tickets.filter(assignee=user).exclude(status=Status.CLOSED))
OVERDUE = View("overdue", "از مهلت گذشته", lambda tickets, user, at: tickets.overdue(at))
VIEWS = (
    NEXT,
    UNASSIGNED,
    MINE,
    View("waiting", "در انتظار دفتر", lambda tickets, user, at: tickets.awaiting_office()),
    View("development", "در دست توسعه", lambda tickets, user, at: tickets.filter(status=Status.IN_DEVELOPMENT)),
    OVERDUE,
    ALL,
)
# what numbers of the home lead to; no tabs of their own
OPEN = View("open", "باز", lambda tickets, user, at: tickets.exclude(status=Status.CLOSED), newest_first=True)
TODAY = View("today", "مهلت امروز", due_today)
ANSWERED = View("answered", "پاسخ امروز", answered_today, newest_first=True)


def view_named(code: str) -> View:
    return next((view for view in (*VIEWS, OPEN, TODAY, ANSWERED) if view.code == code), NEXT)


def queue_url(**query: object) -> str:
    return f"{reverse('admin:tickets_ticket_changelist')}?{urlencode(query)}"


def page_url(ticket: Ticket) -> str:
    """Where its page opens: what was answered already, at the newest message."""
    return f"{reverse('admin:tickets_ticket_change', args=[ticket.pk])}{'#newest' if ticket.first_answered_at else ''}"


def next_ticket(user: User, but: Ticket) -> Ticket | None:
    """What the first tab shows first, the ticket just worked on left out."""
    return NEXT.of(Ticket.objects.visible_to(user), user).exclude(pk=but.pk).first()


def departments_of(user: User) -> list[Department]:
    """Those whose tickets this expert may see."""
    return list(Department.objects.open_to(user))
