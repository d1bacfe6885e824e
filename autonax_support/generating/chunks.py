"""A thousand tickets at a time, each thousand made from its own seed: by whichever process has time for it, always the same."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from autonax_support.generating import shapes
from autonax_support.generating.moments import filing_time
from autonax_support.generating.phrases import Phrasebook
from autonax_support.generating.scribe import Scribe
from autonax_support.generating.seeding import seeded
from autonax_support.generating.threads import Thread
from autonax_support.generating.world import FRESH, Plan, World

Rows = dict[str, list[tuple]]
AHEAD = 3  # chunks a process may have ready before the database has taken the first


@dataclass(frozen=True)
class Work:
    """What a process needs. `constants`: the columns of a table that are the same in every row."""

    plan: Plan
    world: World
    constants: dict[str, tuple]
    as_copy: bool


class Maker:
    def __init__(self, work: Work) -> None:
        self.work, self.book = work, Phrasebook(work.plan.seed)

    def make(self, chunk: int) -> tuple[int, dict[str, list[tuple] | bytes]]:
        """How many tickets, and their rows by table: tuples, or the lines of a COPY."""
        rows = self._rows(chunk)
        count = len(rows["ticket"])
        constants = self.work.constants
        if self.work.as_copy:
            return count, {table: copy_lines(made, constants[table]) for table, made in rows.items()}
        return count, {table: [row + constants[table] for row in made] for table, made in rows.items()}

    def _rows(self, chunk: int) -> Rows:
        plan = self.work.plan
        rng = seeded(plan.seed, plan.first_number, chunk)  # beside earlier tickets no key may come twice
        scribe = Scribe(plan, self.work.world, self.book, plan.first_message + chunk * shapes.MESSAGES)
        first = chunk * shapes.CHUNK
        for place, length in enumerate(islice(shapes.lengths(plan.seed, chunk), plan.tickets - first), start=first):
            thread = Thread(scribe, rng, plan.first_number + place, filing_time(plan, place))
            thread.play(length, place >= FRESH * plan.tickets)
        return scribe.rows


def copy_lines(rows: list[tuple], constants: tuple) -> bytes:
    """Texts hold no tab and no backslash (tests/generating), so that only new lines need care."""
    rest = "".join(f"\t{in_copy(value)}" for value in constants)
    lines = ["\t".join(["\\N" if value is None else str(value) for value in row]).replace("\n", "\\n") + rest for row in rows]
    return "\n".join([*lines, ""]).encode()


def in_copy(value: object) -> str:
    return "\\N" if value is None else str(int(value) if isinstance(value, bool) else value)


def made(work: Work, processes: int | None = None) -> Iterator[tuple[int, dict[str, list[tuple] | bytes]]]:
    """All chunks in their order."""
    chunks = range(-(-work.plan.tickets // shapes.CHUNK))
    processes = min(processes or os.cpu_count() or 1, len(chunks) // 2)
    if processes < 2:
        yield from map(Maker(work).make, chunks)
        return
    # spawned, not forked: a child must not hold the parent's database connection
    with ProcessPoolExecutor(processes, get_context("spawn"), _begin, (work,)) as pool:
        waiting = deque(pool.submit(_make, chunk) for chunk in chunks[: processes * AHEAD])
        for chunk in [*chunks[processes * AHEAD :], *[None] * len(waiting)]:
            yield waiting.popleft().result()
            if chunk is not None:
                waiting.append(pool.submit(_make, chunk))


_maker: Maker


def _begin(work: Work) -> None:
    global _maker
    _maker = Maker(work)


def _make(chunk: int) -> tuple[int, dict[str, list[tuple] | bytes]]:
    return _maker.make(chunk)
