"""The second factor of the staff: a phone that makes one-time codes, and ten codes on paper for when it is lost.

django-otp keeps both and checks them: a code is good for its half minute and the ones beside it, once, and after a wrong one comes a wait
that grows. Here stands who is asked, what is stored of a recovery code, and that a wait has an end.
"""

import math
import secrets
from base64 import b32encode
from dataclasses import dataclass
from datetime import datetime

import segno
from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django_otp.models import ThrottlingMixin
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from autonax_support.accounts.models import User
from autonax_support.persian.text import to_ascii_digits

VERIFIED = "second_factor"  # in the session: the device whose code was given, so that with the device the verification goes
CODES = 10
SIGNS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that is taken for another
HALF = 5
FAILURES_MAX = 10  # the wait doubles up to here, to 512 s: who has the password only must not lock the owner out for days
RECOVERY, USED = "recovery", "used"


@dataclass(frozen=True)
class Answer:
    """To a code: accepted, or so many seconds to wait until the next is looked at, or wrong."""

    accepted: bool = False
    wait: int = 0
    was_used: bool = False


def concerns(user: User) -> bool:
    return user.is_staff and settings.STAFF_OTP != "off"


def is_awaited(request: HttpRequest) -> bool:
    """Whether this session is no better than none until its code is given, or until there is a device where one is required."""
    user = request.user
    if not user.is_authenticated or not concerns(user):
        return False
    if user.second_factor is None:
        return settings.STAFF_OTP == "required"
    return request.session.get(VERIFIED) != user.second_factor


def mark_verified(request: HttpRequest, device: int) -> None:
    request.session.cycle_key()
    request.session[VERIFIED] = device


def offered(request: HttpRequest) -> TOTPDevice:
    """The device that this session may set up, not stored. It stays the same until the session ends, and no GET has to write it."""
    secret = salted_hmac("accounts.second_factor", f"{request.user.pk}:{request.session.session_key}", algorithm="sha256")
    return TOTPDevice(user=request.user, name="totp", key=secret.digest()[:20].hex())


def secret_of(device: TOTPDevice) -> str:
    """In groups of four, for who types it."""
    secret = b32encode(device.bin_key).decode()
    return " ".join(secret[place : place + 4] for place in range(0, len(secret), 4))


def squares(text: str) -> tuple[int, str]:
    """A QR code as the path of an SVG, and how many squares wide it is; four empty ones belong around it."""
    rows = segno.make(text, error="m", micro=False).matrix
    path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, is_dark in enumerate(row) if is_dark)
    return len(rows), path


@transaction.atomic
def turn_on(device: TOTPDevice, code: str, at: datetime) -> list[str] | None:
    """The recovery codes, to be shown this once; None for a wrong code, which leaves nothing behind."""
    person = User.objects.select_for_update().get(pk=device.user_id)
    if person.second_factor is not None or not device.verify_token(_plain(code)):
        TOTPDevice.objects.filter(pk=device.pk).delete()  # verify_token has kept it, to count the failure
        return None
    return new_codes(person)


@transaction.atomic
def check_code(user: User, code: str, at: datetime) -> Answer:
    device = TOTPDevice.objects.select_for_update().filter(user=user, confirmed=True).order_by("pk").first()
    if device is None:
        return Answer()
    return _wait(device, at) or _judged(device, _plain(code))


@transaction.atomic
def check_recovery(user: User, code: str, at: datetime) -> Answer:
    device = StaticDevice.objects.select_for_update().filter(user=user, name=RECOVERY).first()
    if device is None:
        return Answer()
    mark = _mark(user, code)
    answer = _wait(device, at) or _judged(device, mark)
    used = StaticToken.objects.filter(device__user=user, device__name=USED, token=mark)
    if answer.accepted:
        StaticDevice.objects.get_or_create(user=user, name=USED, confirmed=False)[0].token_set.create(token=mark)
    elif not answer.wait and used.exists():
        return Answer(was_used=True)
    return answer


@transaction.atomic
def new_codes(user: User) -> list[str]:
    """Those of before end."""
    StaticDevice.objects.filter(user=user).delete()
    device = StaticDevice.objects.create(user=user, name=RECOVERY)
    signs = ["".join(secrets.choice(SIGNS) for _ in range(2 * HALF)) for _ in range(CODES)]
    codes = [f"{code[:HALF]}-{code[HALF:]}" for code in signs]
    StaticToken.objects.bulk_create(StaticToken(device=device, token=_mark(user, code)) for code in codes)
    return codes


def codes_left(user: User) -> int:
    return StaticToken.objects.filter(device__user=user, device__name=RECOVERY).count()


@transaction.atomic
def forget(user: User) -> bool:
    """Whether there was anything. Sessions that were verified by it are not any more."""
    StaticDevice.objects.filter(user=user).delete()
    count, _ = TOTPDevice.objects.filter(user=user).delete()
    user.__dict__.pop("second_factor", None)
    return count > 0


def _wait(device: ThrottlingMixin, at: datetime) -> Answer | None:
    is_allowed, why = device.verify_is_allowed()
    if is_allowed:
        return None
    return Answer(wait=max(1, math.ceil((why["locked_until"] - at).total_seconds())))


def _judged(device: ThrottlingMixin, code: str) -> Answer:
    if device.verify_token(code):
        return Answer(accepted=True)
    if device.throttling_failure_count > FAILURES_MAX:
        device.throttling_failure_count = FAILURES_MAX
        device.save(update_fields=["throttling_failure_count"])
    return Answer()


def _plain(code: str) -> str:
    """As phones show it, in groups, or typed on a Persian keyboard. Six digits or nothing: `int` reads «+12_3» too."""
    digits = "".join(to_ascii_digits(code).split())
    return digits if len(digits) == 6 and digits.isascii() and digits.isdigit() else ""


def _mark(user: User, code: str) -> str:
    """What is stored in place of the code: who reads the table cannot sign in with it. As long as its column is wide."""
    plain = "".join(sign for sign in to_ascii_digits(code).lower() if sign in SIGNS)
    return salted_hmac("accounts.recovery", f"{user.pk}:{plain}", algorithm="sha256").hexdigest()[:16]
