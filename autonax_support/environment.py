"""What a variable of the environment must look like; settings.py reads them all."""

import re
from urllib.parse import urlsplit

from environs import ValidationError

from autonax_support.accounts.launch.keys import WrongKeys, read_keys

RETAIN_LEAST, RETAIN_MOST = 30, 36500  # days; less is a slip of the keyboard that nothing brings back
QUIET_LEAST, QUIET_MOST = 7, 3650  # days; the office is told three days before, and must have had some to answer


def case_url(template: str) -> None:
    if template and (template.count("{tracking_number}") != 1 or urlsplit(template).scheme not in ("http", "https")):
        raise ValidationError("Must be an http(s) address with {tracking_number} in it.")


def clamd_address(address: str) -> None:
    if address and not re.fullmatch(r"unix:/.+|[A-Za-z0-9.-]+:[0-9]{1,5}", address):
        raise ValidationError("Must be host:port or unix:/path.")


def launch_keys(path: str) -> None:
    try:
        read_keys(path)
    except WrongKeys as wrong:
        raise ValidationError(str(wrong)) from None


def kept_long_enough(days: int) -> None:
    if days and not RETAIN_LEAST <= days <= RETAIN_MOST:
        raise ValidationError(f"Must be 0 (for ever) or {RETAIN_LEAST} to {RETAIN_MOST} days.")


def quiet_long_enough(days: int) -> None:
    if days and not QUIET_LEAST <= days <= QUIET_MOST:
        raise ValidationError(f"Must be 0 (never) or {QUIET_LEAST} to {QUIET_MOST} days.")


def inner_location(path: str) -> None:
    if path and not re.fullmatch(r"/[A-Za-z0-9_/-]*[A-Za-z0-9_-]/", path):
        raise ValidationError("Must be a path such as /protected/.")


def storage_address(address: str) -> None:
    """An origin and nothing more: it stands in the content security policy."""
    if address and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+/?", address):
        raise ValidationError("Must be an http(s) address without a path.")


def mail_address(address: str) -> None:
    try:
        parts = urlsplit(address)
        is_sound = parts.scheme == "console" or (parts.scheme in ("smtp", "submission") and parts.hostname and parts.port != 0)
    except ValueError:  # a port beyond all ports
        is_sound = False
    if address and not is_sound:
        raise ValidationError("Must be an address such as submission://user:password@host:587.")


def sms_address(address: str) -> None:
    """`{token}` may stand in its path, where a gateway wants it there."""
    if address and address != "console:" and not re.fullmatch(r"https?://[A-Za-z0-9.:\[\]-]+(/\S*)?", address):
        raise ValidationError("Must be the http(s) address of a gateway.")


def token_header(line: str) -> None:
    if not re.fullmatch(r"[A-Za-z0-9-]+: [\x21-\x7e][\x20-\x7e]*", line) or "{token}" not in line:
        raise ValidationError("Must be a header with {token} in it.")


def named_values(value: object) -> None:
    if not isinstance(value, dict):
        raise ValidationError('Must be a JSON object: {"name": "value"}.')


def needed_if(is_needed: bool) -> dict[str, object]:
    """Without a default `seal()` names the variable as missing."""
    return {} if is_needed else {"default": ""}
