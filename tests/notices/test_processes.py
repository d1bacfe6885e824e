"""`manage.py work` as a process: killed, told to end, and without its database."""

import signal
import time
from contextlib import contextmanager

import pytest
from django.db import connection
from django.utils import timezone

from autonax_support.notices.jobs import Worker
from tests.notices import kinds
from tests.notices.conftest import a_job, stored
from tests.notices.working import until, working

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def runs(tmp_path):
    file = tmp_path / "runs"
    file.touch()
    return file


def a_slow_job(runs, seconds=60):
    return a_job("slow", at=timezone.now(), file=str(runs), seconds=seconds)


def test_the_job_of_a_killed_worker_is_taken_again_when_its_lease_ends(tmp_path, runs):
    job = a_slow_job(runs)
    with working(tmp_path, "--lease", "2") as worker:
        assert until(runs.read_text) == "1\n"
        time.sleep(2.1)  # longer than the lease: it is renewed
        other = Worker(kinds.TASKS)
        assert (other.run_once(), worker.ends(signal.SIGKILL)) == (0, -signal.SIGKILL)
    assert until(other.run_once, within=10) == 1
    assert (runs.read_text(), stored(job).state, stored(job).attempts) == ("1\n2\n", "done", 2)


def test_told_to_end_it_gives_back_what_takes_too_long(tmp_path, runs):
    job = a_slow_job(runs)
    with working(tmp_path, "--grace", "0.3") as worker:
        assert until(runs.read_text) == "1\n"
        assert worker.ends(signal.SIGTERM, within=20) == 0  # the job takes a minute
    assert (stored(job).state, stored(job).attempts, stored(job).leased_by, stored(job).leased_until) == ("queued", 0, "", None)
    assert f"job {job.pk} (slow) is given back" in worker.said()


def test_told_to_end_it_finishes_what_it_has_in_hand_and_takes_nothing_more(tmp_path, runs):
    job, next_one = a_slow_job(runs, seconds=0.6), a_slow_job(runs)
    with working(tmp_path) as worker:
        assert until(runs.read_text) == "1\n"
        assert worker.ends(signal.SIGINT) == 0
    assert (stored(job).state, stored(next_one).state, stored(next_one).attempts) == ("done", "queued", 0)


@contextmanager
def closed_to_others():
    """The database lets nobody in and ends who is there, but for this test."""
    name = connection.settings_dict["NAME"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        ours = cursor.fetchone()[0]
    with connection._nodb_cursor() as cursor:
        cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false')
        try:
            cursor.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> %s", [name, ours])
            yield
        finally:
            cursor.execute(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true')


@pytest.mark.postgresql
def test_a_worker_outlives_its_database(tmp_path):
    first = a_job(at=timezone.now())
    with working(tmp_path) as worker:
        assert until(lambda: stored(first).state == "done")
        with closed_to_others():
            waited = until(lambda: "waits for the database" in worker.said())
        after = a_job(at=timezone.now())
        assert (waited, until(lambda: stored(after).state == "done")) == (True, True)
        assert worker.ends(signal.SIGTERM) == 0
    assert worker.said().count("waits for the database") == worker.said().count("reaches the database again") == 1


def test_a_worker_that_comes_before_its_database_waits_for_it(tmp_path):
    """With a file of SQLite, whichever database the others use."""
    later = tmp_path / "later"
    with working(tmp_path, DATABASE_URL=f"sqlite:///{later}/site.sqlite3") as worker:
        assert until(lambda: "waits for the database" in worker.said())
        later.mkdir()
        assert until(lambda: "sqlite" in "".join(path.name for path in later.iterdir()))  # it is there, but has no tables
        assert worker.ends(signal.SIGTERM) == 0
    assert "Traceback" not in worker.said()
