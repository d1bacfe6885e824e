"""Objects of the storage `attachments`: random keys, never a person's name in a path."""

import logging
import uuid
from collections.abc import Iterable
from typing import IO

from django.core.files.base import ContentFile, File
from django.core.files.storage import storages
from django.http import Http404

logger = logging.getLogger(__name__)


def write(content: IO[bytes]) -> str:
    """An object that could not be written to its end, as on a full disk, leaves nothing behind."""
    content.seek(0)
    random = uuid.uuid4().hex
    key = f"{random[:2]}/{random}"
    try:
        return storages["attachments"].save(key, File(content))
    except OSError:
        erase([key])
        raise


def write_bytes(content: bytes) -> str:
    return write(ContentFile(content))


def read(key: str) -> IO[bytes]:
    """An object that is gone or cannot be read is a page not found to the person and an error in the log."""
    try:
        return storages["attachments"].open(key, "rb")
    except OSError as error:
        logger.error("attachment object %s cannot be read: %s", key, type(error).__name__)
        raise Http404 from error


def erase(keys: Iterable[str]) -> None:
    """What cannot be erased now stays as an object without row; the sweep takes it."""
    for key in keys:
        try:
            storages["attachments"].delete(key)
        except OSError:
            logger.warning("attachment object %s was not erased", key, exc_info=True)
