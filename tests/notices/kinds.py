"""Kinds of jobs that only the tests have. A worker finds them by their dotted path, as it finds the real ones."""

import time
from pathlib import Path

from autonax_support.notices.jobs import TryLater

RUNS: list[int] = []
TASKS = {name: f"tests.notices.kinds.{name}" for name in ("quick", "failing", "slow", "later", "counting", "gone")}


def quick(job, at):
    RUNS.append(job.pk)


def failing(job, at):
    raise ValueError("شماره ملی 8520342272")


def slow(job, at):
    """Says in a file that it has begun; only the first attempt takes long."""
    with Path(job.payload["file"]).open("a") as file:
        file.write(f"{job.attempts}\n")
    if job.attempts == 1:
        time.sleep(job.payload["seconds"])


def later(job, at):
    raise TryLater(at.replace(year=at.year + 1))


def counting(job, at):
    for done in range(1, 4):
        job.progress(done, 3)
