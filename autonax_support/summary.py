"""What a host's page asks again and again for the badges of the companion: how much a person has not read yet."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import DateTimeField, QuerySet
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_http_methods

from announcements.models import Announcement
from announcements.models.announcement import unread_since
from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.launch.claims import subject_of
from autonax_support.accounts.launch.keys import Host
from autonax_support.accounts.launch.token import SUMMARY, NotAccepted, verified
from autonax_support.accounts.models import User
from autonax_support.schema.counts import CappedCount
from autonax_support.schema.prepared import Later
from tickets.models import Unread

NOTHING = {"unread_answers": 0, "unread_announcements": 0}
PREFLIGHT = {"Access-Control-Allow-Methods": "GET", "Access-Control-Allow-Headers": "Authorization", "Access-Control-Max-Age": "600"}


@login_not_required
@require_http_methods(["GET", "HEAD", "OPTIONS"])
def summary(request: HttpRequest) -> HttpResponse:
    """Reads, and writes nothing: the token may be used again for its five minutes."""
    known = settings.LAUNCH_HOSTS.origins  # a preflight carries no token yet, and a refusal tells nothing of anybody
    if request.method == "OPTIONS":
        return _for_origins(known, HttpResponse(status=204, headers=PREFLIGHT), request)
    at = timezone.now()
    try:
        host, said = verified(_bearer(request), SUMMARY, at)
        counts = counts_for(host, said, at)
    except NotAccepted:
        refusal = JsonResponse({"error": "invalid_token"}, status=401, headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})
        return _for_origins(known, refusal, request)
    return _for_origins(host.origins, JsonResponse(counts), request)


def counts_for(host: Host, said: dict[str, Any], at: datetime) -> dict[str, int]:
    """Never more than 100 of each, which says «more than 99». Somebody who has not been here yet has nothing to read."""
    try:
        user = User.objects.select_related("office").filter(host_issuer=host.issuer, host_subject=subject_of(said)).first()
    except ValueError:
        raise NotAccepted("claims", host.issuer) from None
    if user is None:
        return NOTHING
    if user.is_staff or not user.may_sign_in:
        raise NotAccepted("inactive_user", host.issuer)
    return dict(zip(NOTHING, COUNTS.first(user, now=at, since=unread_since(user, at)), strict=True))


def _bearer(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _for_origins(origins: frozenset[str], response: HttpResponse, request: HttpRequest) -> HttpResponse:
    """Pages of these may read it, the counts those of the host that signed; and nobody sends a cookie along."""
    patch_vary_headers(response, ["Origin"])
    origin = request.headers.get("Origin", "")
    if origin in origins:
        response.headers["Access-Control-Allow-Origin"] = origin
    return response


def _counts(anyone: Anyone, *, now: Later, since: Later) -> QuerySet:
    return User.objects.filter(pk=anyone.pk).values_list(
        CappedCount(Unread.objects.filter(user=anyone.pk, ticket__office_id=anyone.office_id).values("ticket_id")),
        CappedCount(Announcement.objects.unread_by(anyone, now, since).values("pk")),
    )


COUNTS = PreparedFor(_counts, now=DateTimeField(), since=DateTimeField())
