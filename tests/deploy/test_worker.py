"""The background work as its unit starts it, under the settings of a site."""

import subprocess
import time

import pytest

from autonax_support.notices.models import Job
from autonax_support.work import EVERY
from tests.deploy.reading import ROOT, command_of


@pytest.mark.django_db(transaction=True)
def test_it_does_what_comes_round_and_ends_in_order_when_told(environment):
    worker = subprocess.Popen(command_of("autonax-worker"), cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        until = time.monotonic() + 30
        while Job.objects.filter(state="done").count() < len(EVERY) and time.monotonic() < until and worker.poll() is None:
            time.sleep(0.1)
        worker.terminate()
        said = worker.communicate(timeout=20)[0].decode()
    finally:
        worker.kill()
    assert (worker.returncode, {*Job.objects.filter(state="done").values_list("kind", flat=True)}) == (0, set(EVERY)), said
