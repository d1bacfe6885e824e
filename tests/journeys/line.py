"""A bad line: a TCP proxy on loopback that cuts every connection after some bytes or seconds, and may be as slow as an office's."""

import select
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from urllib.parse import urlsplit


@dataclass
class Line:
    """`bytes_each` and `seconds_each` are what one connection carries up before it is cut; `speed` in bytes a second."""

    target: tuple[str, int]
    bytes_each: float = float("inf")
    seconds_each: float = float("inf")
    speed: float = float("inf")
    cuts: int = 0
    carried: int = 0
    listener: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))

    @property
    def url(self) -> str:
        return f"http://localhost:{self.listener.getsockname()[1]}"

    def serve(self) -> None:
        while True:
            try:
                browser, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.carry, args=(browser,), daemon=True).start()

    def carry(self, browser: socket.socket) -> None:
        server = socket.create_connection(self.target)
        began, up = time.monotonic(), 0
        with browser, server, suppress(OSError):
            while True:
                left = min(1.0, self.seconds_each - (time.monotonic() - began))
                if left <= 0 or up >= self.bytes_each:
                    self.cuts += 1
                    browser.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # a reset, no polite farewell
                    return
                for side in select.select([browser, server], [], [], left)[0]:
                    part = side.recv(16 * 1024)
                    if not part:
                        return
                    (server if side is browser else browser).sendall(part)
                    if side is browser:
                        up, self.carried = up + len(part), self.carried + len(part)
                        time.sleep(len(part) / self.speed)


@contextmanager
def a_line(site: str, **faults: float) -> Iterator[Line]:
    place = urlsplit(site)
    line = Line((place.hostname, place.port), **faults)
    threading.Thread(target=line.serve, daemon=True).start()
    try:
        yield line
    finally:
        line.listener.close()
