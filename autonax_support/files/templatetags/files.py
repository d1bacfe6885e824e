from django import template
from django.conf import settings

from ..checks import KIND_OF

register = template.Library()


@register.simple_tag
def attachment_limit(name: str) -> int:
    """`files` or `megabytes`: what one message may carry."""
    return {"files": settings.ATTACHMENT_MAX_FILES, "megabytes": settings.ATTACHMENT_MAX_MB}[name]


@register.simple_tag
def attachment_accept() -> str:
    """Without HEIC in the list an iPhone converts its photographs to JPEG by itself."""
    return ",".join(f".{extension}" for extension in KIND_OF)
