"""On PostgreSQL an office's search meets its own texts in the index already; that it may read no others is asked besides."""

import pytest
from django.db import connection
from django.utils import timezone

from autonax_support.persian.text import query_terms
from tickets.finding import as_query
from tickets.models import SearchDoc
from tickets.models.search_doc import Way, way_to

pytestmark = pytest.mark.postgresql


def held(words: str) -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM tickets_searchdoc WHERE vector @@ %s::tsquery", [words])
        found = [pk for (pk,) in cursor.fetchall()]
    return set(SearchDoc.objects.filter(pk__in=found).exclude(message=None).values_list("message__body", flat=True))


def test_an_office_meets_its_own_texts_and_no_note(a_ticket, sara, neda, omid):
    a_ticket(body="پلاک سارا").note(by=omid, at=timezone.now(), body="پلاک محرمانه")
    a_ticket(by=neda, body="پلاک ندا")
    terms = query_terms("پلاک")
    assert held(as_query(terms)) == {"پلاک سارا", "پلاک محرمانه", "پلاک ندا"}
    assert held(as_query(terms, office=sara.office_id)) == {"پلاک سارا"}
    assert held(as_query(terms, office=neda.office_id)) == {"پلاک ندا"}


@pytest.mark.parametrize("typed", ["@{}", "'@{}'", "@{} پلاک", "پلاک | '@{}'"])
def test_nobody_types_an_office(a_ticket, sara, typed):
    a_ticket(body="سلام")
    assert held(as_query(query_terms(typed.format(sara.office_id)))) == set()


def test_a_query_without_words_stays_empty(sara):
    assert way_to([], office=sara.office_id) == Way("", "", often=False)
