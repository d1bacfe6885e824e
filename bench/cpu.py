"""CPU time of a process and all below it, from /proc/<pid>/stat."""

import os
from pathlib import Path

TICK = 1000 / os.sysconf("SC_CLK_TCK")  # milliseconds


def used(root: int) -> float:
    """Milliseconds so far, children that have ended included."""
    return sum(_of(pid, with_ended=pid == root) for pid in (root, *_below(root)))


def _of(pid: int, *, with_ended: bool) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0
    own, ended = map(int, fields[11:13]), map(int, fields[13:15])
    return TICK * (sum(own) + (sum(ended) if with_ended else 0))


def _below(pid: int) -> list[int]:
    try:
        children = [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [*children, *(deeper for child in children for deeper in _below(child))]
