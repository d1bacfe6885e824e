"""Pages by key over rows that share moments and marks: every row once, forth and back, whatever the order."""

from datetime import UTC, datetime

import pytest
from django.core.signing import Signer

from announcements.models import Announcement
from autonax_support.schema.paging import Order

SIZE = 3
PINNED, PUBLISHED, NUMBER = {"pinned": bool}, {"published_at": datetime}, {"id": int}
COLUMNS = [NUMBER, PUBLISHED | NUMBER, PINNED | NUMBER, PINNED | PUBLISHED | NUMBER]
ORDERS = [Order(columns, rising, signer) for columns in COLUMNS for rising in (False, True) for signer in (None, Signer(sep="~"))]
NEWEST_FIRST = Order(PINNED | PUBLISHED | NUMBER)
LAST_MOMENT = "253402300799999999"


@pytest.fixture
def rows(kaveh):
    """Twelve, of three moments; their numbers run across moments and marks."""
    moments = [datetime(2026, 11, 23, 9, 0, 0, micro, tzinfo=UTC) for micro in (0, 1, 999999)]
    Announcement.objects.bulk_create(
        Announcement(title="ا", body="ب", author=kaveh, pinned=place % 5 < 2, published_at=moments[place % 3]) for place in range(12)
    )
    return Announcement.objects.all()


def in_order(rows, order):
    return sorted(rows, key=lambda row: [getattr(row, column) for column in order.columns], reverse=not order.rising)


@pytest.mark.parametrize("order", ORDERS)
def test_the_pages_hold_every_row_once_forth_and_back(rows, order):
    pages = [order.page(rows, SIZE)]
    while pages[-1].older:
        pages.append(order.page(rows, SIZE, after=pages[-1].older))
    back = [pages[-1]]
    while back[-1].newer:
        back.append(order.page(rows, SIZE, before=back[-1].newer))
    assert [row for page in pages for row in page.rows] == in_order(rows, order)
    assert back[::-1] == pages


@pytest.mark.parametrize("order", ORDERS)
def test_the_rest_of_a_list_ends_in_nothing(rows, order):
    shown, key = order.rest(rows, SIZE, "")
    while key:
        more, key = order.rest(rows, SIZE, key)
        shown += more
    assert shown == in_order(rows, order)
    assert order.rest(rows, SIZE, order.key(shown[-1])) == ([], None)


def test_a_page_past_either_end_is_the_first(rows):
    first, every = NEWEST_FIRST.page(rows, SIZE), in_order(rows, NEWEST_FIRST)
    assert NEWEST_FIRST.page(rows, SIZE, after=NEWEST_FIRST.key(every[-1])) == first
    assert NEWEST_FIRST.page(rows, SIZE, before=NEWEST_FIRST.key(every[SIZE - 1])) == first


@pytest.mark.parametrize(
    "key", ["x", "1-1", "2-1-1", "0-1-1-1", "0--1-1", "0-1-1\n", "۰-۱-۱", f"0-{9 * 10**17}-1", f"0-1-{10**18}", "9" * 5000]
)
def test_what_is_no_key_leads_to_the_beginning(rows, key):
    first = NEWEST_FIRST.page(rows, SIZE)
    assert NEWEST_FIRST.rest(rows, SIZE, key) == (first.rows, first.older)
    assert [NEWEST_FIRST.page(rows, SIZE, after=key), NEWEST_FIRST.page(rows, SIZE, before=key)] == [first, first]


@pytest.mark.parametrize("key", [f"0-{LAST_MOMENT}-{10**18 - 1}", "0-0-0"])
def test_the_farthest_keys_are_asked_without_an_error(rows, key):
    unpinned = [row for row in in_order(rows, NEWEST_FIRST) if not row.pinned]
    assert NEWEST_FIRST.rest(rows, 12, key) == (unpinned if LAST_MOMENT in key else [], None)


def test_only_what_this_signer_signed_is_a_key(rows):
    own, other = (Order(NUMBER, signer=Signer(salt=salt)) for salt in ("own", "other"))
    key, first = own.page(rows, SIZE).older, own.page(rows, SIZE)
    foreign = [
        Order(NUMBER).key(first.rows[-1]),
        other.key(first.rows[-1]),
        f"{key}x",
        Order(PINNED | NUMBER, signer=own.signer).key(first.rows[-1]),
    ]
    assert own.page(rows, SIZE, after=key) != first
    assert [own.page(rows, SIZE, after=wrong) for wrong in foreign] == [first] * 4
