"""The ways out: what a gateway takes, what it promises, and what it says when it could not.

A gateway sends one thing with one method. Whatever it raises keeps no address and no word of what was to be sent.
"""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Timer
from typing import Any, Protocol

from django.conf import settings

TIMEOUT = settings.EMAIL_TIMEOUT  # seconds of silence
LONGEST = 20.0  # seconds for the whole of a sending, however little at a time comes
CONSOLE = "console:"


class Trouble(Exception):
    """It was not sent. The text is the kind of error alone, such as `SMTPDataError 451`."""


class Refused(Trouble):
    """And never will be: nobody can be reached at this address."""


class Away(Trouble):
    """The gateway itself: nothing is wrong with what was to be sent, and whatever else goes this way must wait as well."""


class Unanswered(Away):
    """It fell silent in the act: what was to be sent may have been taken, and may arrive as often as it is tried."""


@dataclass(frozen=True)
class Mail:
    target: str
    subject: str
    text: str
    html: str
    key: str  # the same whenever it is sent again
    thread: str = ""  # what belongs together has the same


@dataclass(frozen=True)
class Sms:
    target: str
    kind: str
    text: str
    key: str
    parameters: dict[str, str] = field(default_factory=dict)


class Gateway(Protocol):
    def send(self, letter: Any, begin: Callable[[], None]) -> None:
        """Returns when it has been taken over by the other side. Calls `begin` at the last moment before it may arrive.

        Raises Refused, Away, Unanswered, or another Trouble.
        """


def is_open(channel: str) -> bool:
    """Whether this site has such a gateway: without one nothing is queued for it."""
    return bool({"email": settings.EMAIL_URL, "sms": settings.SMS_URL}[channel])


def gateway_to(channel: str) -> Gateway:
    from autonax_support.notices.gateways.mail import MailGateway  # here, since both need what stands above
    from autonax_support.notices.gateways.sms import ConsoleSms, HttpSms

    if channel == "email":
        return MailGateway()
    return ConsoleSms() if settings.SMS_URL == CONSOLE else HttpSms()


@contextmanager
def cut_off(line: socket.socket | None) -> Iterator[None]:
    """Ends a connection after LONGEST, whatever it is waiting for: a single byte now and then would outlive every timeout."""
    timer = Timer(LONGEST, _shut, [line])
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _shut(line: socket.socket | None) -> None:
    if line is not None:
        try:
            socket.socket.shutdown(line, socket.SHUT_RDWR)  # below TLS, which would want to say goodbye
        except OSError:
            pass
