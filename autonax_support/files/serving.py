"""Objects to the browser: nothing runs, nothing is guessed, nothing stays in a shared cache.

Who may have them was asked before. By the settings the bytes come from this program, from nginx (`X-Accel-Redirect`), or from an
object storage by a link that is good for LINK_SECONDS. What fails on the way is an OSError.
"""

import re
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.utils.cache import get_conditional_response
from django.utils.http import http_date, parse_http_date_safe

from . import storage
from .models import Attachment
from .names import clean_name
from .ranges import Slice, wanted

HEADERS = {
    "Content-Security-Policy": ("sandbox; default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"),
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Resource-Policy": "same-origin",
    # Kept by the browser, asked again each time: the permission is checked before the 304.
    "Cache-Control": "private, no-cache",
    "Accept-Ranges": "bytes",
}
LINK_SECONDS = 60
DELIVERED = (200, 206, 302)
# nginx and browsers read a quoted name each in their own way as soon as it holds anything else
_PLAIN_NAME = re.compile(r"[A-Za-z0-9_.-]+( [A-Za-z0-9_.-]+)*")


def file_response(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    inline = attachment.is_picture and "download" not in request.GET
    headers = _headers(attachment, etag=f'"{attachment.stored_sha256}"', content_type=attachment.content_type)
    headers["Content-Disposition"] = disposition("inline" if inline else "attachment", attachment.name)
    return _unchanged(request, headers) or _deliver(request, attachment.storage_key, headers)


def thumbnail_response(request: HttpRequest, attachment: Attachment) -> HttpResponseBase:
    """A link to a small picture is given without asking the storage: a page of many must not wait for a slow one."""
    headers = _headers(attachment, etag=f'"{attachment.stored_sha256}-small"', content_type="image/webp")
    headers["Content-Disposition"] = "inline"
    unchanged = _unchanged(request, headers)
    if unchanged is None and settings.ATTACHMENTS_S3_LINKS and request.method == "GET":
        return _link(attachment.thumbnail_key, headers)
    return unchanged or _deliver(request, attachment.thumbnail_key, headers)


def disposition(how: str, name: str) -> str:
    """Cleaned once more, as at intake: the name of a row written in another way must not turn itself around either."""
    name = clean_name(name)
    if _PLAIN_NAME.fullmatch(name):
        return f'{how}; filename="{name}"'
    return f"{how}; filename*=utf-8''{quote(name, safe='')}"


def _headers(attachment: Attachment, *, etag: str, content_type: str) -> dict[str, str]:
    modified = http_date(attachment.created_at.timestamp())
    return {**HEADERS, "Content-Type": content_type, "ETag": etag, "Last-Modified": modified}


def _unchanged(request: HttpRequest, headers: dict[str, str]) -> HttpResponse | None:
    """304, or 412 where the condition was the other way round."""
    modified = parse_http_date_safe(headers["Last-Modified"])
    response = get_conditional_response(request, etag=headers["ETag"], last_modified=modified)
    if response is None:
        return None
    return _with(response, **HEADERS, **{name: headers[name] for name in ("ETag", "Last-Modified")})


def _deliver(request: HttpRequest, key: str, headers: dict[str, str]) -> HttpResponseBase:
    if not (request.method == "HEAD" or _by_nginx(request) or settings.ATTACHMENTS_S3_LINKS):
        return _stream(request, key, headers)
    size = storage.size(key)  # also tells whether it is there, before anything is promised
    if request.method == "HEAD":
        return _with(HttpResponse(), **headers, **{"Content-Length": str(size)})
    part = wanted(request, headers, size)
    if part is not None and not part:
        return _no_such_part(size)
    if settings.ATTACHMENTS_S3_LINKS:
        return _link(key, headers)
    del headers["Accept-Ranges"]  # nginx says so itself
    return _with(HttpResponse(), **headers, **{"X-Accel-Redirect": f"{settings.ATTACHMENTS_ACCEL}{quote(key)}"})


def _by_nginx(request: HttpRequest) -> bool:
    """These conditions nginx would compare with marks of its own, which are not ours."""
    is_conditional = "If-Match" in request.headers or "If-Unmodified-Since" in request.headers
    return bool(settings.ATTACHMENTS_ACCEL) and not is_conditional


def _link(key: str, headers: dict[str, str]) -> HttpResponse:
    """The storage says what it is told to say; a policy it cannot be told, so only redrawn pictures come inline (see `file_response`)."""
    answers = {
        "ResponseContentType": headers["Content-Type"],
        "ResponseContentDisposition": headers["Content-Disposition"],
        "ResponseCacheControl": "private, no-store",
    }
    return _with(HttpResponseRedirect(storage.link(key, answers, seconds=LINK_SECONDS)), **{"Cache-Control": "no-store"})


def _stream(request: HttpRequest, key: str, headers: dict[str, str]) -> HttpResponseBase:
    file = storage.read(key)
    size = file.seek(0, 2)
    file.seek(0)
    part = wanted(request, headers, size)
    if part is None:
        return _with(FileResponse(file), **headers, **{"Content-Length": str(size)})
    if not part:
        file.close()
        return _no_such_part(size)
    file.seek(part.start)
    which = {"Content-Length": str(len(part)), "Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}"}
    return _with(FileResponse(Slice(file, len(part)), status=206), **headers, **which)


def _no_such_part(size: int) -> HttpResponse:
    return _with(HttpResponse(status=416), **HEADERS, **{"Content-Range": f"bytes */{size}"})


def _with(response: HttpResponseBase, **headers: str) -> HttpResponseBase:
    """Set afterwards: FileResponse would guess type and name from the storage key."""
    for name, value in headers.items():
        response[name] = value
    return response
