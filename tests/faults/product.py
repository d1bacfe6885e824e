"""The product and all that may be broken of it: its web service, its database, its storage; its people, and the ledger of what they did."""

import json
import os
import random
import resource
import shutil
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tests.faults.cluster import Cluster
from tests.faults.crowd import Crowd, Sending
from tests.faults.judge import Judge
from tests.faults.ledger import Ledger
from tests.faults.service import SITE, Service
from tests.faults.visitor import Visitor, multipart
from tests.project.running import KEY
from tests.racing import LONG

ROUNDS = int(os.environ.get("FAULT_ROUNDS", 20 if LONG else 2))
DISK = 64 + (100 if LONG else 20) * ROUNDS  # megabytes of the storage's own disk
FILLER = "filler"
REST = 3.0 if LONG else 0.2
BEFORE = (1.0, 4.0) if LONG else (0.3, 0.7)


def in_pieces(line: socket.socket, body: bytes, part: float, meanwhile: Callable) -> bytes:
    with line:
        cut = int(len(body) * part)
        line.sendall(body[:cut])
        time.sleep(0.1)
        if meanwhile(line) is False:
            return b""
        answer = b""
        with suppress(OSError):
            line.sendall(body[cut:])
            while piece := line.recv(65536):
                answer += piece
        return answer


def without_stacks(log: str) -> str:
    return "\n".join(line for line in log.splitlines() if line[:1].strip() and not line.startswith(("Traceback", "The above", "During")))


class Product:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.chmod(0o711)
        self.storage = folder / "attachments"
        self.storage.mkdir(mode=0o700)
        (folder / "tmp").mkdir()
        self.has_own_disk = self._mount()
        self.cluster = Cluster(folder / "pg")
        environment = {
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "SECRET_KEY": KEY,
            "DATABASE_URL": self.cluster.url,
            "SITE_URL": f"https://{SITE}",
            "ATTACHMENTS_ROOT": str(self.storage),
            "STATIC_ROOT": str(folder / "static"),
            "TRUSTED_PROXIES": "1",
            "RATE_LIMIT_PERCENT": "10000",  # five people do here what fifty do
            "TMPDIR": str(folder / "tmp"),
        }
        self.service = Service(environment, folder / "web.log")
        self.crowd: Crowd | None = None
        self._read_to = 0

    def open(self, clerks: int = 3, experts: int = 2, pace: float = 0.7) -> None:
        """Six clerks of two offices and two experts, ten to thirty requests a second; one clerk more waits for the tests' own errands."""
        settled = json.loads(self.service.run("-m", "tests.faults.settle", str(clerks + 1), str(experts)))
        self.service.start()
        people = [
            Visitor(**person, port=self.service.port, address=f"10.0.0.{place}") for place, person in enumerate(settled["people"], start=1)
        ]
        spare = {f"clerk-{office}-{clerks}" for office in (1, 9)}
        self.errands = [person for person in people if person.name in spare]
        self.people = people
        self.ledger = Ledger(self.folder / "ledger.jsonl")
        self.judge = Judge(self.cluster, self.storage, self.ledger)
        self.service.until_ready(30)
        self.crowd = Crowd([person for person in people if person.name not in spare], settled["department"], self.ledger, pace)

    def under_load(self, fault: Callable[[], None], limit: float = 10) -> None:
        """One round: people work, the fault strikes at a random moment, the service is back within `limit`, everything is judged."""
        assert self.crowd
        for person in self.people:
            person.unanswered = person.requests = 0
        began, sendings = time.monotonic(), self.ledger.repeated
        self.crowd.work()
        time.sleep(random.uniform(*BEFORE))
        try:
            fault()
            back = self.service.until_ready(limit)
        except BaseException:
            self._mend()
            raise
        time.sleep(REST)
        self.crowd.rest()
        worked = time.monotonic() - began
        self.settle_up()
        again = self.ledger.repeated - sendings
        self._report(seconds=worked, back=back, requests=self.count("requests"), unanswered=self.count("unanswered"), again=again)

    def _mend(self) -> None:
        """After a round that did not come to its verdict: the next one shall find a running product, and say what it finds itself."""
        self.crowd.rest()
        if not self.service.process or self.service.process.poll() is not None:
            self.service.start()
        self._forget()

    def _forget(self) -> None:
        self.judge.since = len(self.ledger.entries())
        self.crowd.open.clear()
        self.crowd.lost.clear()

    def count(self, what: str) -> int:
        return sum(getattr(person, what) for person in self.people)

    def _report(self, **figures: float) -> None:
        """A line for each round that held, where somebody wants to know (docs/faults.md)."""
        if path := os.environ.get("FAULT_REPORT"):
            test = os.environ["PYTEST_CURRENT_TEST"].partition("::")[2].partition(" (")[0]
            with Path(path).open("a") as report:
                report.write(json.dumps({"test": test} | figures) + "\n")

    def settle_up(self) -> None:
        """The verdict: first on what there is, then on what there is once everybody has sent their unanswered forms again."""
        crowd = self.crowd
        broken = self.judge.before_resending(sum(len(sending.files) for sending in crowd.open))
        crowd.send_again()
        broken += self.judge.after_resending() + [f"L7: {loss}" for loss in crowd.lost]
        broken += [f"L2: {sending.number} met at last with {sending.last_words}" for sending in crowd.open]
        broken += [f"L6: {fault}" for person in self.people for fault in person.faults]
        for person in self.people:
            person.faults.clear()
        log = self.service.log.read_text()[self._read_to :]
        self._read_to += len(log)
        if broken:
            self._forget()
        assert not broken, "\n".join(broken) + f"\nThe log of this round, without its stacks:\n{without_stacks(log)}"

    def errand(self, verb: str = "file", files: dict[str, bytes] | None = None) -> Sending:
        """One more sending of a clerk whom the crowd does not need; unsent."""
        sending = self.crowd.prepare(self.errands[0], verb, random.Random(), files)
        self.crowd.open.append(sending)
        return sending

    def send(self, sending: Sending) -> int | None:
        ticket = sending.send(self.ledger)
        if sending.is_settled:
            self.crowd.open.remove(sending)
        return ticket

    def send_in_pieces(self, sending: Sending, part: float, meanwhile: Callable) -> bytes:
        """Sends that part of the form, lets something happen, and then the rest; the raw answer, empty where there was none."""
        body, kind = multipart(sending.form, sending.files)
        line = sending.visitor.begin("POST", sending.action, body, {"Content-Type": kind})
        return in_pieces(line, body, part, meanwhile)

    def fill_disk(self) -> None:
        if not self.has_own_disk:  # no file may grow any more: what a full disk says, said to these processes alone
            self._limit_files(0)
            return
        with (self.storage / FILLER).open("wb") as filler:
            size = DISK * 1024 * 1024
            while size >= 512:
                try:
                    os.posix_fallocate(filler.fileno(), os.fstat(filler.fileno()).st_size, size)
                except OSError:
                    size //= 2

    def free_disk(self) -> None:
        if self.has_own_disk:
            (self.storage / FILLER).unlink()
        else:
            self._limit_files(resource.RLIM_INFINITY)

    def _limit_files(self, most: int) -> None:
        for pid in self.service.workers:
            resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))

    def remove(self) -> None:
        if self.crowd:
            self.crowd.end()
        self.service.remove()
        self.cluster.remove()
        if self.has_own_disk:
            subprocess.run(["umount", self.storage], check=True)
        shutil.rmtree(self.folder)

    def _mount(self) -> bool:
        """A small disk for the attachments alone, where this machine lets us have one."""
        if os.getuid() != 0 or os.environ.get("FAULT_NO_MOUNT"):
            return False
        command = ["mount", "-t", "tmpfs", "-o", f"size={DISK}m,mode=700", "autonax-faults", str(self.storage)]
        return subprocess.run(command, capture_output=True).returncode == 0
