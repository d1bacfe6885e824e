"""Files that come in chunks: kept as objects of their own, put together when whole, checked, and swept when nobody goes on."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import IO

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import F, Min, Q

from . import pictures, storage
from .checks import CheckedFile, FileRefused
from .models import Attachment, Upload
from .refusals import sentence

FOLDER = "uploads"
CHUNK = 256 * 1024  # what a browser begins with; it takes more where the line is good
CHUNK_MAX = 1024 * 1024
CHUNK_MIN = 16 * 1024  # but for the last one: a file must not become a thousand objects
STALE = timedelta(hours=24)
SWEPT_AT_ONCE = 200


def keep_chunk(content: bytes) -> str:
    """Written before the row that names it; without one it is swept."""
    return storage.write_bytes(content, folder=FOLDER)


@contextmanager
def assembled(upload: Upload) -> Iterator[UploadedFile]:
    """The whole file. Raises FileRefused where a chunk is not there any more, OSError for a storage in trouble."""
    with tempfile.SpooledTemporaryFile(max_size=pictures.SPOOL) as whole:
        for key, length in upload.chunks:
            if _copy(key, whole) != length:
                raise FileRefused("lost", name=upload.name)
        yield UploadedFile(whole, upload.name, size=whole.tell())


def _copy(key: str, target: IO[bytes]) -> int:
    try:
        with storages["attachments"].open(key, "rb") as chunk:
            return target.write(chunk.read())
    except FileNotFoundError:
        return 0


def settle(upload_id: uuid.UUID, checked: CheckedFile | FileRefused, *, at: datetime) -> None:
    """A checked upload becomes the Attachment of the same id, or says why not. What was cancelled or sent meanwhile stays gone."""
    found = Upload.objects.filter(pk=upload_id).select_related("owner").first()
    if found is None:
        return
    with transaction.atomic():
        drafts = Upload._meta.get_field("draft").related_model.objects
        draft = drafts.select_for_update().filter(pk=found.draft_id).first()
        upload = Upload.objects.select_for_update().filter(pk=upload_id, state="checking").first()
        if draft is None or upload is None:
            return
        refusal = str(checked) if isinstance(checked, FileRefused) else _refused_by(upload, checked)
        if refusal:
            upload.refuse(refusal, at=at)
            return
        kept = Attachment.objects.keep(checked, owner=found.owner, draft=draft, at=upload.created_at, id=upload.pk)
        _line_up(kept)
        Upload.objects.filter(pk=upload.pk).erase()


def _line_up(kept: Attachment) -> None:
    """Files stand in the order in which they were chosen, not in that of their arrival."""
    later = Attachment.objects.of_draft(kept.draft).filter(created_at__gt=kept.created_at)
    first = later.aggregate(first=Min("position"))["first"]
    if first is not None:
        later.update(position=F("position") + 1)
        Attachment.objects.filter(pk=kept.pk).update(position=first)


def _refused_by(upload: Upload, checked: CheckedFile) -> str:
    """What hangs on the draft already: the same file, or as many as may."""
    there = list(Attachment.objects.of_draft(upload.draft_id).values_list("name", "received_sha256"))
    if (checked.name, checked.received_sha256) in there:
        return sentence("twice", name=checked.name)
    return sentence("too_many") if len(there) >= settings.ATTACHMENT_MAX_FILES else ""


def sweep(at: datetime) -> int:
    """Uploads with which nobody went on for a day, and their chunks; gives their number."""
    swept = 0
    while ids := list(Upload.objects.stale(at - STALE).order_by("updated_at").values_list("pk", flat=True)[:SWEPT_AT_ONCE]):
        swept += Upload.objects.stale(at - STALE).filter(pk__in=ids).erase()
    return swept


def sweep_objects(at: datetime) -> int:
    """Objects that no row names and that are a day old: a row is written within moments of its object, or never."""
    swept = _sweep_folder(FOLDER, at, _named_by_uploads)
    for folder in _listed("")[0]:
        if len(folder) == 2:
            swept += _sweep_folder(folder, at, _named_by_attachments)
    return swept


def _sweep_folder(folder: str, at: datetime, named: Callable[[list[str]], set[str]]) -> int:
    """The age is asked last, so that a row written while we look cannot be missed."""
    keys = [f"{folder}/{name}" for name in _listed(folder)[1]]
    there = named(keys)
    lost = [key for key in keys if key not in there and _is_old(key, at)]
    storage.erase(lost)
    return len(lost)


def _named_by_uploads(keys: list[str]) -> set[str]:
    return {key for chunks in Upload.objects.values_list("chunks", flat=True).iterator() for key, _ in chunks}


def _named_by_attachments(keys: list[str]) -> set[str]:
    there: set[str] = set()
    for start in range(0, len(keys), SWEPT_AT_ONCE):
        part = keys[start : start + SWEPT_AT_ONCE]
        rows = Attachment.objects.filter(Q(storage_key__in=part) | Q(thumbnail_key__in=part))
        there.update(key for pair in rows.values_list("storage_key", "thumbnail_key") for key in pair)
    return there


def _listed(folder: str) -> tuple[list[str], list[str]]:
    try:
        return storages["attachments"].listdir(folder)
    except FileNotFoundError:
        return [], []


def _is_old(key: str, at: datetime) -> bool:
    """What has gone meanwhile is nobody's work any more."""
    try:
        return storages["attachments"].get_modified_time(key) < at - STALE
    except FileNotFoundError:
        return False
