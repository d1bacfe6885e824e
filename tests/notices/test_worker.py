"""What the worker makes of jobs that succeed, fail, wait, or are not known to it."""

import re
import time
from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.logs import clean
from autonax_support.notices.jobs import Worker
from autonax_support.notices.models import Job
from autonax_support.notices.models.job import ATTEMPTS_MAX, wait_after
from tests.notices import kinds
from tests.notices.conftest import AT, a_job, stored
from tests.notices.test_claim import all_at_once


def test_a_done_job_is_done(worker):
    job = a_job()
    assert worker.run_once() == 1
    done = stored(job)
    assert (kinds.RUNS, done.state, done.attempts, done.finished_at, done.leased_by) == ([job.pk], "done", 1, AT, "")


def test_a_failed_job_waits_and_keeps_the_kind_of_error_without_its_words(worker, caplog):
    job = a_job("failing")
    assert worker.run_once() == 1
    waiting = stored(job)
    assert (waiting.state, waiting.attempts, waiting.leased_by) == ("queued", 1, "")
    assert timedelta(seconds=8) <= waiting.run_at - AT <= timedelta(seconds=12)
    assert re.fullmatch(r"ValueError \d{7}", waiting.error)
    assert waiting.error.split()[1] in clean(caplog.text)  # as the log shows it


def test_the_waits_grow_from_ten_seconds_to_an_hour():
    wanted = [10, 30, 90, 270, 810, 2430, 3600, 3600, 3600]
    waits = [wait_after(attempts).total_seconds() for attempts in range(1, ATTEMPTS_MAX)]
    assert [0.8 <= wait / middle <= 1.2 for wait, middle in zip(waits, wanted, strict=True)] == [True] * 9


def test_after_ten_attempts_it_is_dead_and_said_to_be(worker, clock, caplog):
    job = a_job("failing")
    for _ in range(ATTEMPTS_MAX):
        assert worker.run_once() == 1
        clock.go_on(hours=2)
    assert worker.run_once() == 0
    dead = stored(job)
    assert (dead.state, dead.attempts, dead.error[:10], dead.finished_at) == ("dead", 10, "ValueError", clock() - timedelta(hours=2))
    assert f"job {job.pk} (failing) is given up" in caplog.text


def test_a_dead_job_may_be_tried_again_from_the_beginning(worker):
    job = a_job()
    Job.objects.filter(pk=job.pk).update(state="dead", attempts=10, finished_at=AT, error="ValueError 1")
    assert (job.revive(at=AT), job.revive(at=AT)) == (True, False)
    assert worker.run_once() == 1
    assert (stored(job).state, stored(job).attempts, stored(job).error) == ("done", 1, "")


def test_a_job_that_kills_its_worker_each_time_is_given_up_as_well(worker, clock):
    job = a_job()
    for _ in range(ATTEMPTS_MAX):
        Job.objects.claim(by="killed", at=clock(), lease=worker.lease)
        clock.go_on(minutes=1)
    worker.run_once()
    assert (kinds.RUNS, stored(job).state, stored(job).error[:10]) == ([], "dead", "WorkerLost")


@pytest.mark.parametrize("kind", ["of_tomorrow", "gone"])
def test_a_kind_that_is_not_known_is_left_for_a_newer_worker(worker, clock, caplog, kind):
    job = a_job(kind)
    assert (worker.run_once(), f"kind '{kind}' is unknown here" in caplog.text) == (1, True)
    assert (stored(job).state, stored(job).attempts, stored(job).run_at) == ("queued", 0, AT + timedelta(minutes=1))
    clock.go_on(minutes=1)
    Worker({kind: kinds.TASKS["quick"]}, clock=clock).run_once()
    assert (kinds.RUNS, stored(job).state) == ([job.pk], "done")


def test_who_can_not_do_it_now_loses_no_attempt(worker):
    job = a_job("later")
    worker.run_once()
    assert (stored(job).attempts, stored(job).run_at.year, stored(job).error) == (0, 2027, "")


def test_one_failing_job_does_not_hold_up_the_others(worker):
    a_job("failing")
    after = a_job()
    assert (worker.run_once(), kinds.RUNS) == (2, [after.pk])


def test_progress_is_seen_from_outside(worker):
    job = a_job("counting")
    worker.run_once()
    assert (stored(job).done, stored(job).total) == (3, 3)


@pytest.mark.django_db(transaction=True)
def test_the_lease_of_a_long_job_is_renewed_while_it_runs(tmp_path):
    job = a_job("slow", file=str(tmp_path / "runs"), seconds=1.6)

    def rival():
        time.sleep(0.2)
        return [time.sleep(0.1) or Job.objects.claim(by="b", at=timezone.now(), lease=timedelta(seconds=1)) for _ in range(13)]

    assert all_at_once(Worker(kinds.TASKS, lease=timedelta(seconds=1.2)).run_once, rival) == [1, [None] * 13]
    assert ((tmp_path / "runs").read_text(), stored(job).attempts, stored(job).state) == ("1\n", 1, "done")
