"""A host as the tests play it: keys of its own, what it says of Sara, and the file with which the helpdesk knows it."""

from __future__ import annotations

import json
import secrets
import time
from pathlib import Path
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from django.http import HttpResponse
from django.test import Client

from autonax_support.accounts.launch.keys import read_keys

ISSUER, ORIGIN = "https://autonax.example.ir", "https://autonax.example.ir"
EDDSA, RSA = Ed25519PrivateKey.generate(), generate_private_key(65537, 2048)
STRANGER = Ed25519PrivateKey.generate()
SECRET = secrets.token_urlsafe(48)
CASE = {"tracking_number": "99010294000040", "national_id": "8520342272", "subject": "تمدید پروانه", "kind": "other"}
OFFICE = {"code": "729901020001", "title": "دفتر شهر نمونه ۲", "province": "نمونه", "city": "شهر نمونه"}
KEYS = {"2026": ("EdDSA", EDDSA), "rsa": ("RS256", RSA), "old": ("HS256", SECRET)}


def pem(key: Any) -> str:
    return key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()


def described() -> dict[str, Any]:
    """The file of LAUNCH_KEYS, still to be changed."""
    keys = {
        "2026": {"alg": "EdDSA", "public_key": pem(EDDSA)},
        "rsa": {"alg": "RS256", "public_key": pem(RSA)},
        "old": {"alg": "HS256", "secret": SECRET},
    }
    return {"issuers": {ISSUER: {"origins": [ORIGIN], "keys": keys}}}


def known(settings: Any, folder: Path, told: dict[str, Any] | None = None) -> None:
    """From now on the helpdesk knows these hosts."""
    file = folder / "launch_keys.json"
    file.write_text(json.dumps(told or described()))
    settings.LAUNCH_HOSTS = read_keys(file)


def claims(settings: Any, **changes: Any) -> dict[str, Any]:
    """A change of None takes a claim away."""
    now = int(time.time())
    said = {
        "iss": ISSUER,
        "aud": f"{settings.SITE_URL}/launch/",
        "iat": now,
        "exp": now + 120,
        "jti": secrets.token_hex(16),
        "sub": "user-17",
        "name": "سارا محمدی",
        "mobile": "09121234567",
        "role": "clerk",
        "office": OFFICE,
        "case": CASE,
        "target": "new",
    }
    return {name: value for name, value in (said | changes).items() if value is not None}


def signed(said: dict[str, Any], kid: str = "2026", **header: Any) -> str:
    algorithm, key = KEYS[kid]
    return jwt.encode(said, key, algorithm, headers={"kid": kid, **header})


def summary_token(settings: Any, **changes: Any) -> str:
    now = int(time.time())
    said = {"iss": ISSUER, "aud": f"{settings.SITE_URL}/launch/summary/", "iat": now, "exp": now + 300, "sub": "user-17"}
    return signed({name: value for name, value in (said | changes).items() if value is not None})


def post(client: Client, token: str) -> HttpResponse:
    """As a browser sends it from another site: without the cookies of ours, which are Lax, but keeping those it gets."""
    apart = Client(enforce_csrf_checks=True)
    answer = apart.post("/launch/", {"token": token})
    for name, cookie in answer.cookies.items():
        client.cookies[name] = cookie.value
    return answer


def come(client: Client, token: str) -> HttpResponse:
    """The whole way of one browser; the answer is that of the arrival."""
    answer = post(client, token)
    assert (answer.status_code, answer.headers["Location"]) == (303, "/launch/arrive/"), answer.status_code
    return client.get("/launch/arrive/")
