"""A worker is killed while it sends mails: whatever is due reaches its end, in order, and nothing arrives a third time."""

import asyncio
import os
import random
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from email import message_from_bytes

import pytest

from tests.faults.service import ROOT
from tests.notices.servers import MailSink, mail_server

pytestmark = pytest.mark.fault
ROUNDS, TICKETS, ANSWERS = 50, 12, 4
LEASE = 1.0  # seconds


class SlowSink(MailSink):
    """Takes its time before and after a mail is kept, so that many a kill strikes in the act."""

    async def handle_DATA(self, server, session, envelope):
        await asyncio.sleep(random.uniform(0, 0.02))
        answer = await super().handle_DATA(server, session, envelope)
        await asyncio.sleep(random.uniform(0, 0.03))
        return answer


class Forking:
    """The process that forks the workers; whom it forked is killed by number."""

    def __init__(self, process, log):
        self.process, self.log, self.workers = process, log, []

    def tell(self, line):
        self.process.stdin.write(f"{line}\n")
        self.process.stdin.flush()
        child = self.process.stdout.readline()
        assert child, self.log.read_text()
        return int(child)

    def start_worker(self):
        self.workers.append(self.tell(f"work {LEASE}"))

    def kill_one(self):
        os.kill(self.workers.pop(random.randrange(len(self.workers))), signal.SIGKILL)


@contextmanager
def forking(product, port):
    environment = product.service.environment | {"EMAIL_URL": f"smtp://127.0.0.1:{port}"}
    log = product.folder / "forking.log"
    with log.open("w") as told:
        command = [sys.executable, "-m", "tests.faults.forking"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": told}
        process = subprocess.Popen(command, cwd=ROOT, env=environment, text=True, **pipes)
    ours = Forking(process, log)
    try:
        yield ours
    finally:
        while ours.workers:
            ours.kill_one()
        process.stdin.close()
        process.wait(30)


def arrivals(sink):
    """Thread and number of the delivery of each mail, in the order in which they came."""
    mails = [message_from_bytes(content) for _, content in sink.mails]
    return [(mail["References"], int(mail["Message-ID"].strip("<>").split("@")[0].split("-")[1])) for mail in mails]


def test_of_fifty_killed_workers_every_mail_arrives_in_order_and_at_most_twice(product):
    open_ones = "SELECT count(*) FROM notices_delivery WHERE state IN ('queued', 'waiting')"
    with mail_server(sink=SlowSink()) as sink, forking(product, sink.port) as ours:
        ours.tell(f"prepare {TICKETS}")
        ours.start_worker()
        for _ in range(ROUNDS):
            ours.tell(f"answer {ANSWERS}")
            ours.start_worker()
            time.sleep(random.uniform(0.02, 0.2))
            ours.kill_one()
        product.service.wait_for(lambda: product.cluster.one(open_ones) == 0, 30)
        came = arrivals(sink)
    rows = product.cluster.rows("SELECT id, state, error, sendings FROM notices_delivery")
    times = {row["id"]: sum(number == row["id"] for _, number in came) for row in rows}
    assert len(rows) == ROUNDS * ANSWERS
    assert {row["state"] for row in rows} <= {"sent", "dead"}
    assert [row for row in rows if row["state"] == "dead" and (row["error"], row["sendings"]) != ("WorkerLost", 2)] == []
    assert [row for row in rows if not (row["state"] == "sent") <= times[row["id"]] <= 2] == []
    for thread in {thread for thread, _ in came}:
        numbers = [number for of, number in came if of == thread]
        assert numbers == sorted(numbers)
