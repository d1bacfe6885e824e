"""The static files that a browser fetches on its first visit, in bytes as they come over the line."""

import re
from http.client import HTTPConnection
from urllib.parse import urljoin

from bench.client import Request
from bench.service import HEADERS

IN_PAGE = re.compile(r"""(?:href|src)=["']([^"'#]*/static/[^"'#]+)""")
IN_STYLE = re.compile(r"""url\(["']?([^"')#]+)|@import\s+["']([^"']+)""")


def first_visit(port: int, pages: list[Request]) -> dict[str, int]:
    """Of these pages together: how many files, and their bytes, compressed where the server has them so."""
    waiting, weights = set(), {}
    for page in pages:
        html = _get(port, page.path, page.headers).decode()
        waiting |= {urljoin(page.path, found) for found in IN_PAGE.findall(html)}
    while waiting:
        path = waiting.pop()
        packed, plain = _get(port, path, HEADERS | {"Accept-Encoding": "br, gzip"}), b""
        weights[path] = len(packed)
        if path.endswith(".css"):
            plain = _get(port, path, HEADERS)
            found = {urljoin(path, first or second) for first, second in IN_STYLE.findall(plain.decode())}
            waiting |= {target for target in found if target.startswith("/static/") and target not in weights}
    return {"files": len(weights), "bytes": sum(weights.values())}


def _get(port: int, path: str, headers: dict[str, str]) -> bytes:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        connection.request("GET", path, headers=headers)
        answer = connection.getresponse()
        if answer.status != 200:
            raise RuntimeError(f"{path}: {answer.status}")
        return answer.read()
    finally:
        connection.close()
