"""One program behind gunicorn as deploy/gunicorn.conf.py says, on a free port of the loopback, ended by whoever began it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from http.client import HTTPConnection
from pathlib import Path
from types import TracebackType

ROOT = Path(__file__).resolve().parent.parent
HOST = "support.example.ir"
HEADERS = {"Host": HOST, "X-Forwarded-Proto": "https", "X-Forwarded-For": "10.0.0.1", "Origin": f"https://{HOST}"}
KEY = "bench-Vq2n_Zr9TgX4mBw8sLd1pYc6hJf3aUe5oRt0iNxQvMzWyKbHjGlSPdA"  # of a site that lives for some minutes
PASSWORD = "bench-1405"  # noqa: S105 # the same


def environment(folder: Path, database: str) -> dict[str, str]:
    """Production in all but the limits of how often one person may do something: here few do what many do."""
    return {
        "PATH": os.environ["PATH"],
        "LC_ALL": "C.UTF-8",
        "SECRET_KEY": KEY,
        "DATABASE_URL": database,
        "SITE_URL": f"https://{HOST}",
        "TRUSTED_PROXIES": "1",
        "ATTACHMENTS_ROOT": str(folder / "attachments"),
        "STATIC_ROOT": str(folder / "static"),
        "RATE_LIMIT_PERCENT": "100000",
        "DJANGO_SETTINGS_MODULE": "autonax_support.settings",
    }


def run(*command: str, env: Mapping[str, str]) -> None:
    """One command in the project's folder; its progress is shown."""
    subprocess.run([sys.executable, *command], cwd=ROOT, env=dict(env), check=True, stdout=sys.stderr)


class Service:
    def __init__(self, application: str, env: Mapping[str, str], log: Path) -> None:
        self.application, self.env, self.log = application, dict(env), log
        self.port = _free_port()

    def __enter__(self) -> "Service":
        command = ["-m", "gunicorn", "--config", "deploy/gunicorn.conf.py", "--bind", f"127.0.0.1:{self.port}", self.application]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=self.env, stdout=log, stderr=log)
        self._wait()
        return self

    def __exit__(self, kind: type | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.process.terminate()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def _wait(self) -> None:
        until = time.monotonic() + 40
        while time.monotonic() < until:
            connection = HTTPConnection("127.0.0.1", self.port, timeout=20)
            try:
                connection.request("GET", "/healthz", headers=HEADERS)
                if connection.getresponse().status == 200:
                    return
            except OSError:
                time.sleep(0.1)
            finally:
                connection.close()
        raise RuntimeError(f"{self.application} does not answer; its log ends with\n{self.log.read_text()[-2000:]}")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
