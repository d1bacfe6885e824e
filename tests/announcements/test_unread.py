"""What the header counts and the banner shows."""

import re

import pytest
from django.db import connection
from django.utils import timezone

from announcements.models import Announcement, Receipt
from autonax_support.accounts.models import User
from autonax_support.schema.counts import CappedCount
from tests.announcements.conftest import DAY, NOW, titles


def unread_by(user, at=NOW):
    return titles(Announcement.objects.unread_by(user, at))


def test_what_sara_has_read_is_no_longer_unread(old_hand, reza, an_announcement):
    announcement = an_announcement(published_at=NOW)
    reza.date_joined = NOW - DAY
    announcement.read(by=old_hand, at=NOW)
    assert [unread_by(old_hand), unread_by(reza)] == [[], [announcement.title]]


def test_nobody_is_greeted_with_what_was_published_before_them(sara, an_announcement):
    sara.date_joined = NOW - DAY
    an_announcement("پیش از سارا", published_at=NOW - 2 * DAY)
    an_announcement("پس از سارا", published_at=NOW)
    assert unread_by(sara) == ["پس از سارا"]


def test_after_half_a_year_nothing_is_unread(old_hand, an_announcement):
    an_announcement("کهنه", published_at=NOW - 181 * DAY)
    an_announcement("نو", published_at=NOW - 179 * DAY)
    assert unread_by(old_hand) == ["نو"]


def test_drafts_future_and_expired_ones_are_not_counted(old_hand, an_announcement):
    an_announcement("پیش‌نویس", published_at=None)
    an_announcement("فردا", published_at=NOW + DAY)
    an_announcement("تمام", published_at=NOW - 2 * DAY, expires_at=NOW)
    assert unread_by(old_hand) == []


def test_the_header_counts_in_a_subquery(old_hand, an_announcement, django_assert_num_queries):
    for title in ["یک", "دو", "سه"]:
        an_announcement(title, published_at=NOW)
    Announcement.objects.get(title="دو").read(by=old_hand, at=NOW)
    unread = CappedCount(Announcement.objects.unread_by(old_hand, NOW).values("pk"))
    with django_assert_num_queries(1):
        assert User.objects.filter(pk=old_hand.pk).values_list(unread, flat=True).get() == 2


def test_the_banner_is_the_newest_urgent_one_unread(old_hand, an_announcement):
    an_announcement("فوری دیروز", level="urgent", published_at=NOW - DAY)
    an_announcement("فوری امروز", level="urgent", published_at=NOW)
    an_announcement("عادی امروز", published_at=NOW)
    banner = Announcement.objects.unread_by(old_hand, NOW).urgent().newest_first()
    assert banner.first().title == "فوری امروز"
    banner.first().read(by=old_hand, at=NOW)
    assert banner.first().title == "فوری دیروز"


def plan(queryset):
    """How the database goes about it when the table is too big to read whole."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
            cursor.execute("ANALYZE announcements_announcement, announcements_receipt")
    return re.findall(r"announcement_(?:recent|level|list)|receipt_once_per_person|autoindex_announcements_receipt", queryset.explain())


@pytest.mark.parametrize(
    ("narrowed", "indexes"),
    # what other tests left in the table's pages may make PostgreSQL prefer the one or the other
    [("all", {"announcement_recent"}), ("urgent", {"announcement_level", "announcement_recent"})],
)
def test_unread_walks_the_indexes(old_hand, many_announcements, narrowed, indexes):
    rows = many_announcements(1000)
    Receipt.objects.bulk_create(Receipt(announcement=row, user=old_hand, read_at=NOW) for row in rows[:900])
    unread = getattr(Announcement.objects.unread_by(old_hand, timezone.now()), narrowed)()
    used = plan(unread.newest_first()[:1])
    receipts = "receipt_once_per_person" if connection.vendor == "postgresql" else "autoindex_announcements_receipt"
    assert used[0] in indexes
    assert used[1:] == [receipts]
