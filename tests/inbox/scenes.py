"""Small doings that several tests of the inbox begin with."""

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from autonax_support.files.checks import check
from autonax_support.files.models import Attachment


def ago(**how_long):
    return timezone.now() - timedelta(**how_long)


def a_text_file(name="شرح خطا.txt", content="متن خطا"):
    return SimpleUploadedFile(name, content.encode(), content_type="text/plain")


def hang(message, name="شرح خطا.txt"):
    """A small checked file on this message."""
    return Attachment.objects.keep(check(a_text_file(name)), owner=message.author, message=message, at=message.created_at)
