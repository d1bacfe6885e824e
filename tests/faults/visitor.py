"""A person with a browser that runs no script, over real connections; behind the proxy with TLS that every site has."""

import re
import socket
from collections.abc import Mapping
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from urllib.parse import urljoin, urlsplit

from tests.faults.service import SITE
from tests.journeys.forms import Form, Reader

TIMEOUT = 20
PERSIAN = re.compile("[آ-ی]")
TRACE = re.compile(r"Traceback|OperationalError|psycopg2|File &quot;|/site-packages/|DisallowedHost", re.IGNORECASE)


class NoAnswer(Exception):
    """The line broke, or nobody listens: the person does not know what became of it."""


@dataclass(frozen=True)
class Page:
    status: int
    address: str
    headers: Mapping[str, str]
    content: bytes

    @property
    def html(self) -> str:
        return self.content.decode(errors="replace")

    @property
    def faults(self) -> list[str]:
        """What no page may show (L6)."""
        found = []
        if TRACE.search(self.html):
            found.append(f"a trace on {self.address}: {self.html[:300]}")
        if self.status >= 400 and not PERSIAN.search(self.html):
            found.append(f"no Persian word with {self.status} on {self.address}: {self.html[:300]}")
        if self.status in (500, 502):
            found.append(f"{self.status} on {self.address}")
        return found

    def form(self, button: str) -> Form | None:
        return next((form for form in Reader(self.html).forms if any(words == button for words, *_ in form.buttons)), None)


@dataclass
class Visitor:
    name: str
    office: str
    cookies: dict[str, str]
    port: int
    address: str = "10.0.0.1"
    faults: list[str] = field(default_factory=list)
    unanswered: int = 0
    requests: int = 0

    def get(self, address: str) -> Page:
        return self._follow(self.send("GET", address))

    def post(self, address: str, sent: dict[str, object], files: dict[str, bytes] | None = None) -> Page:
        body, kind = multipart(sent, files or {})
        return self._follow(self.send("POST", address, body, {"Content-Type": kind}))

    def begin(self, method: str, address: str, body: bytes, headers: dict[str, str]) -> socket.socket:
        """An open connection on which the head has been sent; the body is still to come."""
        headers = self._headers() | headers | {"Content-Length": str(len(body)), "Connection": "close"}
        head = f"{method} {address} HTTP/1.1\r\n" + "".join(f"{name}: {value}\r\n" for name, value in headers.items()) + "\r\n"
        line = socket.create_connection(("127.0.0.1", self.port), timeout=TIMEOUT)
        line.sendall(head.encode())
        return line

    def _follow(self, page: Page) -> Page:
        for _ in range(4):
            if page.status not in (301, 302, 303):
                break
            page = self.send("GET", urljoin(page.address, page.headers["location"]))
        self.faults += page.faults
        return page

    def _headers(self) -> dict[str, str]:
        cookies = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-For": self.address}
        return {"Host": SITE, "Cookie": cookies, "Origin": f"https://{SITE}", "Referer": f"https://{SITE}/", **forwarded}

    def send(self, method: str, address: str, body: bytes | None = None, headers: dict[str, str] | None = None) -> Page:
        self.requests += 1
        parts = urlsplit(address)
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        connection = HTTPConnection("127.0.0.1", self.port, timeout=TIMEOUT)
        try:
            connection.request(method, target, body, self._headers() | {"Connection": "close"} | (headers or {}))
            answer = connection.getresponse()
            page = Page(answer.status, target, {name.lower(): value for name, value in answer.getheaders()}, answer.read())
        except (OSError, HTTPException) as error:
            self.unanswered += 1
            raise NoAnswer(f"{method} {target}: {error!r}") from error
        finally:
            connection.close()
        for header in answer.msg.get_all("set-cookie") or []:
            name, _, value = header.partition(";")[0].partition("=")
            self.cookies[name] = value
        return page


def multipart(sent: dict[str, object], files: dict[str, bytes]) -> tuple[bytes, str]:
    """As a browser writes it: the fields of the form in their order, the files where their field stands: here at its end."""
    boundary = "----autonax5f0c2d"
    parts = []
    for name, values in sent.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n'
        parts += [f"{head}{value}\r\n".encode() for value in (values if isinstance(values, list) else [values])]
    for name, content in files.items():
        head = f'--{boundary}\r\nContent-Disposition: form-data; name="attachments"; filename="{name}"\r\n'
        parts.append(head.encode() + b"Content-Type: application/octet-stream\r\n\r\n" + content + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
