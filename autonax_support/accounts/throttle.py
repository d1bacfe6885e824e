"""The lock of the sign-in: django-axes counts the failures of a name and an address together; what it gets to see is decided here."""

import math
from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from autonax_support.accounts.onward import client_address
from autonax_support.persian.text import to_ascii_digits

NOBODY = "0.0.0.0"  # noqa: S104 # nosec B104 # no address to listen on: it stands where a request has none


def name_key(request: HttpRequest | None, credentials: dict[str, Any] | None) -> str:
    """One key for all spellings of a name. Not the name itself: a password is easily typed into its field."""
    name = to_ascii_digits(str((credentials or {}).get("username") or "")).strip().lower()
    return salted_hmac("accounts.throttle", name, algorithm="sha256").hexdigest()


def address_of(request: HttpRequest) -> str:
    """The person's address as the middleware found it; of IPv6 the network, since one person has billions of addresses there."""
    try:
        address = ip_address(client_address(request))
    except ValueError:
        return NOBODY
    if not isinstance(address, IPv6Address):
        return str(address)
    if address.ipv4_mapped:
        return str(address.ipv4_mapped)
    return str(ip_network((int(address), 64), strict=False).network_address)


def stripped(request: HttpRequest) -> HttpRequest:
    """What axes is shown in place of the request: it would store the form and what the browser calls itself."""
    bare = HttpRequest()
    bare.method, bare.path = "POST", request.path
    bare.META = {"REMOTE_ADDR": client_address(request), "PATH_INFO": request.path}
    return bare


def minutes_left(request: HttpRequest, username: str, at: datetime) -> int:
    """Until the lock of this name at this address opens again."""
    pair = {"username": name_key(request, {"username": username}), "ip_address": address_of(request)}
    last = AccessAttempt.objects.filter(**pair).order_by("-attempt_time").values_list("attempt_time", flat=True).first() or at
    return max(1, math.ceil((last + settings.AXES_COOLOFF_TIME - at).total_seconds() / 60))
