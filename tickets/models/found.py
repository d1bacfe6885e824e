"""The texts in which a search has found something."""

from __future__ import annotations

from django.db.models import Max, QuerySet, TextField

from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.models import User
from autonax_support.persian.text import Terms
from autonax_support.schema.prepared import Later, Listing
from tickets.finding import as_query
from tickets.models.message import Message
from tickets.models.search_doc import SearchDoc


def bodies_of(user: User, tickets: list[int], terms: Terms) -> dict[int, str]:
    """By ticket, the newest message that holds every word and that this person may read."""
    return dict(BODIES.all(user, tickets=tickets, words=as_query(terms)))


def _bodies(anyone: Anyone, *, tickets: Later, words: Later) -> QuerySet:
    docs = SearchDoc.objects.open_to(anyone).holding(words).filter(ticket__number__listed=tickets)
    newest = docs.exclude(message=None).order_by().values("ticket_id").annotate(newest=Max("message_id")).values("newest")
    return Message.objects.visible_to(anyone).filter(pk__in=newest).values_list("ticket_id", "body")


BODIES = PreparedFor(_bodies, plan_each=lambda: True, tickets=Listing(), words=TextField())
