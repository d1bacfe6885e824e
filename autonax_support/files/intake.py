"""From the file field of a form to checked files, and the sentences for those not taken."""

from collections.abc import Sequence

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from .checks import CheckedFile, FileRefused, check
from .refusals import sentence


def take(uploads: Sequence[UploadedFile], already: int) -> tuple[list[CheckedFile], list[str]]:
    """The good ones and the refusals; what exceeds the number of files (`already` hang on the draft) is not looked at."""
    room = max(0, settings.ATTACHMENT_MAX_FILES - already)
    good, errors = [], []
    for upload in uploads[:room]:
        try:
            good.append(check(upload))
        except FileRefused as refused:
            errors.append(str(refused))
    if len(uploads) > room:
        errors.append(sentence("too_many"))
    return good, errors
