"""bin/demo as a person starts it: web server and worker together, and both end together."""

import json
import os
import signal
import socket
import subprocess
import time
import urllib.request
from pathlib import Path

import pytest

from tests.project.running import ROOT

pytestmark = pytest.mark.journey  # once, not for each database: it brings its own

# as bin/demo reckons it; packed files are not what is tested here, and packing takes seconds
STATIC_SUM = "(find static -type f -printf '%p %s %T@\\n' | sort; cat requirements.txt) | sha256sum"


class Demo:
    def __init__(self, folder: Path):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = os.environ | {"PORT": str(self.port), "DEMO_DIR": str(folder)}
        self.log = folder / "log"
        with self.log.open("w") as told:
            self.process = subprocess.Popen([ROOT / "bin" / "demo"], cwd=ROOT, env=environment, stdout=told, stderr=told)

    def is_open(self):
        for _ in range(900):
            if self.process.poll() is not None or "Ctrl-C ends it" in self.log.read_text():
                break
            time.sleep(0.1)
        return self.process.poll() is None

    def children(self):
        """Command line by process id, of what bin/demo has started itself."""
        found = {}
        for place in Path("/proc").glob("[0-9]*"):
            try:
                parent = int((place / "stat").read_text().rpartition(")")[2].split()[1])
                line = (place / "cmdline").read_bytes().decode()
            except OSError:
                continue
            if parent == self.process.pid and line:
                found[int(place.name)] = line
        return found

    def pid_of(self, word):
        return next(pid for pid, line in self.children().items() if word in line)

    def ready(self):
        """As soon as it says yes to all: the worker may come a moment after the web server."""
        for _ in range(300):
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=10) as answer:
                state = json.load(answer)
            if all(state.values()):
                break
            time.sleep(0.1)
        return state


def is_gone(pid):
    return not Path(f"/proc/{pid}").exists()


@pytest.fixture
def demo(tmp_path):
    """A function that starts it, on data of its own."""
    packed = subprocess.run(["bash", "-c", STATIC_SUM], cwd=ROOT, env=os.environ | {"LC_ALL": "C.UTF-8"}, capture_output=True, text=True)
    (tmp_path / "static.sum").write_text(packed.stdout)
    started = []

    def start():
        started.append(Demo(tmp_path))
        return started[-1]

    yield start
    for one in started:
        if one.process.poll() is None:
            one.process.terminate()
            one.process.wait(30)


@pytest.mark.slow
def test_it_starts_a_worker_beside_the_web_server_and_ends_both(demo):
    running = demo()
    assert running.is_open(), running.log.read_text()
    children = running.children()
    assert sorted(word for word in ("gunicorn", "work") for line in children.values() if f"{word}\0" in line) == ["gunicorn", "work"]
    assert running.ready() == {"database": True, "attachments": True, "worker": True}
    running.process.send_signal(signal.SIGTERM)
    assert running.process.wait(30) == 0
    assert [pid for pid in children if not is_gone(pid)] == []
    assert running.log.read_text().splitlines()[-1].startswith("Stopped.")


@pytest.mark.long
@pytest.mark.parametrize(
    ("word", "sentence"), [("work\0", "The background worker ended by itself."), ("gunicorn", "The web server ended by itself.")]
)
def test_it_stops_with_a_sentence_when_one_of_them_dies(demo, word, sentence):
    running = demo()
    assert running.is_open(), running.log.read_text()
    children = running.children()
    os.kill(running.pid_of(word), signal.SIGKILL)
    assert running.process.wait(30) == 1
    assert [pid for pid in children if not is_gone(pid)] == []
    assert running.log.read_text().splitlines()[-1] == sentence


@pytest.mark.long
def test_ctrl_c_ends_it_as_well(demo):
    running = demo()
    assert running.is_open(), running.log.read_text()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(30) == 0
