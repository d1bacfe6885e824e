"""Objects of the storage `attachments`: random keys, never a person's name in a path."""

import logging
import uuid
from collections.abc import Iterable
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages

logger = logging.getLogger(__name__)


def write(content: IO[bytes], *, folder: str = "") -> str:
    """An object that could not be written to its end, as on a full disk, leaves nothing behind."""
    content.seek(0)
    random = uuid.uuid4().hex
    key = f"{folder or random[:2]}/{random}"
    try:
        return storages["attachments"].save(key, File(content))
    except OSError:
        erase([key])
        raise


def write_bytes(content: bytes, *, folder: str = "") -> str:
    return write(ContentFile(content), folder=folder)


def read(key: str) -> IO[bytes]:
    """Raises FileNotFoundError for an object that is gone, another OSError for a storage in trouble; so do the next two."""
    return storages["attachments"].open(key, "rb")


def size(key: str) -> int:
    return storages["attachments"].size(key)


def link(key: str, answers: dict[str, str], *, seconds: int) -> str:
    """An address of the object storage that is good for so long; signed here, without asking it."""
    return storages["attachments"].url(key, parameters=answers, expire=seconds)


def erase(keys: Iterable[str]) -> None:
    """What cannot be erased now stays as an object without row; the sweep takes it."""
    for key in keys:
        try:
            storages["attachments"].delete(key)
        except OSError:
            logger.warning("attachment object %s was not erased", key, exc_info=True)
