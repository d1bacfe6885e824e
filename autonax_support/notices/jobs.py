"""The worker: takes due jobs one at a time and runs them, as `autonax_support/work.py` names them, and deliveries in between (sending.py).

A job runs at least once and may run twice: a worker can be killed between the work and its last UPDATE, or lose its lease while the
machine sleeps. So every function that does a job is idempotent. It gets the job and the time, runs outside any transaction, opens its
own short ones, and calls `job.progress(done, total)` from time to time if it takes long.
"""

from __future__ import annotations

import logging
import random
import secrets
import select
import signal
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime, timedelta
from os import close, pipe, set_blocking, write
from threading import Event, Thread
from typing import Any

from django.db import Error as DatabaseTrouble
from django.db import connections
from django.utils import timezone
from django.utils.module_loading import import_string

from autonax_support.notices.models import Delivery, WorkerBeat
from autonax_support.notices.models.job import ATTEMPTS_MAX, Job, LeaseLost
from autonax_support.notices.sending import Sending

Clock = Callable[[], datetime]

LEASE = timedelta(seconds=45)  # so long a killed worker's job waits to be taken again
GRACE = 20.0  # seconds a running job may still take once the worker is told to end
POLL = 1.0
LONGEST_PAUSE = 5.0  # between two attempts to reach the database
LONGEST_SILENCE = 3600.0  # a job that shows no progress for so long is stuck, and its lease is not renewed any more
UNKNOWN_WAIT = timedelta(minutes=1)
BEAT = timedelta(seconds=20)  # between two signs of life
NAME_MAX = 40

logger = logging.getLogger(__name__)


class TryLater(Exception):
    """Raised by a job that cannot run now through no fault of its own: it is not counted as an attempt."""

    def __init__(self, until: datetime) -> None:
        super().__init__()
        self.until = until


class OutOfTime(BaseException):
    """The running job has used up the time that a worker has to end. No Exception, so that no job swallows it."""


class Worker:
    """`tasks` say which function (by its dotted path) does which kind; `every` how often a kind is done without being asked for;
    `tell` (a dotted path, too) what notices are about: without it nothing is delivered.
    """

    def __init__(
        self,
        tasks: Mapping[str, str],
        every: Mapping[str, timedelta] | None = None,
        *,
        tell: str = "",
        name: str = "",
        lease: timedelta = LEASE,
        grace: float = GRACE,
        clock: Clock = timezone.now,
    ) -> None:
        self.tasks, self.every, self.lease, self.grace, self.clock = tasks, every or {}, lease, grace, clock
        self.name = f"{(name or socket.gethostname())[:NAME_MAX]}:{secrets.token_hex(6)}"  # two of one name are still two
        self.is_ending = self._may_be_interrupted = False
        self._asked_for: dict[str, str] = {}
        self.sending = Sending(import_string(tell), by=self.name, lease=lease, clock=clock) if tell else None
        self._turns = [self._next_job, self._next_delivery]
        self._seen_at: datetime | None = None

    def run(self) -> None:
        """Until it is told to end. While the database is away it waits and goes on afterwards."""
        logger.info("worker %s begins", self.name)
        failures = 0
        with self._told_by_signals():
            while not self.is_ending:
                try:
                    did_something = self.step()
                except DatabaseTrouble as trouble:
                    failures += 1
                    self._database_is_away(trouble, failures)
                    continue
                if failures:
                    logger.info("worker %s reaches the database again", self.name)
                    failures = 0
                if not did_something:
                    self._rest(POLL * random.uniform(0.8, 1.2))  # noqa: S311 # nosec B311 # no secret
            with suppress(DatabaseTrouble):
                WorkerBeat.objects.filter(pk=self.name).delete()
        logger.info("worker %s ends", self.name)

    def run_once(self) -> int:
        """All that is due now; the number of jobs and deliveries taken."""
        taken = 0
        while self.step():
            taken += 1
        return taken

    def step(self) -> bool:
        """Takes and does one job or one delivery, in turn while there are both; False: none was due."""
        _drop_broken_connections()
        at = self.clock()
        self._say_that_it_lives(at)
        self._ask_for_what_is_periodic(at)
        self._turns.reverse()
        did_something = any(take(at) for take in self._turns)
        _drop_broken_connections()
        return did_something

    def _next_job(self, at: datetime) -> bool:
        job = Job.objects.claim(by=self.name, at=at, lease=self.lease)
        if job:
            self._do(job, at)
        return job is not None

    def _next_delivery(self, at: datetime) -> bool:
        delivery = self.sending.claim(at) if self.sending else None
        if delivery:
            self._deliver(delivery, at)
        return delivery is not None

    def _deliver(self, delivery: Delivery, at: datetime) -> None:
        if self.is_ending:
            delivery.wait(until=at)
            return
        try:
            self._call(self.sending.attempt, delivery, at)
        except OutOfTime:
            connections.close_all()
            logger.warning("delivery %s is broken off: the worker must end", delivery.pk)
            delivery.break_off(at=self.clock())

    def _do(self, job: Job, at: datetime) -> None:
        task = self._task(job.kind)
        if self.is_ending:  # told so while it was claimed
            job.give_back(run_at=at)
        elif task is None:
            logger.warning("job %s: kind %r is unknown here; it is left for a newer worker", job.pk, job.kind)
            job.give_back(run_at=at + UNKNOWN_WAIT)
        elif job.attempts > ATTEMPTS_MAX:  # whoever ran it before did not live to say what was wrong
            self._failed(job, "WorkerLost")
        else:
            with Heartbeat(job, self.lease, self.clock):
                self._attempt(job, task, at)

    def _attempt(self, job: Job, task: Callable[[Job, datetime], Any], at: datetime) -> None:
        try:
            self._call(task, job, at)
        except OutOfTime:
            connections.close_all()  # whatever it was in the middle of
            logger.warning("job %s (%s) is given back: the worker must end", job.pk, job.kind)
            job.give_back(run_at=self.clock())
        except TryLater as later:
            job.give_back(run_at=later.until)
        except LeaseLost:
            logger.warning("job %s (%s) was taken by another worker meanwhile", job.pk, job.kind)
        except Exception as error:  # noqa: BLE001 - whatever a job raises is its failure and not the worker's
            self._failed(job, type(error).__name__, error)
        else:
            if not job.finish(at=self.clock()):
                logger.warning("job %s (%s) was done, but its lease had ended before", job.pk, job.kind)

    def _call(self, task: Callable[[Any, datetime], Any], work: Job | Delivery, at: datetime) -> None:
        self._may_be_interrupted = True
        try:
            task(work, at)
        finally:
            self._may_be_interrupted = False

    def _failed(self, job: Job, what: str, error: Exception | None = None) -> None:
        """The row keeps no words of the error, which may quote somebody's data: the kind of error and a number to find it in the log."""
        reference = f"{secrets.randbelow(10**7):07}"  # one digit more would pass for somebody's number, and the log hides those
        line = "job %s (%s) failed, attempt %s, error reference %s"
        logger.error(line, job.pk, job.kind, job.attempts, reference, exc_info=error)
        _drop_broken_connections()
        job.fail(f"{what} {reference}", at=self.clock())
        if job.attempts >= ATTEMPTS_MAX:
            logger.error("job %s (%s) is given up", job.pk, job.kind)

    def _task(self, kind: str) -> Callable[[Job, datetime], Any] | None:
        if kind not in self.tasks:
            return None
        try:
            return import_string(self.tasks[kind])
        except ImportError:
            logger.exception("what does the kind %r cannot be imported", kind)
            return None

    def _ask_for_what_is_periodic(self, at: datetime) -> None:
        """One row for each kind and period, whichever worker comes first."""
        for kind, period in self.every.items():
            key = period_key(kind, period, at)
            if self._asked_for.get(kind) != key:
                Job.objects.enqueue(kind, {}, at=at, unique_key=key)
                self._asked_for[kind] = key

    def _say_that_it_lives(self, at: datetime) -> None:
        """During a job its Heartbeat does."""
        if self._seen_at is None or at - self._seen_at >= BEAT:
            WorkerBeat.objects.beat(self.name, at=at)
            self._seen_at = at

    def _database_is_away(self, trouble: Exception, failures: int) -> None:
        if failures == 1:
            logger.error("worker %s waits for the database: %s", self.name, type(trouble).__name__)
        connections.close_all()
        self._rest(min(POLL * failures, LONGEST_PAUSE) * random.uniform(0.8, 1.2))  # noqa: S311 # nosec B311 # no secret

    @contextmanager
    def _told_by_signals(self) -> Iterator[None]:
        """The pipe ends a rest at once; a sleep would be resumed by Python."""
        self._wake, self._waker = pipe()
        set_blocking(self._waker, False)
        told = {signal.SIGTERM: self._end, signal.SIGINT: self._end, signal.SIGALRM: self._out_of_time}
        before = {number: signal.signal(number, what) for number, what in told.items()}
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            for number, what in before.items():
                signal.signal(number, what)
            close(self._wake), close(self._waker)

    def _end(self, *signalled: Any) -> None:
        if not self.is_ending:
            self.is_ending = True
            write(self._waker, b".")
            signal.setitimer(signal.ITIMER_REAL, self.grace)

    def _out_of_time(self, *signalled: Any) -> None:
        if self._may_be_interrupted:
            raise OutOfTime

    def _rest(self, seconds: float) -> None:
        select.select([self._wake], [], [], seconds)


class Heartbeat:
    """Renews the lease of a job while it runs, in a thread with a connection of its own."""

    def __init__(self, job: Job, lease: timedelta, clock: Clock) -> None:
        self.job, self.lease, self.clock, self.ended = job, lease, clock, Event()
        self.thread = Thread(target=self._beat, name=f"lease of job {job.pk}", daemon=True)

    def __enter__(self) -> None:
        self.thread.start()

    def __exit__(self, *error: Any) -> None:
        self.ended.set()
        self.thread.join(self.lease.total_seconds())

    def _beat(self) -> None:
        done, quiet, pause = None, 0.0, self.lease.total_seconds() / 3
        while not self.ended.wait(pause) and quiet < LONGEST_SILENCE:
            done, quiet = self.job.done, quiet + pause if self.job.done == done else 0.0
            try:
                WorkerBeat.objects.beat(self.job.leased_by, at=self.clock())
                if not self.job.renew(at=self.clock(), lease=self.lease):
                    break
            except DatabaseTrouble as trouble:
                logger.warning("the lease of job %s was not renewed: %s", self.job.pk, type(trouble).__name__)
                connections.close_all()
        connections.close_all()


def _drop_broken_connections() -> None:
    """Django's own does the same to one in a transaction, in which a test may have called us."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close_if_unusable_or_obsolete()


def period_key(kind: str, period: timedelta, at: datetime) -> str:
    """`sweep_uploads:2026-11-25T20:00`: the same for all workers throughout one period."""
    began = int(at.timestamp() // period.total_seconds() * period.total_seconds())
    return f"{kind}:{datetime.fromtimestamp(began, UTC):%Y-%m-%dT%H:%M}"
