"""/companion.js: the one script of ours that runs on the pages of a host."""

import gzip
from functools import cache
from hashlib import sha256
from typing import NamedTuple

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.views.decorators.http import require_safe

CACHED = 300  # seconds: its address never changes, so an upgrade reaches every page within this time


class Script(NamedTuple):
    plain: bytes
    packed: bytes
    etag: str


@cache
def script() -> Script:
    plain = (settings.BASE_DIR / "static" / "companion.js").read_bytes()
    return Script(plain, gzip.compress(plain, mtime=0), f'W/"{sha256(plain).hexdigest()[:32]}"')


@login_not_required
@require_safe
def companion(request: HttpRequest) -> HttpResponse:
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    response = HttpResponse(script().packed if is_packed else script().plain, content_type="text/javascript; charset=utf-8")
    if is_packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Cache-Control"], response.headers["ETag"] = f"public, max-age={CACHED}", script().etag
    patch_vary_headers(response, ["Accept-Encoding"])
    response = get_conditional_response(request, etag=script().etag, response=response)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"  # of a 304 too: it is the only thing here that another site may load
    return response
