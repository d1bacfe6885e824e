"""Writing the search rows of a ticket. They are asked by finding.py."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from autonax_support.persian.text import KEY_VERSION, search_key

if TYPE_CHECKING:
    from tickets.models.message import Message
    from tickets.models.search_doc import SearchDoc
    from tickets.models.ticket import Ticket


def index_filed(ticket: Ticket, message: Message) -> None:
    """Subject, numbers and names, and its first message; in the ticket's own transaction, so that what is stored can be found."""
    from tickets.models.search_doc import SearchDoc

    SearchDoc.objects.bulk_create([_doc_of(ticket), *_docs_of([message])])


def index_message(message: Message) -> None:
    from tickets.models.search_doc import SearchDoc

    SearchDoc.objects.bulk_create(_docs_of([message]))


def index_tickets_again(tickets: Iterable[Ticket]) -> None:
    """After their texts or names were changed in place: the rows of the tickets themselves, not those of their messages."""
    from tickets.models.search_doc import SearchDoc

    docs = [_doc_of(row) for row in tickets]
    SearchDoc.objects.filter(ticket__in=[doc.ticket_id for doc in docs], message=None).delete()
    SearchDoc.objects.bulk_create(docs, batch_size=200)


def index_messages_again(messages: Iterable[Message]) -> None:
    """After their texts were changed in place. Their tickets are at hand."""
    from tickets.models.search_doc import SearchDoc

    known = list(messages)
    SearchDoc.objects.filter(message__in=known).delete()
    SearchDoc.objects.bulk_create(_docs_of(known), batch_size=200)


def _doc_of(ticket: Ticket) -> SearchDoc:
    from tickets.models.search_doc import SearchDoc

    return SearchDoc(ticket=ticket, office_id=ticket.office_id, key=_ticket_key(ticket), key_version=KEY_VERSION)


def _docs_of(messages: Iterable[Message]) -> list[SearchDoc]:
    """One for each text that has a word."""
    from tickets.models.search_doc import SearchDoc

    keys = [(row, search_key(row.body)) for row in messages]
    return [
        SearchDoc(
            ticket_id=row.ticket_id, message=row, office_id=row.ticket.office_id, is_note=row.is_note, key=key, key_version=KEY_VERSION
        )
        for row, key in keys
        if key
    ]


def _ticket_key(ticket: Ticket) -> str:
    """The office's code too: so the desk lists what an office has filed."""
    subject = "" if ticket.erased_at else ticket.subject
    parts = [subject, str(ticket.pk), ticket.tracking_number, ticket.national_id, ticket.filed_by_name, ticket.office.code]
    return search_key("\n\n".join(filter(None, parts)))  # so far apart that no two of them are taken for one number
