from announcements.models import Announcement
from tests.announcements.conftest import DAY, NOW, titles


def seen_by(user, at=NOW):
    return titles(Announcement.objects.visible_to(user, at))


def test_sara_sees_what_is_published(sara, an_announcement):
    an_announcement("منتشر", published_at=NOW)
    assert seen_by(sara) == ["منتشر"]


def test_drafts_future_and_expired_ones_are_invisible_to_everybody(sara, kaveh, an_announcement):
    an_announcement("پیش‌نویس", published_at=None)
    an_announcement("فردا", published_at=NOW + DAY)
    an_announcement("تمام", published_at=NOW - 2 * DAY, expires_at=NOW)
    assert [seen_by(sara), seen_by(kaveh)] == [[], []]


def test_an_announcement_ends_at_its_time(sara, an_announcement):
    an_announcement("تا فردا", published_at=NOW, expires_at=NOW + DAY)
    assert [seen_by(sara, NOW), seen_by(sara, NOW + DAY)] == [["تا فردا"], []]


def test_each_state_has_its_list(kaveh, an_announcement):
    an_announcement("پیش‌نویس", published_at=None)
    an_announcement("فردا", published_at=NOW + DAY)
    an_announcement("اکنون", published_at=NOW)
    an_announcement("تمام", published_at=NOW - 2 * DAY, expires_at=NOW - DAY)
    rows = Announcement.objects
    lists = [rows.drafts(), rows.scheduled(NOW), rows.live(NOW), rows.expired(NOW)]
    assert [titles(one) for one in lists] == [["پیش‌نویس"], ["فردا"], ["اکنون"], ["تمام"]]
    assert [one.get().state(NOW) for one in lists] == ["draft", "scheduled", "live", "expired"]
