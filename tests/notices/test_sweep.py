"""What the worker throws away, and what it must not touch."""

import time
from datetime import timedelta
from importlib import import_module
from threading import Event

import pytest
from django.conf import settings as configured
from django.contrib.sessions.models import Session
from django.core.files.storage import storages
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from autonax_support.accounts.models import ActionCount
from autonax_support.files.models import Attachment
from autonax_support.notices.models import Job
from autonax_support.work import EVERY
from tests.files.conftest import a_draft, kept
from tests.notices.conftest import a_job
from tests.notices.test_claim import all_at_once
from tickets.models import Draft
from tickets.sweeping import sweep_drafts

SECOND = timedelta(seconds=1)


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def work(django_capture_on_commit_callbacks):
    def once():
        with django_capture_on_commit_callbacks(execute=True):
            call_command("work", "--once")

    return once


def left(owner, ago, now):
    draft = a_draft(owner)
    Draft.objects.filter(pk=draft.pk).update(updated_at=now - ago, data={"body": "متن"})
    return draft


def test_one_run_does_all_that_is_periodic(db, work):
    work()
    known = Job.objects.filter(kind__in=set(EVERY) - {"sweep_uploads"})
    assert {job.kind: job.state for job in known} == dict.fromkeys(set(EVERY) - {"sweep_uploads"}, "done")


def test_a_draft_in_which_nothing_is_left_goes_after_a_day(sara, now, work):
    hollow, young, chosen, worded, full = (left(sara, timedelta(days=1, minutes=ago), now) for ago in (5, -5, 5, 5, 5))
    Draft.objects.filter(pk__in=[hollow.pk, full.pk]).update(data={})
    Draft.objects.filter(pk=chosen.pk).update(data={"department": "1"})
    kept(full)
    work()
    assert set(Draft.objects.values_list("pk", flat=True)) == {young.pk, worded.pk, full.pk}


def test_a_draft_of_ninety_days_goes_with_its_files_and_a_younger_one_stays(sara, reza, now, work):
    old = left(sara, timedelta(days=90, minutes=1), now)
    young = left(sara, timedelta(days=90) - timedelta(minutes=5), now)
    other = left(reza, timedelta(0), now)
    files = [kept(draft) for draft in (old, young)]
    Attachment.objects.update(created_at=now - timedelta(days=91))
    work()
    assert set(Draft.objects.all()) == {young, other}
    assert list(Attachment.objects.all()) == files[1:]
    assert [storages["attachments"].exists(file.storage_key) for file in files] == [False, True]


def test_the_days_are_a_setting(sara, settings, now, work):
    settings.DRAFT_DAYS = 7
    left(sara, timedelta(days=8), now)
    work()
    assert Draft.objects.count() == 0


def test_an_old_draft_with_a_fresh_file_stays(sara, now, work):
    draft = left(sara, timedelta(days=100), now)
    file = kept(draft)
    Attachment.objects.filter(pk=file.pk).update(created_at=now)
    work()
    assert list(Draft.objects.all()) == [draft]


def test_the_sweep_of_drafts_says_how_far_it_is(sara, now):
    for _ in range(3):
        left(sara, timedelta(days=100), now)
    a_job("sweep_drafts")
    job = Job.objects.claim(by="a", at=now, lease=timedelta(minutes=1))
    sweep_drafts(job, now)
    assert (Job.objects.get().done, Job.objects.get().total) == (3, 3)


def test_counted_actions_of_yesterday_go(db, now, work):
    for ago in (timedelta(hours=25), timedelta(hours=23)):
        ActionCount.objects.create(who="1", action="reply", window=now - ago)
    work()
    assert ActionCount.objects.get().window == now - timedelta(hours=23)


def test_ended_sessions_go(db, now, work):
    store = import_module(configured.SESSION_ENGINE).SessionStore
    for _ in range(2):
        store().create()
    ended = Session.objects.first()
    Session.objects.filter(pk=ended.pk).update(expire_date=now - SECOND)
    work()
    assert (Session.objects.count(), Session.objects.filter(pk=ended.pk).exists()) == (1, False)


@pytest.mark.parametrize(
    ("state", "ago", "stays"),
    [("done", 6, True), ("done", 8, False), ("dead", 89, True), ("dead", 91, False)],
)
def test_finished_jobs_go_after_some_days(db, now, work, state, ago, stays):
    job = a_job()
    Job.objects.filter(pk=job.pk).update(state=state, finished_at=now - timedelta(days=ago))
    work()
    assert Job.objects.filter(pk=job.pk).exists() is stays


def test_a_waiting_job_is_never_swept(db, now, work):
    job = a_job("of_tomorrow", at=now - timedelta(days=400))
    work()
    assert Job.objects.filter(pk=job.pk, state="queued").exists()


@pytest.mark.django_db(transaction=True)
def test_who_comes_back_to_an_old_draft_this_moment_keeps_it(sara, now):
    draft = left(sara, timedelta(days=100), now)
    opened = Event()
    a_job("sweep_drafts")
    job = Job.objects.claim(by="a", at=now, lease=timedelta(minutes=1))

    def sara_writes():
        with transaction.atomic():
            Draft.objects.select_for_update().get(pk=draft.pk)
            opened.set()
            time.sleep(0.3)
            Draft.objects.filter(pk=draft.pk).update(updated_at=now)

    def the_sweep():
        opened.wait(5)
        sweep_drafts(job, now)

    all_at_once(sara_writes, the_sweep)
    assert Draft.objects.get().updated_at == now
