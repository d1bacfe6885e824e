"""Writing the search rows of a ticket and asking them, on both databases."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.db import models
from django.db.models import Lookup

from autonax_support.persian.text import KEY_VERSION, search_key

if TYPE_CHECKING:
    from tickets.models.message import Message
    from tickets.models.ticket import Ticket

Terms = list[tuple[str, ...]]


def index_ticket(ticket: Ticket) -> None:
    """Subject, numbers and names; in the ticket's own transaction, so that what is stored can be found."""
    from tickets.models.search_doc import SearchDoc

    SearchDoc.objects.create(ticket=ticket, office_id=ticket.office_id, key=_ticket_key(ticket), key_version=KEY_VERSION)


def index_message(message: Message) -> None:
    from tickets.models.search_doc import SearchDoc

    key = search_key(message.body)
    if key:
        SearchDoc.objects.create(
            ticket_id=message.ticket_id,
            message=message,
            office_id=message.ticket.office_id,
            is_note=message.is_note,
            key=key,
            key_version=KEY_VERSION,
        )


def index_tickets_again(tickets: Iterable[Ticket]) -> None:
    """After their texts or names were changed in place: the rows of the tickets themselves, not those of their messages."""
    from tickets.models.search_doc import SearchDoc

    docs = [SearchDoc(ticket=row, office_id=row.office_id, key=_ticket_key(row), key_version=KEY_VERSION) for row in tickets]
    SearchDoc.objects.filter(ticket__in=[doc.ticket_id for doc in docs], message=None).delete()
    SearchDoc.objects.bulk_create(docs, batch_size=200)


def index_messages_again(messages: Iterable[Message]) -> None:
    """After their texts were changed in place. Their tickets are at hand."""
    from tickets.models.search_doc import SearchDoc

    known = list(messages)
    SearchDoc.objects.filter(message__in=known).delete()
    for message in known:
        index_message(message)


def _ticket_key(ticket: Ticket) -> str:
    subject = "" if ticket.erased_at else ticket.subject
    parts = [subject, str(ticket.pk), ticket.tracking_number, ticket.national_id, ticket.filed_by_name]
    return search_key(" ".join(filter(None, parts)))


def as_tsquery(terms: Terms) -> str:
    """PostgreSQL: words are letters and digits only (persian.text), so quoting them is enough."""
    return _query(terms, quoted="'{}'", prefix=":*", both=" & ", either=" | ")


def as_fts5(terms: Terms) -> str:
    return _query(terms, quoted='"{}"', prefix="*", both=" AND ", either=" OR ")


def _query(terms: Terms, *, quoted: str, prefix: str, both: str, either: str) -> str:
    def word(text: str) -> str:
        return quoted.format(text.removesuffix("*")) + (prefix if text.endswith("*") else "")

    def alternative(text: str) -> str:
        return f"({both.join(map(word, text.split()))})"

    return both.join(f"({either.join(map(alternative, term))})" for term in terms)


@models.TextField.register_lookup
class Words(Lookup):
    """`key__words=terms`: every term by one of its alternatives, asked of the tsvector column or the FTS5 table beside `key`."""

    lookup_name = "words"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Terms, connection) -> tuple[str, list]:
        return "%s", [value]

    def as_postgresql(self, compiler, connection) -> tuple[str, list[str]]:
        return f"{compiler.quote_name_unless_alias(self.lhs.alias)}.vector @@ %s::tsquery", [as_tsquery(self.rhs)]

    def as_sqlite(self, compiler, connection) -> tuple[str, list[str]]:
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        found = "SELECT rowid FROM tickets_searchdoc_fts WHERE tickets_searchdoc_fts MATCH %s"
        return f"{alias}.id IN ({found})", [as_fts5(self.rhs)]
