"""Asking the search rows: which way of asking is quick depends on how often the words occur, so that is looked up first."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from django.db import OperationalError, connection, models, transaction
from django.db.models import Lookup
from django.db.models.lookups import In
from psycopg2.errors import QueryCanceled

from autonax_support.persian.excerpts import Piece, excerpt, marked
from autonax_support.persian.identity import ISOLATED, veil_national_ids
from autonax_support.persian.text import Terms, query_terms, to_ascii_digits, without_invisibles

if TYPE_CHECKING:
    from autonax_support.accounts.models import User
    from tickets.models.ticket import Ticket

TOO_BROAD = "این جستجو بیش از اندازه گسترده است. یک کلمه دقیق‌تر، شماره پیگیری یا بازه تاریخ بیفزایید."
SECONDS = 3  # that long a search may keep the database busy
OPEN_TO = "'@{}'"  # in the vector of each text that an office may read (tickets/schema.py); no typed word has such a sign
IDENTIFIER = re.compile(r"#?([0-9](?:[ -]?[0-9]){0,15})")


class TooBroad(Exception):
    """The search took longer than SECONDS and was stopped."""


@contextmanager
def within_time() -> Iterator[None]:
    """Around all statements of one search. Raises TooBroad."""
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL statement_timeout = %s", [SECONDS * 1000])
        try:
            yield
        except OperationalError as error:
            if isinstance(error.__cause__, QueryCanceled):
                raise TooBroad from error
            raise


def identifier_in(text: str) -> str:
    """The digits of a query that is nothing but a number, however it was typed; else empty."""
    found = IDENTIFIER.fullmatch(to_ascii_digits(without_invisibles(text)))
    return re.sub(r"\D", "", found[1]) if found else ""


def illustrate(tickets: Iterable[Ticket], text: str, user: User) -> None:
    """Gives each ticket `subject_pieces`, and as `excerpt` the words around the hit in its newest message that has all words."""
    from tickets.models.found import bodies_of

    shown, terms = list(tickets), query_terms(text)
    bodies = bodies_of(user, [ticket.pk for ticket in shown], terms) if shown and terms else {}
    for ticket in shown:
        ticket.subject_pieces = marked(veil_national_ids(ticket.subject, frame=ISOLATED), terms)
        ticket.excerpt = _excerpt(bodies.get(ticket.pk, ""), terms)


def _excerpt(body: str, terms: Terms) -> list[Piece]:
    return excerpt(veil_national_ids(body, frame=ISOLATED), terms)


@models.AutoField.register_lookup
class Among(In):
    """`number__among=rows`: the rows are found first and the tickets then by their keys, whatever order and limit stand around.

    With a plain IN the planner would rather walk the whole list for words that occur nowhere near its beginning.
    """

    lookup_name = "among"

    def as_postgresql(self, compiler, connection) -> tuple[str, list]:
        column, column_params = self.process_lhs(compiler, connection)
        rows, params = compiler.compile(self.rhs)
        return f"{column} = ANY(ARRAY{rows})", [*column_params, *params]


class Words(Lookup):
    """Of the key that holds the words of a query: asked of the tsvector column or the FTS5 table beside it."""

    on_postgresql: str

    def as_postgresql(self, compiler, connection) -> tuple[str, list]:
        vector = f"{compiler.quote_name_unless_alias(self.lhs.alias)}.vector"
        query, params = self.process_rhs(compiler, connection)
        return self.on_postgresql.format(vector, f"{query}::tsquery"), params

    def as_sqlite(self, compiler, connection) -> tuple[str, list]:
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        query, params = self.process_rhs(compiler, connection)
        found = "SELECT rowid FROM tickets_searchdoc_fts WHERE tickets_searchdoc_fts MATCH"
        return f"{alias}.id IN ({found} {query})", params


@models.TextField.register_lookup
class LedBy(Words):
    """`key__led_by=query`: the words lead to the rows, by their index."""

    lookup_name, on_postgresql = "led_by", "{} @@ {}"


@models.TextField.register_lookup
class Says(Words):
    """`key__says=query`: something else leads to the rows, and each of them is asked.

    With the operator PostgreSQL would rather look up the words too, which takes 200 ms where a million texts have one of them.
    """

    lookup_name, on_postgresql = "says", "ts_match_vq({}, {})"


def as_query(terms: Terms, *, office: int | None = None) -> str:
    """The query of these words. With an office only what it may read: so PostgreSQL meets no other's rows."""
    if connection.vendor != "postgresql":
        return as_fts5(terms)
    return " & ".join(filter(None, [OPEN_TO.format(office) if office else "", as_tsquery(terms)]))


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
