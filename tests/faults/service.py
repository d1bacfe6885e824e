"""The web service in earnest: gunicorn with two workers, started, killed and ended by the pids that we know of it."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
SITE = "support.example.ir"
WORKER = "faults"
GRACE = 30  # seconds that running requests get after SIGTERM


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def children(pid: int) -> list[int]:
    try:
        return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except FileNotFoundError:
        return []


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def _sockets(pid: int) -> set[str]:
    found = set()
    for link in Path(f"/proc/{pid}/fd").iterdir():
        try:
            found.add(os.readlink(link))
        except OSError:
            continue
    return found


class Service:
    def __init__(self, environment: dict[str, str], log: Path) -> None:
        self.environment = {"PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8", **environment}
        self.log, self.port, self.process, self.jobs = log, free_port(), None, None

    def run(self, *command: str) -> str:
        """One of the product's commands, to its end."""
        done = subprocess.run([sys.executable, *command], cwd=ROOT, env=self.environment, capture_output=True, text=True, timeout=120)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def start(self) -> None:
        options = ["--bind", f"127.0.0.1:{self.port}", "--worker-class", "gthread", "--workers", "2", "--threads", "4"]
        options += ["--graceful-timeout", str(GRACE), "--no-control-socket", "--worker-tmp-dir", "/dev/shm", "--log-level", "warning"]
        with self.log.open("ab") as log:
            command = [sys.executable, "-m", "gunicorn", "autonax_support.wsgi", *options]
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)

    def start_worker(self, lease: float) -> subprocess.Popen:
        """One that does jobs; whoever starts it ends it."""
        with self.log.open("ab") as log:
            command = [sys.executable, "manage.py", "work", "--name", WORKER, "--lease", str(lease), "--verbosity", "0"]
            self.jobs = subprocess.Popen(command, cwd=ROOT, env=self.environment, stdout=log, stderr=log)
        return self.jobs

    def kill_worker(self) -> None:
        if self.jobs and self.jobs.poll() is None:
            self.jobs.kill()
            self.jobs.wait()

    @property
    def workers(self) -> list[int]:
        return children(self.process.pid)

    def kill_all(self) -> None:
        """The whole service at once; the master first, so that it replaces nobody."""
        everyone = [self.process.pid, *self.workers]
        for pid in everyone:
            os.kill(pid, signal.SIGKILL)
        self.process.wait()
        self.wait_for(lambda: not any(map(is_running, everyone)), 10)

    def terminate(self) -> float:
        """Asks it to end, and says how many seconds it took."""
        began = time.monotonic()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=GRACE + 5) == 0
        return time.monotonic() - began

    def remove(self) -> None:
        self.kill_worker()
        if self.process and self.process.poll() is None:
            self.kill_all()

    def worker_of(self, client: socket.socket) -> int:
        """The worker that holds the other end of this connection."""
        port = client.getsockname()[1]
        for row in Path("/proc/net/tcp").read_text().splitlines()[1:]:
            _, local, remote, *_, inode = row.split()[:10]
            if (int(local.split(":")[1], 16), int(remote.split(":")[1], 16)) == (self.port, port):
                for pid in self.workers:
                    if f"socket:[{inode}]" in _sockets(pid):
                        return pid
        raise LookupError("no worker has taken this connection")

    def ready(self) -> tuple[int, dict]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=10)
        try:
            connection.request("GET", "/readyz", headers={"Host": SITE, "X-Forwarded-Proto": "https"})
            answer = connection.getresponse()
            return answer.status, json.loads(answer.read())
        except (OSError, HTTPException):
            return 0, {}
        finally:
            connection.close()

    def until_ready(self, limit: float) -> float:
        """Seconds until it serves again."""
        began = time.monotonic()
        self.wait_for(lambda: self.ready()[0] == 200, limit)
        return time.monotonic() - began

    def wait_for(self, claim: Callable[[], object], limit: float) -> None:
        until = time.monotonic() + limit
        while not claim():
            assert time.monotonic() < until, f"not within {limit} s; the log ends with\n{self.log.read_text()[-3000:]}"
            time.sleep(0.03)
