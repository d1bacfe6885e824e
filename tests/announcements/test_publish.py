import pytest
from django.db import DatabaseError

from announcements.models import Announcement, Refused
from autonax_support.accounts.models import AuditEntry
from tests.announcements.conftest import DAY, NOW


def audited():
    return list(AuditEntry.objects.values_list("verb", "actor__username", "data"))


def test_kaveh_publishes_a_draft(kaveh, sara, an_announcement):
    draft = an_announcement(published_at=None)
    draft.publish(by=kaveh, at=NOW)
    assert Announcement.objects.visible_to(sara, NOW).get() == draft
    assert audited() == [("changed", "kaveh", {"announcement": draft.pk, "published_at": NOW.isoformat()})]


def test_kaveh_publishes_for_tomorrow_and_moves_it(kaveh, an_announcement):
    draft = an_announcement(published_at=None)
    draft.publish(by=kaveh, at=NOW, on=NOW + DAY)
    draft.publish(by=kaveh, at=NOW, on=NOW + 2 * DAY)
    draft.refresh_from_db()
    assert (draft.published_at, draft.state(NOW)) == (NOW + 2 * DAY, "scheduled")


def test_what_is_out_is_not_published_twice(kaveh, an_announcement):
    announcement = an_announcement(published_at=NOW - DAY)
    with pytest.raises(Refused, match="پیش‌تر منتشر شده است؛ دوباره فرستاده نشد"):
        announcement.publish(by=kaveh, at=NOW)
    assert audited() == []


def test_a_stale_copy_does_not_publish_twice(kaveh, an_announcement):
    draft = an_announcement(published_at=None)
    stale = Announcement.objects.get()
    draft.publish(by=kaveh, at=NOW)
    with pytest.raises(Refused):
        stale.publish(by=kaveh, at=NOW + DAY)


def test_what_would_be_over_is_not_published(kaveh, an_announcement):
    draft = an_announcement(published_at=None, expires_at=NOW)
    with pytest.raises(Refused, match="زمان پایان پیش از زمان انتشار است"):
        draft.publish(by=kaveh, at=NOW)


def test_a_clerk_publishes_nothing(sara, an_announcement):
    with pytest.raises(Refused):
        an_announcement(published_at=None).publish(by=sara, at=NOW)


def test_only_what_is_still_to_come_becomes_a_draft_again(kaveh, an_announcement):
    scheduled, out = an_announcement(published_at=NOW + DAY), an_announcement(published_at=NOW)
    scheduled.withdraw(by=kaveh, at=NOW)
    with pytest.raises(Refused):
        out.withdraw(by=kaveh, at=NOW)
    assert list(Announcement.objects.drafts()) == [scheduled]


@pytest.mark.parametrize(
    "wrong",
    [
        {"title": "ت" * 201},
        {"body": "م" * 50_001},
        {"published_at": NOW, "expires_at": NOW},
        {"version": 0},
        {"kind": "x"},
        {"level": "x"},
    ],
)
def test_the_database_refuses_what_must_not_be(an_announcement, wrong):
    with pytest.raises(DatabaseError, match="announcement_|value too long"):
        an_announcement(**wrong)
