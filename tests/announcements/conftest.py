from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from announcements.models import Announcement, Receipt

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture
def an_announcement(kaveh):
    """Published an hour ago, unless told otherwise."""

    def make(title="قطع موقت استعلام ثبت احوال", **changes):
        fields = {"body": "از ساعت ۱۴ تا ۱۶", "author": kaveh, "published_at": timezone.now() - timedelta(hours=1), **changes}
        return Announcement.objects.create(title=title, **fields)

    return make


@pytest.fixture
def many_announcements(kaveh):
    """One a minute, the newest a minute old; every third is pinned, confirmed or urgent."""

    def make(count):
        now = timezone.now()
        return Announcement.objects.bulk_create(
            Announcement(
                title=f"اطلاعیه {place}",
                body="متن **مهم**",
                author=kaveh,
                published_at=now - timedelta(minutes=place),
                pinned=place % 50 == 0,
                needs_confirmation=place % 3 == 0,
                level="urgent" if place % 5 == 0 else "info",
            )
            for place in range(1, count + 1)
        )

    return make


@pytest.fixture
def old_hand(sara):
    """Sara has been here for years, so that old announcements were written for her too."""
    sara.date_joined = timezone.now() - 3 * 365 * DAY
    sara.save()
    return sara


@pytest.fixture
def signed_in(client):
    def as_(user):
        client.force_login(user)
        return client

    return as_


@pytest.fixture
def manager(kaveh, signed_in):
    """Kaveh at the desk; his group lets him write announcements."""
    return signed_in(kaveh)


def receipts_of(user):
    return list(Receipt.objects.filter(user=user).values_list("announcement__title", flat=True))


def titles(announcements):
    return [announcement.title for announcement in announcements]
