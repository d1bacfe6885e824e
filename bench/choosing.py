"""Whom and what the requests are about: the largest offices, their clerks, and tickets that fit."""

from dataclasses import asdict
from datetime import timedelta
from functools import cached_property
from uuid import UUID

from django.db.models import Count, Q
from django.test import Client
from django.utils import timezone

from autonax_support.accounts.case import SESSION_KEY, OpenCase
from autonax_support.accounts.models import Office, User
from autonax_support.generating.shapes import CHUNK, LONGEST_AT
from autonax_support.schema.numbers import FIRST_NUMBER
from inbox.listing import Pager
from tickets.claims import Claim
from tickets.models import Department, Message, Status, Ticket

AT_ONCE = 8
PAGES_DEEP = 10
LOOKED_AT = 400
BACKEND = "autonax_support.accounts.backends.OfficeBackend"

Pair = tuple[User, Ticket]


def new_session(user: User, backend: str, **kept: object) -> str:
    client = Client()
    client.force_login(user, backend)
    if kept:
        session = client.session
        session.update(kept)
        session.save()
    return next(morsel.value for name, morsel in client.cookies.items() if "session" in name)


class Choice:
    def __init__(self) -> None:
        largest = Ticket.objects.values("office").annotate(count=Count("pk")).order_by("-count", "office")[:AT_ONCE]
        self.offices = [row["office"] for row in largest]
        self.clerks = [User.objects.filter(office=office, role="clerk").order_by("pk")[0] for office in self.offices]
        self.experts = list(User.objects.filter(username__startswith="expert").order_by("pk")[:AT_ONCE])
        self.manager = User.objects.get(username="manager1")
        self.department = Department.objects.accepting()[0]
        self._sessions: dict[int, str] = {}
        self._clerk_of = dict(zip(self.offices, self.clerks, strict=True))

    def session(self, user: User) -> str:
        if user.pk not in self._sessions:
            self._sessions[user.pk] = new_session(user, BACKEND)
        return self._sessions[user.pk]

    def session_with_case(self, user: User, number: str) -> str:
        """As a launch leaves it."""
        return new_session(user, BACKEND, **{SESSION_KEY: asdict(OpenCase(number, "8520342272", "تمدید پروانه"))})

    def codes(self) -> list[str]:
        return list(Office.objects.filter(pk__in=self.offices).order_by("pk").values_list("code", flat=True))

    def floor_session(self) -> str:
        """The floor knows Django's own backend alone."""
        return new_session(self.clerks[0], "django.contrib.auth.backends.ModelBackend")

    def names(self, count: int) -> list[str]:
        """Each signs in once in a measurement."""
        names = list(User.objects.filter(role="clerk").order_by("pk").values_list("username", flat=True)[:count])
        return (names * count)[:count]

    def token(self, who: User, key: UUID, kind: str, ticket: int | None) -> str:
        return Claim(who.pk, key, kind, ticket).token

    def deep_key(self, clerk: User) -> str:
        pager, key = Pager(clerk, {}), ""
        for _ in range(PAGES_DEEP):
            older = pager.page(after=key).older
            if older is None:
                break
            key = older
        return key

    def numbers_of_cases(self) -> list[tuple[User, str]]:
        return [(self._clerk_of[row.office_id], row.tracking_number) for row in self._recent if row.tracking_number][:64]

    def threads_of(self, length: int) -> list[Pair]:
        fitting = Ticket.objects.filter(pk__in=[row.pk for row in self._recent]).annotate(spoken=Count("messages"))
        return [(self._clerk_of[row.office_id], row) for row in fitting.filter(spoken=length).order_by("pk")[:32]]

    def longest(self) -> list[Pair]:
        last = Ticket.objects.order_by("-pk")[0].pk
        places = list(range(FIRST_NUMBER + LONGEST_AT, last + 1, CHUNK))[-AT_ONCE:]
        long = [
            row["ticket"] for row in Message.objects.filter(ticket__in=places).values("ticket").annotate(n=Count("pk")).filter(n__gte=200)
        ]
        return [(row.filed_by, row) for row in Ticket.objects.filter(pk__in=long).select_related("filed_by")]

    def open_ticket(self, place: int) -> Pair:
        row = self._open[place % len(self._open)]
        return self._clerk_of[row.office_id], row

    def rateable(self, place: int) -> Pair:
        row = self._answered[place % len(self._answered)]
        return self._clerk_of[row.office_id], row

    def waiting(self) -> list[Pair]:
        return self._waiting[:32]

    def waiting_ticket(self, place: int) -> Pair:
        return self._waiting[place % len(self._waiting)]

    @cached_property
    def _recent(self) -> list[Ticket]:
        """Some of each office, in turns, so that the first of a list are not all one office's."""
        each = [Ticket.objects.filter(office=office).order_by("-pk")[: LOOKED_AT // len(self.offices)] for office in self.offices]
        return [row for rows in zip(*each, strict=False) for row in rows]

    @cached_property
    def _open(self) -> list[Ticket]:
        return list(Ticket.objects.filter(office__in=self.offices).exclude(status=Status.CLOSED).order_by("-pk")[:LOOKED_AT])

    @cached_property
    def _answered(self) -> list[Ticket]:
        lately = timezone.now() - timedelta(days=6)
        still = Q(closed_at=None) | Q(closed_at__gt=lately)
        return list(Ticket.objects.filter(still, office__in=self.offices, first_answered_at__isnull=False).order_by("-pk")[:LOOKED_AT])

    @cached_property
    def _waiting(self) -> list[Pair]:
        found = []
        for expert in self.experts:
            tickets = Ticket.objects.visible_to(expert).awaiting_support().order_by("queue_at", "number")[: LOOKED_AT // len(self.experts)]
            found += [(expert, ticket) for ticket in tickets]
        return found
