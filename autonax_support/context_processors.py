from dataclasses import dataclass
from typing import Any

from django.db.models import DateTimeField, QuerySet, Subquery
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from announcements.models import Announcement
from announcements.models.announcement import unread_since
from autonax_support.accounts import second_factor
from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.case import OpenCase, case_of
from autonax_support.accounts.models import User
from autonax_support.bell.lines import unread_of
from autonax_support.schema.counts import CappedCount
from autonax_support.schema.prepared import Later
from tickets.models import Unread


@dataclass(frozen=True)
class Header:
    """What the frame of every page shows: unread answers, announcements and notices, the urgent announcement, and a clerk's open case."""

    unread_answers: int = 0
    unread_announcements: int = 0
    unread_notices: int = 0
    banner: dict[str, Any] | None = None
    case: OpenCase | None = None


def csp_nonce(request: HttpRequest) -> dict[str, object]:
    """Under the name that `{% htmx_script %}` looks for; django-csp's own processor calls it CSP_NONCE."""
    return {"csp_nonce": getattr(request, "csp_nonce", None)}


def header(request: HttpRequest) -> dict[str, object]:
    """Read only by pages that show it, in one SELECT."""
    return {"header": SimpleLazyObject(lambda: header_of(request))}


def header_of(request: HttpRequest) -> Header:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated or second_factor.is_awaited(request):
        return Header()
    now = timezone.now()
    answers, announcements, notices, banner, title = COUNTS.first(user, now=now, since=unread_since(user, now)) or (0, 0, 0, None, None)
    case = None if user.is_staff else case_of(request)
    return Header(answers, announcements, notices, {"id": banner, "title": title} if banner else None, case)


def _counts(anyone: Anyone, *, now: Later, since: Later) -> QuerySet:
    unread = Announcement.objects.unread_by(anyone, now, since)
    urgent = unread.urgent().newest_first()
    return User.objects.filter(pk=anyone.pk).values_list(
        CappedCount(Unread.objects.filter(user=anyone.pk, ticket__office_id=anyone.office_id).values("ticket_id")),
        CappedCount(unread.values("pk")),
        unread_of(anyone),
        Subquery(urgent.values("pk")[:1]),
        Subquery(urgent.values("title")[:1]),
    )


COUNTS = PreparedFor(_counts, now=DateTimeField(), since=DateTimeField())
