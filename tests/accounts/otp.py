"""What a phone does in the tests."""

import time

from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from autonax_support.accounts.models import User
from tests.cast import PASSWORD


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    """What the phone shows now, or so many half minutes from now."""
    totp = TOTP(device.bin_key)
    totp.time = time.time() + 30 * steps
    return f"{totp.token():06}"


def has_device(user: User) -> TOTPDevice:
    user.__dict__.pop("second_factor", None)
    return TOTPDevice.objects.create(user=user, name="totp", confirmed=True)


def sign_in(client: Client, username: str):
    return client.post("/accounts/login/", {"username": username, "password": PASSWORD})
