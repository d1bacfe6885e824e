"""A signed token of a host: what it must be before anything in it is believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import jwt
from django.conf import settings

from autonax_support.accounts.launch.keys import Host, Key

LEEWAY = 15  # seconds that the clock of a host may be off
TOKEN_MAX = 16_000  # characters
TIMES = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}  # asked below, of the time that is given


class NotAccepted(Exception):
    """`reason` is a code for the audit: nothing that the token said stands in it."""

    def __init__(self, reason: str, issuer: str = "") -> None:
        super().__init__(reason)
        self.reason, self.issuer = reason, issuer


@dataclass(frozen=True)
class Purpose:
    """What a token is for: its audience, and for how many seconds at most it may be made."""

    path: str
    longest: int
    needs: tuple[str, ...]

    @property
    def audience(self) -> str:
        return settings.SITE_URL + self.path


LAUNCH = Purpose("/launch/", 120, ("iss", "aud", "iat", "exp", "sub", "jti"))
SUMMARY = Purpose("/launch/summary/", 300, ("iss", "aud", "iat", "exp", "sub"))
REASONS = {
    jwt.InvalidSignatureError: "signature",
    jwt.InvalidAlgorithmError: "algorithm",
    jwt.InvalidAudienceError: "audience",
    jwt.InvalidIssuerError: "issuer",
    jwt.MissingRequiredClaimError: "claims",
    jwt.exceptions.InvalidSubjectError: "claims",
    jwt.exceptions.InvalidJTIError: "claims",
}


def verified(token: str, purpose: Purpose, at: datetime) -> tuple[Host, dict[str, Any]]:
    """Whose token it is and what it says. Raises NotAccepted."""
    if not token:
        raise NotAccepted("missing")
    if len(token) > TOKEN_MAX or not token.isascii():
        raise NotAccepted("malformed")
    host, key = _signer(token)
    if key.is_retired:
        raise NotAccepted("retired_key", host.issuer)
    options = {"require": list(purpose.needs), "strict_aud": True, **TIMES}
    asked = {"algorithms": [key.algorithm], "audience": purpose.audience, "issuer": host.issuer}
    try:
        said = jwt.decode(token, key.material, options=options, **asked)
    except jwt.PyJWTError as error:
        reason = next((reason for kind, reason in REASONS.items() if isinstance(error, kind)), "malformed")
        raise NotAccepted(reason, host.issuer) from None
    if reason := _untimely(said, purpose.longest, at.timestamp()):
        raise NotAccepted(reason, host.issuer)
    return host, said


def _signer(token: str) -> tuple[Host, Key]:
    try:
        kid = jwt.get_unverified_header(token).get("kid")
    except jwt.PyJWTError:
        raise NotAccepted("malformed") from None
    found = settings.LAUNCH_HOSTS.with_key(kid)
    if found is None:
        raise NotAccepted("unknown_key")
    return found


def _untimely(said: dict[str, Any], longest: int, now: float) -> str:
    issued, expires, not_before = said["iat"], said["exp"], said.get("nbf", said["iat"])
    if not all(_is_moment(moment) for moment in (issued, expires, not_before)):
        return "claims"
    if not issued < expires <= issued + longest:
        return "too_long"
    if max(issued, not_before) > now + LEEWAY:
        return "future"
    return "expired" if expires <= now - LEEWAY else ""


def _is_moment(value: Any) -> bool:
    """JSON of Python knows infinity, and takes True for a number."""
    return isinstance(value, int | float) and not isinstance(value, bool) and 0 < value < 2**40
