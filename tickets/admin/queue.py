"""The tabs of the queue: which tickets each shows, and in which order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlencode

from django.db.models import Case, Q, Value, When
from django.urls import reverse

from autonax_support.accounts.models import User
from autonax_support.schema.paging import Order
from tickets.models import Department, Status, Ticket
from tickets.models.ticket import TicketQuerySet

Narrowing = Callable[[TicketQuerySet, User], TicketQuerySet]

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

    def of(self, tickets: TicketQuerySet, user: User) -> TicketQuerySet:
        return self.order.sort(self.narrowed(tickets, user))


def own_or_nobodys(tickets: TicketQuerySet, user: User) -> TicketQuerySet:
    """This expert's own and nobody's. As a CASE, since a bare OR of the two leads a database to the index of assignees, away from the
    queue's, and PostgreSQL takes the equality of a COALESCE for rare and would sort the whole queue."""
    takes = Case(When(Q(assignee=None) | Q(assignee=user.pk), then=Value(True)), default=Value(False))
    return tickets.awaiting_support().alias(takes=takes).filter(takes=True)


NEXT = View("next", "بعدی برای من", own_or_nobodys)
ALL = View("all", "همه", lambda tickets, user: tickets, newest_first=True)
VIEWS = (
    NEXT,
    View("unassigned", "بدون کارشناس", lambda tickets, user: tickets.awaiting_support().filter(assignee=None)),
    View("mine", "تیکت‌های من", lambda tickets, user: tickets.filter(assignee=user).exclude(status=Status.CLOSED)),
    View("waiting", "در انتظار دفتر", lambda tickets, user: tickets.awaiting_office()),
    View("development", "در دست توسعه", lambda tickets, user: tickets.filter(status=Status.IN_DEVELOPMENT)),
    ALL,
)


def view_named(code: str) -> View:
    return next((view for view in VIEWS if view.code == code), NEXT)


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
    departments = Department.objects.all()
    if not user.has_perm("tickets.work_in_all_departments"):
        departments = departments.of_member(user)
    return list(departments)
