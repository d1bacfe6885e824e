"""What a variable of the environment must look like; settings.py reads them all."""

import re

from environs import ValidationError


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
