"""Asks the clamd of the site (CLAMD_ADDRESS), where there is one, whether a file is known malware."""

import logging
import socket
import time
from typing import IO

from clamav_client.clamd import ClamdError, ClamdNetworkSocket, ClamdUnixSocket
from django.conf import settings

SECONDS = 10.0  # for one file, from connecting to the answer
PING_SECONDS = 2.0
PAUSE_SECONDS = 30.0  # after a clamd that hangs, so long nobody else waits for it
UNIX = "unix:"

_hangs_until: dict[str, float] = {}
logger = logging.getLogger(__name__)


class NotScanned(Exception):
    """Nothing is known about the file: clamd is away, too slow, or cannot read it."""


def is_on() -> bool:
    return bool(settings.CLAMD_ADDRESS)


def scan_while_waiting(file: IO[bytes]) -> str:
    """For a person who waits: "none" when the answer cannot be had now; it is looked for again later."""
    if not is_on() or time.monotonic() < _hangs_until.get(settings.CLAMD_ADDRESS, 0):
        return "none"
    try:
        return scan(file)
    except NotScanned:
        return "none"


def scan(file: IO[bytes]) -> str:
    """ "clean" or "infected". Raises NotScanned."""
    began = time.monotonic()
    clamd = _clamd(SECONDS)
    file.seek(0)
    try:
        status, found = next(iter(clamd.instream(_Hurried(file, clamd, began + SECONDS)).values()), ("", None))
    except (ClamdError, OSError) as error:
        if time.monotonic() - began > PING_SECONDS:
            _hangs_until[settings.CLAMD_ADDRESS] = time.monotonic() + PAUSE_SECONDS
        logger.warning("a file was not scanned: %s %s", type(error).__name__, error)
        raise NotScanned from error
    if status not in ("OK", "FOUND"):
        logger.warning("a file was not scanned: clamd says %s", found or "nothing")
        raise NotScanned
    if status == "FOUND":
        logger.warning("malware found: %s", found)
    return "clean" if status == "OK" else "infected"


def answers() -> bool:
    """Whether clamd is there at all: then it is the file that it cannot read."""
    try:
        return _clamd(PING_SECONDS).ping().strip() == "PONG"
    except (ClamdError, OSError):
        return False


def _clamd(seconds: float) -> ClamdNetworkSocket:
    address = settings.CLAMD_ADDRESS
    if address.startswith(UNIX):
        return _UnixSocket(address.removeprefix(UNIX), seconds)
    host, _, port = address.rpartition(":")
    return ClamdNetworkSocket(host.strip("[]"), int(port), seconds)


class _UnixSocket(ClamdUnixSocket):
    def _init_socket(self) -> None:
        """As there, but for the time limit, which there begins only after connecting."""
        self.clamd_socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.clamd_socket.settimeout(self.timeout)
        try:
            self.clamd_socket.connect(self.unix_socket)
        except OSError as error:
            raise ClamdError(self._error_message(error)) from error


class _Hurried:
    """A file that tells the socket, at each piece that is sent, how much of the time is left; the client's own limit is for each call."""

    def __init__(self, file: IO[bytes], clamd: ClamdNetworkSocket, until: float) -> None:
        self.file, self.clamd, self.until = file, clamd, until

    def read(self, size: int) -> bytes:
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the time is up")
        self.clamd.clamd_socket.settimeout(left)
        return self.file.read(size)
