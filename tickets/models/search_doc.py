from __future__ import annotations

import json
from typing import NamedTuple

from django.db import connection, models
from django.db.models import OuterRef, Q, Subquery

from autonax_support.accounts.models import User
from autonax_support.persian.text import Terms, query_terms
from autonax_support.schema.prepared import Later, Prepared
from tickets.finding import as_query

MANY = 5_000  # rows; words that occur oftener are met soon by walking the list itself
# Rows of one word that the index is asked for together with another. Of an office's they are met in the index only, else in the table
LEADING, LEADING_IN_OFFICE = 20_000, 100_000
ESTIMATED = 8  # terms of a query; more do not make it quicker


class Way(NamedTuple):
    """How the rows are looked for that hold some words."""

    words: str | Later  # the query of all of them; empty where there is none
    lead: str | Later  # the query by which the index leads to the rows: without what occurs in too many texts
    often: bool  # so many rows hold them that walking the list meets them soon


class SearchDocQuerySet(models.QuerySet["SearchDoc"]):
    def open_to(self, user: User) -> SearchDocQuerySet:
        """Rows this person may find by: a clerk's own office, and never a note."""
        return self if user.is_staff else self.filter(office_id=user.office_id, is_note=False)

    def matching(self, text: str) -> SearchDocQuerySet:
        """Rows that hold every word of `text`, however it was typed; none when it has no word."""
        terms = query_terms(text)
        return self.on_way(way_to(terms)) if terms else self.none()

    def on_way(self, way: Way) -> SearchDocQuerySet:
        return self.filter(key__led_by=way.lead, key__says=way.words)

    def one_that_says(self, way: Way) -> Subquery:
        """Of the outer query's ticket. An EXISTS would become a join, whose rows PostgreSQL underestimates: it would sort them all."""
        return Subquery(self.filter(ticket=OuterRef("pk"), key__says=way.words).values("pk")[:1])


class SearchDoc(models.Model):
    """The folded text of one ticket or one message. Its tsvector column and FTS5 table exist in SQL only."""

    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="search_docs")
    message = models.OneToOneField("tickets.Message", models.PROTECT, null=True, related_name="search_doc")
    office = models.ForeignKey("accounts.Office", models.PROTECT, related_name="+", db_index=False)
    is_note = models.BooleanField(default=False)
    key = models.TextField()
    key_version = models.PositiveSmallIntegerField()

    objects = SearchDocQuerySet.as_manager()

    class Meta:
        verbose_name = "متن جستجو"
        verbose_name_plural = "متن‌های جستجو"
        constraints = [
            models.UniqueConstraint(fields=["ticket"], condition=Q(message=None), name="one_search_doc_per_ticket"),
            models.CheckConstraint(condition=Q(message__isnull=False) | Q(is_note=False), name="search_note_is_a_message"),
        ]

    def __str__(self) -> str:
        return f"{self.ticket_id}/{self.message_id or '-'}"


def way_to(terms: Terms, *, office: int | None = None) -> Way:
    """The quickest. How often words occur PostgreSQL estimates from its statistics (below 1 ms, where counting took 200)."""
    words = as_query(terms)
    if not terms:
        return Way("", "", often=False)
    if connection.vendor != "postgresql":
        return Way(words, words, often=OFTEN.first(MANY, words=words) is not None)
    of_all, *of_each = _estimated([words, *map(as_query, ([term] for term in terms[:ESTIMATED] if len(terms) > 1))])
    most = LEADING_IN_OFFICE if office else LEADING
    leading = [term for term, rows in zip(terms, of_each or [of_all], strict=False) if rows <= most]
    return Way(words, as_query(leading or ([] if office else terms), office=office), often=of_all > MANY)


def _estimated(queries: list[str]) -> list[int]:
    """Rows that hold the words of each."""
    one = "SELECT FROM tickets_searchdoc WHERE vector @@ %s::tsquery"
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (FORMAT JSON) {' UNION ALL '.join([one] * len(queries))}", queries)
        (answer,) = cursor.fetchone()
    (found,) = json.loads(answer) if isinstance(answer, str) else answer
    plan = found["Plan"]
    return [part["Plan Rows"] for part in (plan["Plans"] if len(queries) > 1 else [plan])]


def _often(many: int, *, words: Later) -> models.QuerySet:
    return SearchDoc.objects.filter(key__led_by=words).values_list("pk")[many : many + 1]


OFTEN = Prepared(_often, words=models.TextField())
