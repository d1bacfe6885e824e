"""Objects to the browser: nothing runs, nothing is guessed, nothing stays in a shared cache."""

import re
from typing import IO

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, http_date, parse_http_date_safe

from . import storage
from .models import Attachment

HEADERS = {
    "Content-Security-Policy": ("sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Kept by the browser, asked again each time: the permission is checked before the 304.
    "Cache-Control": "private, no-cache",
    "Accept-Ranges": "bytes",
}
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


def file_response(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    inline = attachment.is_picture and "download" not in request.GET
    headers = _headers(attachment, etag=f'"{attachment.stored_sha256}"', content_type=attachment.content_type)
    headers["Content-Disposition"] = content_disposition_header(not inline, attachment.name)
    return _respond(request, attachment.storage_key, headers)


def thumbnail_response(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    headers = _headers(attachment, etag=f'"{attachment.stored_sha256}-small"', content_type="image/webp")
    headers["Content-Disposition"] = "inline"
    return _respond(request, attachment.thumbnail_key, headers)


def _headers(attachment: Attachment, *, etag: str, content_type: str) -> dict[str, str]:
    modified = http_date(attachment.created_at.timestamp())
    return {**HEADERS, "Content-Type": content_type, "ETag": etag, "Last-Modified": modified}


def _respond(request: HttpRequest, key: str, headers: dict[str, str]) -> HttpResponseBase:
    modified = parse_http_date_safe(headers["Last-Modified"])
    unchanged = get_conditional_response(request, etag=headers["ETag"], last_modified=modified)
    if unchanged is not None:
        return _with(unchanged, **HEADERS, **{name: headers[name] for name in ("ETag", "Last-Modified")})
    file = storage.read(key)
    if request.method == "HEAD":
        size = _size(file)
        file.close()
        return _with(HttpResponse(), **headers, **{"Content-Length": str(size)})
    return _stream(request, file, headers)


def _stream(request: HttpRequest, file: IO[bytes], headers: dict[str, str]) -> HttpResponseBase:
    size = _size(file)
    wanted = _wanted(request, headers, size)
    if wanted is None:
        return _with(FileResponse(file), **headers, **{"Content-Length": str(size)})
    if not wanted:
        file.close()
        return _with(HttpResponse(status=416), **HEADERS, **{"Content-Range": f"bytes */{size}"})
    file.seek(wanted.start)
    part = {"Content-Length": str(len(wanted)), "Content-Range": f"bytes {wanted.start}-{wanted.stop - 1}/{size}"}
    return _with(FileResponse(Slice(file, len(wanted)), status=206), **headers, **part)


def _with(response: HttpResponseBase, **headers: str) -> HttpResponseBase:
    """Set afterwards: FileResponse would guess type and name from the storage key."""
    for name, value in headers.items():
        response[name] = value
    return response


def _wanted(request: HttpRequest, headers: dict[str, str], size: int) -> range | None:
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


def _size(file: IO[bytes]) -> int:
    size = file.seek(0, 2)
    file.seek(0)
    return size
