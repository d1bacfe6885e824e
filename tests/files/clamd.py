"""A real clamd that knows one signature: the EICAR test string, wherever it stands in a file."""

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from autonax_support.files import scanning

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"
CONFIGURATION = """
Foreground yes
DatabaseDirectory {folder}/signatures
LocalSocket {folder}/socket
StreamMaxLength 2M
"""


class Clamd:
    def __init__(self, folder: Path):
        self.folder, self.address, self.process = folder, f"unix:{folder}/socket", None
        (folder / "signatures").mkdir()
        (folder / "signatures" / "test.ndb").write_text(f"Test.Eicar:0:*:{EICAR.hex()}\n")
        as_root = os.geteuid() == 0
        (folder / "clamd.conf").write_text(CONFIGURATION.format(folder=folder) + ("User nobody\n" if as_root else ""))
        if as_root:
            shutil.chown(folder, pwd.getpwnam("nobody").pw_uid)

    def start(self):
        command = ["/usr/sbin/clamd", "--config-file", str(self.folder / "clamd.conf")]
        with (self.folder / "log").open("a") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        for _ in range(200):
            if (self.folder / "socket").exists() or self.process.poll() is not None:
                break
            time.sleep(0.05)
        assert self.process.poll() is None, (self.folder / "log").read_text()

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait(20)
            self.process = None


def a_clamd():
    folder = Path(tempfile.mkdtemp(prefix="autonax-clamd."))  # a short path, which a socket needs, and one that nobody may enter
    yield Clamd(folder)
    shutil.rmtree(folder)


@pytest.fixture(scope="module")
def running_clamd():
    for clamd in a_clamd():
        clamd.start()
        yield clamd
        clamd.stop()


@pytest.fixture
def clamd(running_clamd, settings):
    """Running, and asked by the program."""
    settings.CLAMD_ADDRESS = running_clamd.address
    return running_clamd


@pytest.fixture
def stopped_clamd(settings):
    """Asked by the program, but not running; a test may start it."""
    for clamd in a_clamd():
        settings.CLAMD_ADDRESS = clamd.address
        yield clamd
        clamd.stop()
    scanning._hangs_until.clear()
