from __future__ import annotations

import json

from django.db import connection, models
from django.db.models import Q

from autonax_support.accounts.models import User
from autonax_support.persian.text import Terms, query_terms
from autonax_support.schema.prepared import Later, Prepared
from tickets.finding import MANY, as_query


class SearchDocQuerySet(models.QuerySet["SearchDoc"]):
    def open_to(self, user: User) -> SearchDocQuerySet:
        """Rows this person may find by: a clerk's own office, and never a note."""
        return self if user.is_staff else self.filter(office_id=user.office_id, is_note=False)

    def matching(self, text: str) -> SearchDocQuerySet:
        """Rows that hold every word of `text`, however it was typed; none when it has no word."""
        terms = query_terms(text)
        return self.holding(terms) if terms else self.none()

    def holding(self, words: Terms | Later) -> SearchDocQuerySet:
        return self.filter(key__words=words)


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


def occur_often(terms: Terms) -> bool:
    """Whether more than MANY rows hold the words, about: PostgreSQL estimates it from its statistics, where counting took 200 ms."""
    if not terms:
        return False
    if connection.vendor == "postgresql":
        return _estimated(as_query(terms)) > MANY
    return OFTEN.first(MANY, words=as_query(terms)) is not None


def _estimated(words: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN (FORMAT JSON) SELECT FROM tickets_searchdoc WHERE vector @@ %s::tsquery", [words])
        (answer,) = cursor.fetchone()
    (plan,) = json.loads(answer) if isinstance(answer, str) else answer
    return plan["Plan"]["Plan Rows"]


def _often(many: int, *, words: Later) -> models.QuerySet:
    return SearchDoc.objects.holding(words).values_list("pk")[many : many + 1]


OFTEN = Prepared(_often, words=models.TextField())
