"""How many tickets a search says it has found."""

import pytest
from django.db import connection

from autonax_support.persian.text import query_terms
from inbox.listing import Pager
from tickets.finding import OPEN_TO, as_query
from tickets.models import Ticket, search_doc
from tickets.models.found import FOUND_MAX, WALKED_MAX, Found, found_of
from tickets.models.search_doc import way_to


@pytest.mark.parametrize(
    ("holding", "looked_at", "besides", "said"),
    [
        (0, 0, 1, "یک نتیجه"),
        (26, 0, 0, "۲۶ نتیجه"),
        (FOUND_MAX - 1, 0, 1, "۵۰۰۰ نتیجه"),
        (FOUND_MAX, 0, 1, "بیش از ۵۰۰۰ نتیجه"),
        (FOUND_MAX + 1, 0, 0, "بیش از ۵۰۰۰ نتیجه"),
        (1234, WALKED_MAX, 0, "۱۲۳۴ نتیجه"),  # the whole list was looked at
        (1234, WALKED_MAX + 1, 0, "بیش از ۱۲۰۰ نتیجه"),
        (1200, WALKED_MAX + 1, 0, "بیش از ۱۱۰۰ نتیجه"),  # there may be no other
        (100, WALKED_MAX + 1, 1, "بیش از ۱۰۰ نتیجه"),
        (47, WALKED_MAX + 1, 0, "بیش از ۴۰ نتیجه"),
        (0, WALKED_MAX + 1, 0, "بیش از ۲۰ نتیجه"),  # what is on the page lies behind those looked at
    ],
)
def test_a_count_never_says_more_than_is_known(holding, looked_at, besides, said):
    assert str(found_of(holding, looked_at, shown=20, besides=besides)) == said


def test_one_is_said_in_words():
    assert (str(Found(1)), str(Found(2))) == ("یک نتیجه", "۲ نتیجه")


@pytest.fixture
def often(monkeypatch):
    """Every word occurs often, and so many tickets are looked at that one page shows fewer."""
    monkeypatch.setattr(search_doc, "MANY", 0)
    monkeypatch.setattr("tickets.models.found.WALKED_MAX", 25)


@pytest.fixture
def many(a_ticket):
    return [a_ticket(body=f"پلاک خودرو {'زرافه' if place % 2 else ''}") for place in range(24)]


@pytest.mark.parametrize(("query", "said"), [("پلاک", "۲۴ نتیجه"), ("زرافه", "۱۲ نتیجه"), ("پلاک زرافه", "۱۲ نتیجه")])
def test_where_all_are_looked_at_the_count_is_exact(often, many, at_home, sara, query, said):
    assert str(at_home(sara).get(f"/inbox/?q={query}").context["found"]) == said


def test_where_not_all_are_looked_at_it_says_more_than(often, many, a_ticket, neda, at_home, sara):
    for _ in range(3):
        a_ticket(body="پلاک")
    a_ticket(by=neda, body="پلاک")
    page = at_home(sara).get("/inbox/?q=پلاک")
    assert str(page.context["found"]) == "بیش از ۲۰ نتیجه"
    assert "بیش از ۲۰ نتیجه" in page.content.decode()
    assert [row.pk for row in page.context["page"].rows][-1] == many[7].pk


def test_the_desk_says_it_too(many, at_home, omid):
    page = at_home(omid).get("/admin/tickets/ticket/?q=زرافه")
    assert '<p class="found" role="status">۱۲ نتیجه</p>' in page.content.decode()


def test_the_desk_looks_at_no_more_either(often, many, a_ticket, at_home, omid):
    for _ in range(10):
        a_ticket(body="پلاک")
    client = at_home(omid)
    first = client.get("/admin/tickets/ticket/?q=پلاک").content.decode()
    assert '<p class="found" role="status">بیش از ۳۰ نتیجه</p>' in first  # a page of the desk has thirty
    assert '<p class="found" role="status">۱۲ نتیجه</p>' in client.get("/admin/tickets/ticket/?q=زرافه").content.decode()


@pytest.mark.parametrize("query", ["", "?q=یکتاواژه", "?status=new"])
def test_the_desk_counts_nothing_where_nothing_is_searched_for_or_found(many, at_home, omid, query):
    assert 'class="found"' not in at_home(omid).get(f"/admin/tickets/ticket/{query}").content.decode()


@pytest.mark.postgresql
def test_what_occurs_in_all_too_many_texts_does_not_lead(many, a_ticket, neda, sara, omid, monkeypatch):
    a_ticket(by=neda, body=" و ".join(f"{place}گ" for place in range(120)))  # below 100 words PostgreSQL does not trust its statistics
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE tickets_searchdoc")
    for most in ("LEADING", "LEADING_IN_OFFICE"):
        monkeypatch.setattr(search_doc, most, 15)
    common, rare, both = map(query_terms, ("پلاک", "زرافه", "پلاک زرافه"))
    own = OPEN_TO.format(sara.office_id)
    assert [way_to(terms).lead for terms in (common, rare, both)] == [as_query(common), as_query(rare), as_query(both[1:])]
    assert [way_to(terms, office=sara.office_id).lead for terms in (common, both)] == [own, f"{own} & {as_query(both[1:])}"]
    assert [way_to(terms).words for terms in (common, both)] == [as_query(common), as_query(both)]
    assert set(Ticket.objects.matching("پلاک زرافه", omid)) == set(many[1::2])
    assert str(found_by(sara, "پلاک زرافه")) == "۱۲ نتیجه"


def found_by(clerk, text):
    pager = Pager(clerk, {"q": text})
    return pager.found(pager.page())
