"""One door for every file: name, kind by extension, then content; what passes is what is stored."""

import hashlib
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import IO

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from . import documents, names, pictures, scanning
from .refusals import MEGABYTE, FileRefused

__all__ = ["Busy", "CheckedFile", "FileRefused", "check"]

KIND_OF = {
    "jpg": "picture", "jpeg": "picture", "png": "picture", "webp": "picture", "gif": "picture",
    "pdf": "pdf", "docx": "word", "xlsx": "excel", "txt": "text", "zip": "zip",
}  # fmt: skip
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "word": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "excel": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
HEIC = {"heic", "heif", "hif"}
MACRO_KINDS = {"docm", "dotm", "xlsm", "xltm", "xlsb"}

# Decoding a large picture takes a whole core and hundreds of megabytes; the other pages need theirs: one at a time in each process.
_decoder = threading.BoundedSemaphore(1)


class Busy(Exception):
    """Another picture is being decoded just now, and the caller would not wait."""


@dataclass(frozen=True)
class CheckedFile:
    name: str
    kind: str
    content_type: str
    content: IO[bytes]
    size: int
    width: int | None
    height: int | None
    thumbnail: bytes | None
    received_sha256: str
    stored_sha256: str
    scan_state: str = "none"


def check(upload: UploadedFile, *, wait: float | None = None) -> CheckedFile:
    """Raises FileRefused with the sentence for the person, and Busy where a picture's turn does not come within `wait` seconds."""
    name = names.clean_name(upload.name or "")
    upload.seek(0)
    kind = _kind(name, head=upload.read(16))
    _measure(name, upload.size)
    checked = _opened(upload, name, kind, wait)
    state = scanning.scan_while_waiting(upload)  # what came, not what was made of it
    if state == "infected":
        raise FileRefused("virus", name=name)
    return replace(checked, scan_state=state)


def refuse_early(name: str, size: int) -> None:
    """What can be said before a byte of the file is here; raises FileRefused."""
    _kind(name, head=b"")
    _measure(name, size)


def is_heavy(upload: UploadedFile) -> bool:
    """A picture that is better left to the worker; a document is read in a moment."""
    return KIND_OF.get(names.extension_of(upload.name)) == "picture" and not pictures.is_light(upload)


def _opened(upload: UploadedFile, name: str, kind: str, wait: float | None) -> CheckedFile:
    if kind != "picture":
        return _check_document(upload, name, kind)
    with _turn(wait):
        return _check_picture(upload, name)


@contextmanager
def _turn(wait: float | None) -> Iterator[None]:
    if not _decoder.acquire(timeout=wait):
        raise Busy
    try:
        yield
    finally:
        _decoder.release()


def _measure(name: str, size: int) -> None:
    if not size:
        raise FileRefused("empty", name=name)
    if size > settings.ATTACHMENT_MAX_MB * MEGABYTE:
        raise FileRefused("too_large", name=name, size=size)


def _kind(name: str, head: bytes) -> str:
    extension = names.extension_of(name)
    if extension in HEIC or pictures.is_heic(head):
        raise FileRefused("heic", name=name)
    if extension in MACRO_KINDS:
        raise FileRefused("locked", name=name)
    if extension not in KIND_OF:
        raise FileRefused("kind", name=name)
    return KIND_OF[extension]


def _check_picture(upload: UploadedFile, name: str) -> CheckedFile:
    picture = pictures.redraw(upload, name)
    true_extension = pictures.EXTENSIONS[picture.format]
    if names.extension_of(name).replace("jpeg", "jpg") != true_extension:
        name = names.with_extension(name, true_extension)
    return CheckedFile(
        name=name,
        kind="picture",
        content_type=f"image/{picture.format.lower()}",
        content=picture.content,
        size=picture.content.seek(0, 2),
        width=picture.width,
        height=picture.height,
        thumbnail=picture.thumbnail,
        received_sha256=sha256_of(upload),
        stored_sha256=sha256_of(picture.content),
    )


def _check_document(upload: UploadedFile, name: str, kind: str) -> CheckedFile:
    content_type = CONTENT_TYPES.get(kind, "")
    if kind == "pdf":
        documents.check_pdf(upload, name, upload.size)
    elif kind == "text":
        content_type = f"text/plain; charset={documents.check_text(upload, name)}"
    elif kind == "zip":
        documents.check_zip(upload, name)
    else:
        documents.check_office(upload, name, kind)
    digest = sha256_of(upload)
    return CheckedFile(name, kind, content_type, upload, upload.size, None, None, None, digest, digest)


def sha256_of(file: IO[bytes]) -> str:
    file.seek(0)
    digest = hashlib.sha256()
    while chunk := file.read(MEGABYTE):
        digest.update(chunk)
    return digest.hexdigest()
