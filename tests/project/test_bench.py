"""bin/bench, run as anybody would run it, and what it makes of its figures."""

import json
import subprocess
import time
from pathlib import Path

import pytest

from bench import cpu, table
from bench.client import multipart, request_of

ROOT = Path(__file__).resolve().parent.parent.parent
FLOORS = ("floor: bare WSGI", "floor: plain Django")


def run_it(*options: str) -> tuple[str, dict]:
    """What it printed and wrote; its JSON is taken away again."""
    ended = subprocess.run(["bin/bench", *options], cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ended.returncode == 0, ended.stderr[-3000:]
    written = ROOT / ended.stdout.strip().rpartition("\n")[2]
    report = json.loads(written.read_text())
    written.unlink()
    return ended.stdout, report


@pytest.mark.slow
def test_a_short_look_puts_a_page_beside_two_floors():
    printed, report = run_it("--quick", "--only", "inbox, tab closed", "100")
    pages, static = report["100"]["pages"], report["100"]["static"]
    assert list(pages) == [*FLOORS, "inbox, tab closed"]
    for name, page in pages.items():
        assert page["wrong"] == []
        assert f"\n{name}" in printed
        for run in (page["at_1"], page["at_8"]):
            assert 0 < run["p50"] <= run["p95"] <= run["p99"]
            assert min(run["requests"], run["per_second"], run["cpu_app"], run["plain"]) > 0
    bare, plain, inbox = pages.values()
    assert min(inbox["at_1"]["times"], inbox["at_1"]["cost"]) > 0  # floors; how many, a busy machine would not know
    assert abs(bare["at_1"]["plain"] - plain["at_1"]["plain"]) <= 100  # both are filled up to the inbox
    assert inbox["queries"] > 2
    assert static["files"] > 20
    assert 50_000 < static["bytes"] <= 180_000  # compressed, font included


def a_page(p50: float, cpu: tuple[float, float], floors: tuple[float, float] | None = None, wrong: tuple[str, ...] = ()) -> dict:
    run = {"p50": p50, "p95": 2 * p50, "p99": 3 * p50, "per_second": 1000 / p50, "cpu_app": cpu[0], "cpu_db": cpu[1]}
    weight = {"plain": 38_000, "gzip": 6_000}
    beside = dict(zip(("times", "cost"), floors, strict=True)) if floors else {}
    return {"at_1": run | weight | beside, "at_8": run | weight, "wrong": list(wrong), "queries": 7}


def test_a_line_gives_the_cost_in_floors():
    shown = table.of_one_size(1000, {"floor: plain Django": a_page(5, (3, 1)), "inbox": a_page(8, (4, 2), (1.6, 1.5))})
    assert shown.splitlines()[-1].split()[:2] == ["inbox", "8.0"]
    assert "6.0    1.50 |   7   38.0   6.0" in shown
    assert "4.0         |   7" in shown  # the floor itself


def test_what_went_wrong_stands_behind_its_line():
    shown = table.of_one_size(1000, {"inbox": a_page(5, (3, 1), wrong=("GET /: 500",))})
    assert shown.endswith("  ! GET /: 500")


def test_two_sizes_are_compared_in_time_and_in_floors():
    """The machine became slower by a half; the page, beside its floor, by a fifth."""
    small = {"inbox": a_page(8, (4, 2), (2.0, 1.5)), "gone": a_page(1, (1, 1))}
    large = {"inbox": a_page(14.4, (7, 4), (2.4, 1.8))}
    line = table.of_sizes({1_000_000: large, 1000: small}).splitlines()[-1]
    assert line.split() == ["inbox", "8.0", "14.4", "1.80", "2.00", "2.40", "1.20"]


def test_cpu_of_a_tree_counts_the_work_of_its_children():
    busy = "import subprocess, sys; subprocess.run([sys.executable, '-c', 'sum(range(12_000_000))']); input()"
    with subprocess.Popen(["python3", "-c", busy], stdin=subprocess.PIPE) as process:
        for _ in range(200):
            if cpu.used(process.pid) >= 100:
                break
            time.sleep(0.05)
        assert cpu.used(process.pid) >= 100
        process.communicate(b"\n")
    assert cpu.used(process.pid) == 0


def test_a_form_carries_its_session_and_token():
    told = {"method": "POST", "path": "/tickets/new/", "session": "s", "fields": {"body": "متن"}}
    request = request_of(told)
    assert "__Host-session=s" in request.headers["Cookie"]
    assert b"csrfmiddlewaretoken=" in request.body


def test_a_picture_goes_as_a_file():
    kind, body = multipart({"body": "متن"}, b"\xff\xd8")
    assert kind.startswith("multipart/form-data; boundary=")
    assert (body.count(b"filename="), "متن".encode() in body, b"\xff\xd8" in body) == (1, True, True)
