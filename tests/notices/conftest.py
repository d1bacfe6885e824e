from datetime import UTC, datetime, timedelta

import pytest

from autonax_support.notices.jobs import Worker
from autonax_support.notices.models import Job
from tests.notices import kinds

AT = datetime(2026, 11, 25, 20, 0, tzinfo=UTC)


class Clock:
    """Stands still until a test moves it."""

    def __init__(self):
        self.at = AT

    def __call__(self):
        return self.at

    def go_on(self, **time):
        self.at += timedelta(**time)


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def worker(clock, db):
    kinds.RUNS.clear()
    return Worker(kinds.TASKS, name="اول", clock=clock)


def a_job(kind="quick", at=AT, **payload):
    return Job.objects.enqueue(kind, payload, at=at)


def stored(job):
    return Job.objects.get(pk=job.pk)
