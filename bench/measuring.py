"""One page under load: how quick, how much CPU in the program and in PostgreSQL, how many bytes."""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import median

from bench import cpu
from bench.client import Heard, Request, load

AT_ONCE = (1, 8)
BESIDE = 0.5  # seconds
WARM_UP = 1.5  # seconds; each of a program's threads has a connection, and PostgreSQL keeps a plan after the fifth asking


@dataclass(frozen=True)
class Place:
    """Where a program runs: its port, and the roots of the two trees of processes whose CPU counts."""

    port: int
    program: int
    postmaster: int


@dataclass(frozen=True)
class Floor:
    """The plain page, asked for before each round: the speed of a machine that others use drifts by half within minutes."""

    place: Place
    request: Request

    def measured(self) -> dict[str, float]:
        found = _once(self.place, [self.request], 1, BESIDE)
        return {"floor_p50": found["p50"], "floor_cpu": found["cpu_app"] + found["cpu_db"]}


def measure(place: Place, requests: list[Request], seconds: float, rounds: int, floor: Floor | None = None) -> dict:
    """Median of the rounds, each figure by itself. Milliseconds, and requests a second; `times` and `cost` are those of the floor."""
    is_read = requests[0].method == "GET"
    if is_read:
        load(place.port, requests, max(AT_ONCE), WARM_UP)  # caches, connections and plans are there, as on any working day
    share = len(requests) // (rounds * len(AT_ONCE))
    result: dict = {}
    for nth, at_once in enumerate(AT_ONCE):
        runs = []
        for turn in range(rounds):
            start = (turn * len(AT_ONCE) + nth) * share
            beside = floor.measured() if floor and at_once == 1 else {}
            run = _once(place, requests if is_read else requests[start : start + share], at_once, seconds)
            runs.append(run | _against(run, beside))
        result[f"at_{at_once}"] = {figure: median(run[figure] for run in runs) for figure in runs[0] if figure != "wrong"}
        result["wrong"] = (result.get("wrong", []) + [line for run in runs for line in run["wrong"]])[:3]
    return result


def _once(place: Place, requests: list[Request], at_once: int, seconds: float) -> dict:
    before = cpu.used(place.program), cpu.used(place.postmaster)
    heard = load(place.port, requests, at_once, seconds)
    after = cpu.used(place.program), cpu.used(place.postmaster)
    count = len(heard.seconds)
    return _times(heard) | {
        "requests": count,
        "per_second": count / heard.wall,
        "cpu_app": (after[0] - before[0]) / count,
        "cpu_db": (after[1] - before[1]) / count,
        "plain": heard.plain,
        "gzip": heard.gzip,
        "wrong": heard.wrong,
    }


def _against(run: dict, beside: dict[str, float]) -> dict[str, float]:
    """How many floors the page took, in time and in CPU."""
    if not beside:
        return {}
    return {"times": run["p50"] / beside["floor_p50"], "cost": (run["cpu_app"] + run["cpu_db"]) / beside["floor_cpu"]}


def _times(heard: Heard) -> dict[str, float]:
    ordered = sorted(heard.seconds)
    at: Callable[[float], float] = lambda part: 1000 * ordered[min(int(part * len(ordered)), len(ordered) - 1)]  # noqa: E731
    return {"p50": at(0.5), "p95": at(0.95), "p99": at(0.99)}
