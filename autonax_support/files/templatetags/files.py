from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from .. import scanning
from ..checks import KIND_OF
from ..models import Attachment
from ..names import in_order
from ..refusals import isolated, pattern

register = template.Library()


@register.simple_tag
def attachment_limit(name: str) -> int:
    """`files` or `megabytes`: what one message may carry."""
    return {"files": settings.ATTACHMENT_MAX_FILES, "megabytes": settings.ATTACHMENT_MAX_MB}[name]


@register.simple_tag
def attachment_accept() -> str:
    """Without HEIC in the list an iPhone converts its photographs to JPEG by itself."""
    return ",".join(f".{extension}" for extension in KIND_OF)


@register.simple_tag
def refusal_pattern(reason: str) -> str:
    return pattern(reason)


@register.filter
def scan_note(attachment: Attachment) -> str:
    """What must be said about a file's scan; of a clean one nothing, and nothing where the site scans none."""
    if attachment.scan_state == "infected":
        return "این فایل بدافزار دارد و پاک شد."
    return "ویروس‌یابی نشده" if attachment.scan_state == "none" and scanning.is_on() else ""


@register.filter
def file_name(name: str) -> SafeString:
    """For an element with dir="auto"."""
    beginning, end = in_order(name)
    return format_html('{}<span dir="ltr">{}</span>', beginning, end) if end else format_html("{}", name)


register.filter(isolated)
