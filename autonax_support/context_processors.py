from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from announcements.models import Announcement
from autonax_support.accounts.models import User
from autonax_support.schema.counts import CappedCount
from tickets.models import Unread


@dataclass(frozen=True)
class Header:
    """What the frame of every page shows: unread answers and announcements, and the urgent one above the bar."""

    unread_answers: int = 0
    unread_announcements: int = 0
    banner: dict[str, Any] | None = None


def csp_nonce(request: HttpRequest) -> dict[str, object]:
    """Under the name that `{% htmx_script %}` looks for; django-csp's own processor calls it CSP_NONCE."""
    return {"csp_nonce": getattr(request, "csp_nonce", None)}


def header(request: HttpRequest) -> dict[str, object]:
    """Read only by pages that show it, in one SELECT."""
    return {"header": SimpleLazyObject(lambda: header_of(request))}


def header_of(request: HttpRequest) -> Header:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return Header()
    now = timezone.now()
    unread = Announcement.objects.unread_by(user, now)
    urgent = unread.urgent().newest_first()
    row = (
        User.objects.filter(pk=user.pk)
        .annotate(
            unread_answers=CappedCount(Unread.objects.filter(user=user, ticket__office_id=user.office_id).values("ticket_id")),
            unread_announcements=CappedCount(unread.values("pk")),
            banner_id=urgent.values("pk")[:1],
            banner_title=urgent.values("title")[:1],
        )
        .values("unread_answers", "unread_announcements", "banner_id", "banner_title")
        .get()
    )
    banner = {"id": row["banner_id"], "title": row["banner_title"]} if row["banner_id"] else None
    return Header(row["unread_answers"], row["unread_announcements"], banner)
