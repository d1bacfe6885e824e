"""A ZIP for the eyes of whoever made it: `data.json`, readable as it is, and the files it speaks of."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from shutil import copyfileobj
from typing import Any

from django.core.files.storage import storages

from autonax_support.files.models import Attachment
from autonax_support.persian.calendar import tehran
from autonax_support.persian.identity import veil_national_ids


class Bundle:
    def __init__(self, archive: zipfile.ZipFile) -> None:
        self.archive = archive
        self.files = 0

    def add(self, attachment: Attachment, number: str = "") -> dict[str, Any]:
        """What there is to tell of a file; its bytes go along unless they are erased or cannot be read."""
        name = veil_national_ids(attachment.name, but=number)
        told = {"name": name, "kind": attachment.kind, "size": attachment.size, "uploaded": moment(attachment.created_at)}
        if attachment.erased_at:
            return told | {"erased": moment(attachment.erased_at)}
        place = f"files/{attachment.pk}{Path(attachment.name).suffix}"
        try:
            with storages["attachments"].open(attachment.storage_key) as content, self.archive.open(place, "w", force_zip64=True) as kept:
                copyfileobj(content, kept)
        except FileNotFoundError:
            return told | {"missing": True}
        self.files += 1
        return told | {"file": place}

    def tell(self, data: dict[str, Any]) -> None:
        self.archive.writestr("data.json", json.dumps(data, ensure_ascii=False, indent=2))


@contextmanager
def bundle_at(path: Path) -> Iterator[Bundle]:
    """Mode 0600 from its first byte; raises FileExistsError rather than overwrite, and leaves nothing half-written."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            yield Bundle(archive)
    except BaseException:
        path.unlink()
        raise


def moment(at: datetime | None) -> str | None:
    """ISO 8601 in the time of Tehran."""
    return tehran(at).isoformat(timespec="seconds") if at else None
