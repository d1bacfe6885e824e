"""One job, one holder: claims, leases, and what becomes of a job in hand."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction

from autonax_support.notices.jobs import Worker, period_key
from autonax_support.notices.models import Job
from autonax_support.notices.models.job import LeaseLost
from tests.notices import kinds
from tests.notices.conftest import AT, a_job, stored

LEASE = timedelta(seconds=45)


def claim(by="a", seconds=0):
    return Job.objects.claim(by=by, at=AT + timedelta(seconds=seconds), lease=LEASE)


def all_at_once(*works):
    def alone(work):
        try:
            return work()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(works)) as pool:
        return [task.result() for task in [pool.submit(alone, work) for work in works]]


@pytest.mark.django_db(transaction=True)
def test_four_workers_do_fifty_jobs_each_once(clock):
    kinds.RUNS.clear()
    jobs = [a_job() for _ in range(50)]
    taken = all_at_once(*[Worker(kinds.TASKS, clock=clock).run_once for _ in range(4)])
    assert sorted(kinds.RUNS) == [job.pk for job in jobs]
    assert (sum(taken), Job.objects.filter(state="done", attempts=1).count()) == (50, 50)


@pytest.mark.django_db(transaction=True)
def test_what_is_periodic_is_asked_for_once_by_two_workers_and_done_once(clock):
    kinds.RUNS.clear()
    for _ in range(3):
        all_at_once(*[Worker(kinds.TASKS, {"quick": timedelta(hours=1)}, clock=clock).run_once for _ in range(2)])
        clock.go_on(minutes=40)
    keys = ["quick:2026-11-25T20:00", "quick:2026-11-25T21:00"]
    assert sorted(Job.objects.values_list("unique_key", flat=True)) == keys
    assert len(kinds.RUNS) == 2


def test_a_period_begins_at_the_same_moment_everywhere():
    assert [period_key("k", timedelta(days=1), AT + timedelta(hours=hours)) for hours in (0, 3, 4)] == [
        "k:2026-11-25T00:00",
        "k:2026-11-25T00:00",
        "k:2026-11-26T00:00",
    ]


def test_the_job_that_has_waited_longest_comes_first(db):
    late, early = a_job(at=AT), a_job(at=AT - timedelta(hours=1))
    assert [claim(), claim(), claim()] == [early, late, None]


def test_nothing_is_taken_before_its_time(db):
    a_job(at=AT + timedelta(seconds=10))
    assert (claim(seconds=9), claim(seconds=10) is None) == (None, False)


def test_a_job_in_hand_is_taken_again_when_its_lease_ends(db):
    job = a_job()
    first = claim("a")
    assert (claim("b", seconds=44), claim("b", seconds=45)) == (None, job)
    assert (first.finish(at=AT), first.fail("x", at=AT), first.renew(at=AT, lease=LEASE), first.give_back(run_at=AT)) == (False,) * 4
    assert (stored(job).leased_by, stored(job).attempts, stored(job).state, stored(job).error) == ("b", 2, "queued", "")


def test_a_renewed_lease_lasts(db):
    a_job()
    assert claim("a").renew(at=AT + timedelta(seconds=40), lease=LEASE)
    assert (claim("b", seconds=84), claim("b", seconds=85) is None) == (None, False)


def test_who_has_lost_the_lease_is_stopped_at_the_next_step(db):
    a_job()
    first = claim("a")
    first.progress(1, 5)
    claim("b", seconds=60)
    with pytest.raises(LeaseLost):
        first.progress(5, 5)


def test_the_same_unique_key_is_the_same_job(db):
    first = Job.objects.enqueue("quick", {}, at=AT, unique_key="k")
    again = Job.objects.enqueue("quick", {"other": 1}, at=AT, unique_key="k")
    assert (again, Job.objects.count()) == (first, 1)


@pytest.mark.parametrize(
    "wrong", [{"finished_at": AT}, {"state": "done"}, {"state": "dead"}, {"state": "done", "finished_at": AT, "leased_by": "a"}]
)
def test_the_database_refuses_a_job_that_is_half_finished(db, wrong):
    job = a_job()
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.filter(pk=job.pk).update(**wrong)
