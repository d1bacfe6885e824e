"""The demo plays Autonax as well: a page of a case with the companion on it, and a host's server that signs tokens.

Of the demo only: production has no such addresses, and its key file names real hosts.
"""

import json
import os
import secrets
import time
from pathlib import Path

import jwt
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat, load_pem_private_key
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from autonax_support.accounts.launch.token import LAUNCH, SUMMARY
from autonax_support.demo.guide import GUIDE_CASE
from autonax_support.demo.people import HOST, HOST_CLERK, OFFICE_A, OFFICES, PLAYED

KID = "demo"
KEY_FILE, PUBLIC_FILE = "host_key.pem", "launch_keys.json"
ACTIVITY = "تمدید پروانه تاکسیرانی"
TARGETS = ("new", "inbox", "announcements", "summary")


def make_keys(folder: Path, port: int) -> None:
    """The host's key, once; and what the helpdesk is told of it, each time, since the port is a part of an origin."""
    folder.mkdir(parents=True, exist_ok=True)
    if not (folder / KEY_FILE).exists():
        _write(folder / KEY_FILE, Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    public = _key(folder).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()
    origins = [f"http://{name}:{port}" for name in ("127.0.0.1", "localhost")]
    told = {"issuers": {HOST: {"origins": origins, "keys": {KID: {"alg": "EdDSA", "public_key": public}}}}}
    _write(folder / PUBLIC_FILE, json.dumps(told, indent=2).encode())


@login_not_required
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    return render(request, "demo/host.html", {"case": GUIDE_CASE, "activity": ACTIVITY, "office": OFFICES[OFFICE_A][2]})


@login_not_required
@never_cache
@require_safe
def token(request: HttpRequest) -> HttpResponse:
    """What the companion asks its host for. A real one first asks who is signed in there."""
    target = request.GET.get("target", "")
    if target not in TARGETS or not (settings.DEMO_DIR / KEY_FILE).exists():
        raise Http404
    return JsonResponse({"token": signed(target, settings.DEMO_DIR, time.time())})


def signed(target: str, folder: Path, now: float) -> str:
    purpose = SUMMARY if target == "summary" else LAUNCH
    said = {"iss": HOST, "aud": purpose.audience, "iat": int(now), "exp": int(now) + purpose.longest, "sub": HOST_CLERK}
    if purpose is LAUNCH:
        said |= {"jti": secrets.token_urlsafe(16), "target": target, **_who(), "case": _case()}
    return jwt.encode(said, _key(folder), "EdDSA", headers={"kid": KID})


def _who() -> dict[str, object]:
    full_name, code, role = PLAYED
    province, city, title, _ = OFFICES[code]
    return {"name": full_name, "role": role, "office": {"code": code, "title": title, "province": province, "city": city}}


def _case() -> dict[str, str]:
    return {"tracking_number": GUIDE_CASE.tracking_number, "national_id": GUIDE_CASE.national_id, "subject": ACTIVITY, "kind": "other"}


def _key(folder: Path) -> Ed25519PrivateKey:
    return load_pem_private_key((folder / KEY_FILE).read_bytes(), None)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and for its owner only from the first byte."""
    fresh = path.with_suffix(f".{os.getpid()}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as file:
        file.write(content)
    fresh.replace(path)
