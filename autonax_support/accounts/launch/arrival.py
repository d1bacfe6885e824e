"""From a token to a session, in two steps: the POST of another site carries none of our cookies, so the person is known to it, but not
who sat at this PC before."""

from __future__ import annotations

import secrets
from dataclasses import asdict
from datetime import UTC, datetime
from hashlib import sha256

from django.db import IntegrityError, transaction

from autonax_support.accounts.launch.claims import claims_of, token_id_of
from autonax_support.accounts.launch.people import person_of
from autonax_support.accounts.launch.token import LAUNCH, LEEWAY, NotAccepted, verified
from autonax_support.accounts.models import LaunchUse


def launch(token: str, *, at: datetime, address: str, origin: str = "") -> str:
    """Uses the token up; gives the handle with which its browser arrives. Raises NotAccepted, and then nothing has been written.

    `origin`: of the page that sent the form, where the browser says so.
    """
    host, said = verified(token, LAUNCH, at)
    if not host.may_send(origin):
        raise NotAccepted("origin", host.issuer)
    claims, token_id = claims_of(said, host.issuer), token_id_of(said, host.issuer)
    expires = datetime.fromtimestamp(said["exp"] + LEEWAY, UTC)
    handle = secrets.token_urlsafe(32)
    with transaction.atomic():
        use = _use_up(host.issuer, token_id, expires, at)
        use.user = person_of(claims, at=at, address=address)
        use.handle, use.target = digest(handle), claims.target
        use.case = asdict(claims.case) if claims.case else {}
        use.save()
    return handle


def arrive(handle: str, *, at: datetime) -> tuple[LaunchUse, dict[str, str]]:
    """The launch of this handle and its case, once. Raises NotAccepted. What was kept of the case goes with it."""
    with transaction.atomic():
        use = LaunchUse.objects.arriving(at).select_for_update(of=("self",)).filter(handle=digest(handle)).first()
        if use is None:
            raise NotAccepted("handle")
        if use.user.is_staff or not use.user.may_sign_in:  # closed within this minute
            raise NotAccepted("inactive_user")
        case, use.case, use.arrived_at = use.case, {}, at
        use.save(update_fields=["case", "arrived_at"])
    return use, case


def digest(handle: str) -> str:
    """What the database knows of a handle: who reads it there cannot arrive with it."""
    return sha256(handle.encode()).hexdigest()


def _use_up(issuer: str, token_id: str, expires: datetime, at: datetime) -> LaunchUse:
    """The unique row decides, however many come at once (SECURITY R33)."""
    try:
        with transaction.atomic():
            return LaunchUse.objects.create(issuer=issuer, token_id=token_id, expires_at=expires, used_at=at)
    except IntegrityError:
        raise NotAccepted("replayed", issuer) from None
