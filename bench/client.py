"""The load: some threads, each with one connection, each waiting for its answer before it asks again. Its own CPU is not counted."""

import base64
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import cycle
from threading import Lock, Thread
from urllib.parse import urlencode
from uuid import uuid4

from bench.service import HEADERS

CSRF = "c" * 32  # cookie and field: Django asks only that they agree


@dataclass(frozen=True)
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    expected: tuple[int, ...]  # every page read is 200, every form that was taken leads on, unless the scene says otherwise


@dataclass
class Heard:
    """What came back of one load."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    plain: int = 0
    gzip: int = 0
    wall: float = 0.0


def request_of(given: dict) -> Request:
    """From the plain words of scenes.py."""
    cookies = {"__Host-csrf": CSRF} | ({"__Host-session": given["session"]} if given.get("session") else {})
    headers = HEADERS | {"Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items())}
    expected = tuple(given.get("expected", [200 if given["method"] == "GET" else 302]))
    if given["method"] == "GET":
        return Request("GET", given["path"], headers, None, expected)
    fields = given["fields"] | {"csrfmiddlewaretoken": CSRF}
    if "file" in given:
        kind, body = multipart(fields, base64.b64decode(given["file"]))
    else:
        kind, body = "application/x-www-form-urlencoded", urlencode(fields).encode()
    return Request("POST", given["path"], headers | {"Content-Type": kind}, body, expected)


def multipart(fields: dict[str, str], picture: bytes) -> tuple[str, bytes]:
    mark = uuid4().hex
    parts = [f'--{mark}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in fields.items()]
    head = f'--{mark}\r\nContent-Disposition: form-data; name="attachments"; filename="a.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
    return f"multipart/form-data; boundary={mark}", b"".join([*parts, head.encode(), picture, f"\r\n--{mark}--\r\n".encode()])


def load(port: int, requests: list[Request], at_once: int, seconds: float) -> Heard:
    """What is only read is asked for over and over until the time is up; what is written, once each."""
    heard, lock = Heard(), Lock()
    source = cycle(requests) if requests[0].method == "GET" else iter(requests)
    began = time.monotonic()
    threads = [Thread(target=_ask, args=(port, source, lock, began + seconds, heard)) for _ in range(at_once)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    heard.wall = time.monotonic() - began
    return heard


def _ask(port: int, source: Iterator[Request], lock: Lock, until: float, heard: Heard) -> None:
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        with lock:
            request = next(source, None)
        if request is None:
            break
        began = time.perf_counter()
        connection.request(request.method, request.path, request.body, request.headers)
        answer = connection.getresponse()
        content = answer.read()
        heard.seconds.append(time.perf_counter() - began)
        _look(request, answer.status, answer.getheader("Location", ""), content, heard)
    connection.close()


def _look(request: Request, status: int, location: str, content: bytes, heard: Heard) -> None:
    """Anything else than what is expected would be measuring an error page."""
    if status not in request.expected or "/accounts/login/" in location:
        heard.wrong.append(f"{request.method} {request.path}: {status} {location}")
    if not heard.plain and content:
        heard.plain, heard.gzip = len(content), len(zlib.compress(content, 6))
