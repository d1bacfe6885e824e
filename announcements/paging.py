"""The list's own order: pinned announcements first, and the newest first among each."""

from datetime import datetime

from announcements.limits import PAGE_SIZE
from announcements.models import Announcement
from announcements.models.announcement import AnnouncementQuerySet
from autonax_support.schema.paging import Order, Page

PINNED_FIRST = Order({"pinned": bool, "published_at": datetime, "id": int})


def page_of(announcements: AnnouncementQuerySet, *, after: str = "", before: str = "") -> Page[Announcement]:
    return PINNED_FIRST.page(announcements, PAGE_SIZE, after=after, before=before)
