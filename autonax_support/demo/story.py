"""A ticket of the demo as a short play: who files what, and what everybody does about it, each line at its time."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autonax_support.demo.people import TECHNICAL


@dataclass(frozen=True)
class Step:
    at: str
    verb: str
    by: str
    facts: dict[str, Any] = field(default_factory=dict)
    files: Sequence[str] = ()


@dataclass(frozen=True)
class Story:
    """`case` is «tracking number» or «tracking number national ID»; `unread`: nobody of the office has opened it since."""

    at: str
    by: str
    subject: str
    body: str
    case: str = ""
    department: str = TECHNICAL
    files: Sequence[str] = ()
    steps: Sequence[Step] = ()
    unread: bool = False


def read(at: str, by: str) -> Step:
    return Step(at, "read", by)


def answer(at: str, by: str, body: str, *files: str, **facts: Any) -> Step:
    return Step(at, "answer", by, {"body": body, **facts}, files)


def reply(at: str, by: str, body: str, *files: str) -> Step:
    return Step(at, "reply", by, {"body": body}, files)


def note(at: str, by: str, body: str) -> Step:
    return Step(at, "note", by, {"body": body})


def transfer(at: str, by: str, to: str, reason: str) -> Step:
    return Step(at, "transfer", by, {"to": to, "reason": reason})


def assign(at: str, by: str, to: str) -> Step:
    return Step(at, "assign", by, {"to": to})


def urgent(at: str, by: str) -> Step:
    return Step(at, "prioritise", by, {"priority": "urgent"})


def develop(at: str, by: str, in_days: int, reason: str = "") -> Step:
    """Promised for so many days from today on."""
    return Step(at, "develop", by, {"promised": in_days, "reason": reason})


def close(at: str, by: str, reason: str = "solved", remark: str = "") -> Step:
    return Step(at, "close", by, {"reason": reason, "remark": remark})


def solved(at: str, by: str) -> Step:
    """«مشکلم حل شد», the clerk's own closing."""
    return close(at, by, "by_office")


def rate(at: str, by: str, stars: int, remark: str = "") -> Step:
    return Step(at, "rate", by, {"stars": stars, "remark": remark})
