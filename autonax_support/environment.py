"""What a variable of the environment must look like; settings.py reads them all."""

import re
from urllib.parse import urlsplit

from environs import ValidationError

RETAIN_LEAST, RETAIN_MOST = 30, 36500  # days; less is a slip of the keyboard that nothing brings back


def case_url(template: str) -> None:
    if template and (template.count("{tracking_number}") != 1 or urlsplit(template).scheme not in ("http", "https")):
        raise ValidationError("Must be an http(s) address with {tracking_number} in it.")


def clamd_address(address: str) -> None:
    if address and not re.fullmatch(r"unix:/.+|[A-Za-z0-9.-]+:[0-9]{1,5}", address):
        raise ValidationError("Must be host:port or unix:/path.")


def kept_long_enough(days: int) -> None:
    if days and not RETAIN_LEAST <= days <= RETAIN_MOST:
        raise ValidationError(f"Must be 0 (for ever) or {RETAIN_LEAST} to {RETAIN_MOST} days.")


def inner_location(path: str) -> None:
    if path and not re.fullmatch(r"/[A-Za-z0-9_/-]*[A-Za-z0-9_-]/", path):
        raise ValidationError("Must be a path such as /protected/.")


def storage_address(address: str) -> None:
    """An origin and nothing more: it stands in the content security policy."""
    if address and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+/?", address):
        raise ValidationError("Must be an http(s) address without a path.")


def needed_if(is_needed: bool) -> dict[str, object]:
    """Without a default `seal()` names the variable as missing."""
    return {} if is_needed else {"default": ""}
