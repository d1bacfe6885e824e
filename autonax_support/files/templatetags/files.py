from django import template
from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from ..checks import KIND_OF
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
def file_name(name: str) -> SafeString:
    """For an element with dir="auto"."""
    beginning, end = in_order(name)
    return format_html('{}<span dir="ltr">{}</span>', beginning, end) if end else format_html("{}", name)


register.filter(isolated)
