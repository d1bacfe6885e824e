"""The bell of the offices: one notice a person for each announcement, when its time has come, however often the work is done."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from announcements import notices
from announcements.notices import announce, announce_due
from autonax_support.accounts.models import User
from autonax_support.notices.composing import compose
from autonax_support.notices.models import Delivery, Job, Notice
from autonax_support.notices.models.job import LeaseLost
from autonax_support.telling import tell
from tests.announcements.conftest import DAY
from tests.cast import a_clerk

MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(sara, reza, neda, omid, kaveh):
    """Here for a month already."""
    for person in (sara, reza, neda, omid, kaveh):
        person.date_joined = timezone.now() - 30 * DAY
        person.save()


def told():
    return sorted(Notice.objects.filter(kind="announced").values_list("recipient__username", flat=True))


def work(at=None):
    """All that the worker would do for announcements."""
    at = at or timezone.now()
    announce_due(Job(), at)
    for job in Job.objects.filter(kind="announce", state="queued"):
        announce(held(job), at)


def held(job, by="a"):
    Job.objects.filter(pk=job.pk).update(leased_by=by, leased_until=timezone.now() + MINUTE)
    job.refresh_from_db()
    return job


def test_each_person_of_the_offices_hears_of_it_once(people, an_announcement):
    announcement = an_announcement()
    work()
    work()
    assert told() == ["neda", "reza", "sara"]
    assert set(Notice.objects.values_list("announcement", "ticket", "read_at")) == {(announcement.pk, None, None)}


def test_the_worker_does_it_by_itself(people, an_announcement):
    an_announcement()
    call_command("work", "--once")
    assert told() == ["neda", "reza", "sara"]


def test_publishing_at_the_desk_leads_there(people, kaveh, signed_in):
    fields = {"title": "قطع", "body": "متن", "kind": "broadcast", "level": "info", "published_at": "", "expires_at": ""}
    signed_in(kaveh).post("/admin/announcements/announcement/add/", {**fields, "_publish": "انتشار"})
    assert told() == []
    work()
    assert told() == ["neda", "reza", "sara"]


def test_who_may_not_sign_in_or_came_later_or_has_read_it_hears_nothing(people, an_announcement, sara, neda, office_a, office_b):
    announcement = an_announcement()
    announcement.read(by=sara, at=timezone.now())
    a_clerk("gone", "رفته", office_a, is_active=False, date_joined=timezone.now() - DAY)
    a_clerk("young", "تازه", office_a)
    office_b.is_active = False
    office_b.save()
    work()
    assert told() == ["reza"]


@pytest.mark.parametrize(
    "changes",
    [
        {"published_at": None},
        {"published_at": timezone.now() + DAY},
        {"published_at": timezone.now() - 2 * DAY, "expires_at": timezone.now() - DAY},
        {"published_at": timezone.now() - 8 * DAY},
    ],
)
def test_drafts_what_is_planned_what_is_over_and_what_is_old_tell_nobody(people, an_announcement, changes):
    an_announcement(**changes)
    work()
    assert (told(), Job.objects.filter(kind="announce").count()) == ([], 0)


def test_what_was_planned_is_told_when_its_time_has_come(people, an_announcement):
    now = timezone.now()
    an_announcement(published_at=now + DAY)
    work(now + DAY - MINUTE)
    assert told() == []
    work(now + DAY + MINUTE)
    assert told() == ["neda", "reza", "sara"]


def test_what_was_put_off_while_it_waited_is_told_at_its_new_time(people, an_announcement, kaveh):
    now = timezone.now()
    announcement = an_announcement(published_at=now + MINUTE)
    announce_due(Job(), now + 2 * MINUTE)
    announcement.publish(by=kaveh, at=now, on=now + DAY)
    announce(held(Job.objects.get()), now + 2 * MINUTE)
    assert told() == []
    work(now + DAY + MINUTE)
    assert told() == ["neda", "reza", "sara"]


def test_a_worker_that_was_away_for_days_tells_what_came_out_meanwhile(people, an_announcement):
    an_announcement(published_at=timezone.now() - 5 * DAY)
    work()
    assert told() == ["neda", "reza", "sara"]


def test_what_was_cut_off_goes_on_behind_the_last_who_was_told(people, an_announcement, sara, monkeypatch):
    monkeypatch.setattr(notices, "AT_ONCE", 1)
    announcement = an_announcement()
    announce_due(Job(), timezone.now())
    stolen = held(Job.objects.get())
    held(Job.objects.get(), by="another")  # while this one goes on
    stolen._noted = -1e9
    with pytest.raises(LeaseLost):
        announce(stolen, timezone.now())
    assert told() == ["sara"]
    Notice.objects.update(at=announcement.published_at)
    announce(held(Job.objects.get()), timezone.now())
    assert told() == ["neda", "reza", "sara"]
    assert Notice.objects.get(recipient=sara).at == announcement.published_at
    assert (Job.objects.get().done, Job.objects.get().total) == (3, 3)


def test_the_number_of_queries_grows_with_batches_and_not_with_people(people, an_announcement, office_a, django_assert_max_num_queries):
    for number in range(120):
        a_clerk(f"clerk{number}", "کاربر", office_a, date_joined=timezone.now() - DAY)
    an_announcement()
    announce_due(Job(), timezone.now())
    job = held(Job.objects.get())
    with django_assert_max_num_queries(11):
        announce(job, timezone.now())
    assert len(told()) == 123


def letter(person, at=None):
    (delivery,) = Delivery.objects.filter(channel="email", notices__recipient=person)
    return compose(delivery, tell, at or timezone.now())


def test_it_goes_out_by_mail_to_those_who_have_an_address(people, an_announcement, sara):
    User.objects.filter(pk=sara.pk).update(email="sara@example.ir")
    announcement = an_announcement()
    work()
    assert Delivery.objects.values_list("target", flat=True).get() == "sara@example.ir"
    mail = letter(sara)
    assert mail.subject == announcement.title
    assert f"برای دفتر شما منتشر شد: \u2068{announcement.title}\u2069." in mail.text
    assert f"خواندن متن کامل: \u2068http://127.0.0.1:8000/announcements/{announcement.pk}/\u2069" in mail.text
    assert "تیکت" not in mail.text.replace(announcement.title, "")


def test_what_is_withdrawn_meanwhile_is_not_sent(people, an_announcement, sara):
    User.objects.filter(pk=sara.pk).update(email="sara@example.ir")
    announcement = an_announcement()
    work()
    announcement.expires_at = timezone.now()
    announcement.save()
    assert letter(sara, timezone.now() + MINUTE) is None
