"""The part of a file that a request asks for."""

import re
from typing import IO

from django.http import HttpRequest

CHUNK = 64 * 1024
_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)


class Slice:
    """The next `size` bytes of a file, in the shape FileResponse streams."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self.file, self.left, self.close = file, size, file.close

    def read(self, size: int = CHUNK) -> bytes:
        chunk = self.file.read(min(size, self.left))
        self.left -= len(chunk)
        return chunk


def wanted(request: HttpRequest, headers: dict[str, str], size: int) -> range | None:
    """None: the whole file, as for several ranges or an unknown unit; an empty range: none of it can be had."""
    asked = _ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if not asked or not any(asked.groups()) or not _still_the_same(request, headers):
        return None
    first, last = asked.groups()
    if not first:
        return range(max(0, size - int(last)), size)
    stop = min(int(last) + 1, size) if last else size
    if last and int(last) < int(first):
        return None
    return range(int(first), stop)


def _still_the_same(request: HttpRequest, headers: dict[str, str]) -> bool:
    condition = request.headers.get("If-Range")
    return condition is None or condition in (headers["ETag"], headers["Last-Modified"])
