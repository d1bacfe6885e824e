"""What the notice of an announcement says by e-mail or SMS; nothing of one that is withdrawn or over when it is sent."""

from __future__ import annotations

from datetime import datetime

from django.urls import reverse

from announcements.models import Announcement
from autonax_support.notices.composing import Told
from autonax_support.notices.models import Notice


def tell(notices: list[Notice], at: datetime) -> list[Told]:
    """Of one person."""
    asked = [notice.announcement_id for notice in notices if notice.announcement_id]
    reader = notices[0].recipient if asked else None
    if reader is None or not reader.may_sign_in:
        return []
    seen = Announcement.objects.visible_to(reader, at).in_bulk(asked)
    return [_told(notice.kind, seen[notice.announcement_id]) for notice in notices if notice.announcement_id in seen]


def _told(kind: str, announcement: Announcement) -> Told:
    words = {"title": announcement.title, "kind": announcement.get_kind_display()}
    page = reverse("announcements:page", args=[announcement.pk])
    return Told(kind=kind, page=page, words=words, thread=f"announcement-{announcement.pk}", button="خواندن متن کامل")
