"""Starts `manage.py work` as an operator would, in a process of its own, on the database of the tests, whose kinds it knows too."""

import os
import subprocess
import sys
import time
from contextlib import contextmanager
from urllib.parse import quote

from django.db import connection

from tests.project.running import ROOT, production

WORK = """
import django, sys
django.setup()
from autonax_support.work import EVERY, TASKS, Task
from tests.notices import kinds
TASKS |= {kind: Task(path, kind) for kind, path in kinds.TASKS.items()}
EVERY.clear()
from django.core.management import execute_from_command_line
execute_from_command_line(["manage.py", "work", *sys.argv[1:]])
"""


def database_url() -> str:
    told = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{told['NAME']}"
    return f"postgres://{told['USER']}@/{told['NAME']}?host={quote(str(told['HOST'] or told['OPTIONS'].get('host', '')), safe='')}"


class Working:
    def __init__(self, process, log):
        self.process, self.log = process, log

    def ends(self, number=None, within=15):
        """Its return code, after this signal."""
        if number is not None:
            self.process.send_signal(number)
        return self.process.wait(within)

    def said(self):
        return self.log.read_text()


@contextmanager
def working(folder, *options, **changes):
    log = folder / "worker.log"
    environment = production(folder, **({"DATABASE_URL": database_url()} | changes))
    environment |= {"PATH": os.environ["PATH"], "DJANGO_SETTINGS_MODULE": "autonax_support.settings"}
    with log.open("w") as told:
        process = subprocess.Popen([sys.executable, "-c", WORK, *options], cwd=ROOT, env=environment, stdout=told, stderr=told)
    try:
        yield Working(process, log)
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()


def until(claim, within=15.0):
    """Waits for this to be true, which the test then asserts."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        if found := claim():
            return found
        time.sleep(0.05)
    return claim()
