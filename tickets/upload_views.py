"""Files on their way to a draft, asked and answered by the page's script in JSON. Sentences are shown to the person as they stand."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.http import Http404, HttpRequest, JsonResponse, UnreadablePostError
from django.middleware.csrf import get_token
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from autonax_support.files.checks import FileRefused
from autonax_support.files.models import Attachment, Upload
from autonax_support.files.models.upload import OutOfStep
from autonax_support.files.uploads import CHUNK, CHUNK_MAX, CHUNK_MIN
from autonax_support.schema.uuids import as_uuid
from tickets import uploads
from tickets.claims import read_token

GONE = "این فایل دیگر اینجا نیست. صفحه را دوباره باز کنید."
SENT = "این متن پیش‌تر فرستاده شده است. صفحه را دوباره باز کنید."
WRONG = "بارگذاری کامل نشد. فایل را دوباره انتخاب کنید."
NOT_STORED = "فایل ذخیره نشد. چند دقیقه دیگر دوباره تلاش کنید؛ متن شما سر جای خود است."
LARGEST = 10**12

View = Callable[..., JsonResponse]


class Wrong(Exception):
    """Not what our script sends."""

    def __init__(self, status: int = 400) -> None:
        super().__init__()
        self.status = status


def in_json(*methods: str) -> Callable[[View], View]:
    """Every way out of such a view is an answer a script can read."""

    def decorate(view: View) -> View:
        @wraps(view)
        def answered(request: HttpRequest, *args: Any, **kwargs: Any) -> JsonResponse:
            if request.method not in methods:
                return _told(405, WRONG, headers={"Allow": ", ".join(methods)})
            try:
                return view(request, *args, **kwargs)
            except Http404:
                return _told(404, GONE, csrf=get_token(request))  # asked for when the page's own one is worthless
            except Wrong as wrong:
                return _told(wrong.status, WRONG)
            except OSError:
                return _told(503, NOT_STORED, headers={"Retry-After": "30"})

        return answered

    return decorate


@in_json("POST")
def begin(request: HttpRequest) -> JsonResponse:
    """The name comes as a field of its own: the parser of file forms would drop its half-spaces."""
    claim = read_token(request.POST.get("draft_token", ""))
    if claim is None or claim.owner_id != request.user.pk:
        raise Http404
    wanted = {"upload_id": as_uuid(request.POST.get("id", "")) or uuid4(), "name": request.POST.get("name", "")}
    try:
        begun = uploads.begin(request.user, claim, size=_number(request.POST.get("size")), at=timezone.now(), **wanted)
    except FileRefused as refused:
        return _told(422, str(refused))
    except uploads.DraftSent:
        return _told(409, SENT)
    return JsonResponse(_state(request, begun), status=201)


begin.asks_whose_token = True


@in_json("GET", "PUT", "DELETE")
def upload(request: HttpRequest, pk: UUID) -> JsonResponse:
    found = _found(request, pk)
    if request.method == "DELETE":
        return _give_up(found)
    if request.method == "PUT":
        return _receive(request, found)
    if isinstance(found, Upload) and found.is_checking:
        uploads.hasten(found, timezone.now())
        found = _found(request, pk)
    return JsonResponse(_state(request, found))


def _receive(request: HttpRequest, found: Upload | Attachment) -> JsonResponse:
    """Exactly one chunk. Who is out of step is told how much is here, and goes on from there."""
    offset, length = _number(request.headers.get("Upload-Offset")), _number(request.META.get("CONTENT_LENGTH"))
    if length > CHUNK_MAX:
        raise Wrong(413)
    if isinstance(found, Attachment) or found.state != "receiving" or found.received != offset:
        return JsonResponse(_state(request, found), status=409)
    rest = found.size - offset
    if not min(CHUNK_MIN, rest) <= length <= rest:
        raise Wrong
    content = _body(request, length)
    try:
        uploads.receive(found, content, timezone.now())
    except OutOfStep:
        return JsonResponse(_state(request, _found(request, found.pk)), status=409)
    return JsonResponse(_state(request, _found(request, found.pk)))


def _body(request: HttpRequest, length: int) -> bytes:
    """All of it or nothing: a line that broke half-way stores no half chunk."""
    try:
        content = request.read(length)
    except UnreadablePostError as broken:
        raise Wrong from broken
    if len(content) != length:
        raise Wrong
    return content


def _give_up(found: Upload | Attachment) -> JsonResponse:
    """What has gone along with its message meanwhile stays with it, and the person is told."""
    try:
        uploads.give_up(found)
    except uploads.DraftSent:
        return _told(409, SENT)
    return JsonResponse({"state": "gone"})


def _found(request: HttpRequest, pk: UUID) -> Upload | Attachment:
    """On its way, or arrived; one's own only."""
    found = Upload.objects.visible_to(request.user).filter(pk=pk).first()
    found = found or Attachment.objects.visible_to(request.user).filter(pk=pk, owner=request.user).first()
    if found is None:
        raise Http404
    return found


def _state(request: HttpRequest, found: Upload | Attachment) -> dict[str, Any]:
    """`html` is the finished row; `csrf` is fresh, since signing in anew makes the page's own one worthless."""
    is_done = isinstance(found, Attachment)
    row = {"attachment": found} if is_done else {"upload": found}
    return {
        "id": str(found.pk),
        "url": reverse("uploads:upload", args=[found.pk]),
        "state": "done" if is_done else found.state,
        "received": found.size if is_done else found.received,
        "size": found.size,
        "name": found.name,
        "message": "" if is_done else found.refusal,
        "chunk": CHUNK,
        "chunk_max": CHUNK_MAX,
        "html": "" if not is_done and found.state == "receiving" else render_to_string("files/_upload.html", row),
        "csrf": get_token(request),
    }


def _number(text: str | None) -> int:
    """Whole and not negative; beyond what a file can measure it is as large as anything."""
    if not text or not (text.isascii() and text.isdigit()):
        raise Wrong
    return int(text) if len(text) <= 12 else LARGEST


def _told(status: int, message: str, headers: dict[str, str] | None = None, **more: str) -> JsonResponse:
    return JsonResponse({"message": message, **more}, status=status, headers=headers)
