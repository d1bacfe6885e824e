"""What a search has found: how many tickets, and the texts that have its words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Expression, IntegerField, Max, QuerySet, TextField, Value

from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.models import User
from autonax_support.persian.text import Terms, to_persian_digits
from autonax_support.schema.counts import CappedCount, WalkedCount
from autonax_support.schema.prepared import Later, Listing
from tickets.finding import as_query
from tickets.models.message import Message
from tickets.models.search_doc import SearchDoc, SearchDocQuerySet, Way

if TYPE_CHECKING:
    from tickets.models.ticket import TicketQuerySet

FOUND_MAX = 5_000
WALKED_MAX = 1_000  # tickets, newest first, that are looked at where so many hold the words that counting them all would take long


class Found(NamedTuple):
    """How many, or more than how many."""

    count: int
    is_all: bool = True

    def __str__(self) -> str:
        if not self.is_all:
            return f"بیش از {to_persian_digits(self.count)} نتیجه"
        return "یک نتیجه" if self.count == 1 else f"{to_persian_digits(self.count)} نتیجه"


def counts_of(tickets: TicketQuerySet, docs: SearchDocQuerySet, way: Way) -> tuple[Expression, Expression]:
    """How many of `tickets`, in the order of their list, hold the words, and how many were looked at; 0 stands for all."""
    if not way.often:
        return CappedCount(tickets.with_one_of(docs, way).values("pk"), FOUND_MAX + 1), Value(0, IntegerField())
    looked_at = tickets.annotate(hit=docs.one_that_says(way))
    return WalkedCount(looked_at, WALKED_MAX, of="hit"), CappedCount(tickets.values("pk"), WALKED_MAX + 1)


def found_of(holding: int, looked_at: int, *, shown: int, besides: int = 0) -> Found:
    """From `counts_of`; `shown` is what a page shows that is not the last, `besides` what the search has found by their numbers only."""
    count = holding + besides
    if looked_at > WALKED_MAX:
        step = 100 if count > 100 else 10
        return Found(max((count - 1) // step * step, shown), is_all=False)
    return Found(min(count, FOUND_MAX), is_all=count <= FOUND_MAX)


def bodies_of(user: User, tickets: list[int], terms: Terms) -> dict[int, str]:
    """By ticket, the newest message that holds every word and that this person may read."""
    return dict(BODIES.all(user, tickets=tickets, words=as_query(terms)))


def _bodies(anyone: Anyone, *, tickets: Later, words: Later) -> QuerySet:
    docs = SearchDoc.objects.open_to(anyone).filter(ticket__number__listed=tickets, key__says=words)
    newest = docs.exclude(message=None).order_by().values("ticket_id").annotate(newest=Max("message_id")).values("newest")
    return Message.objects.visible_to(anyone).filter(pk__in=newest).values_list("ticket_id", "body")


BODIES = PreparedFor(_bodies, tickets=Listing(), words=TextField())
