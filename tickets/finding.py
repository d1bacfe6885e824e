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
from autonax_support.schema.prepared import Later

if TYPE_CHECKING:
    from autonax_support.accounts.models import User
    from tickets.models.ticket import Ticket

TOO_BROAD = "این جستجو بیش از اندازه گسترده است. یک کلمه دقیق‌تر، شماره پیگیری یا بازه تاریخ بیفزایید."
SECONDS = 3  # that long a search may keep the database busy
MANY = 5000  # rows; words that occur oftener are met soon by walking the list itself
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


@models.TextField.register_lookup
class Words(Lookup):
    """`key__words=terms`: every term by one of its alternatives, asked of the tsvector column or the FTS5 table beside `key`."""

    lookup_name = "words"
    prepare_rhs = False

    def get_db_prep_lookup(self, value: Terms, connection) -> tuple[str, list]:
        return "%s", [value]

    def as_postgresql(self, compiler, connection) -> tuple[str, list[str | Later]]:
        return f"{compiler.quote_name_unless_alias(self.lhs.alias)}.vector @@ %s::tsquery", [self._query()]

    def as_sqlite(self, compiler, connection) -> tuple[str, list[str | Later]]:
        alias = compiler.quote_name_unless_alias(self.lhs.alias)
        found = "SELECT rowid FROM tickets_searchdoc_fts WHERE tickets_searchdoc_fts MATCH %s"
        return f"{alias}.id IN ({found})", [self._query()]

    def _query(self) -> str | Later:
        return self.rhs if isinstance(self.rhs, Later) else as_query(self.rhs)


def as_query(terms: Terms) -> str:
    """What a `Later` in the place of terms stands for."""
    return as_tsquery(terms) if connection.vendor == "postgresql" else as_fts5(terms)


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
