"""Pages by key over (pinned, published_at, id): a new announcement moves nobody's place, and no page costs more than the first."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db.models import Q

from announcements.limits import PAGE_SIZE
from announcements.models import Announcement
from announcements.models.announcement import AnnouncementQuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
KEY = re.compile(r"([01])-([0-9]{1,16})-([0-9]{1,10})")
OLDER_LAST = ("-pinned", "-published_at", "-id")
OLDER_FIRST = ("pinned", "published_at", "id")


@dataclass(frozen=True)
class Key:
    pinned: bool
    published_at: datetime
    id: int

    @classmethod
    def of(cls, announcement: Announcement) -> "Key":
        return cls(announcement.pinned, announcement.published_at, announcement.pk)

    @classmethod
    def read(cls, text: str) -> "Key | None":
        found = KEY.fullmatch(text)
        if not found:
            return None
        return cls(found[1] == "1", EPOCH + timedelta(microseconds=int(found[2])), int(found[3]))

    def __str__(self) -> str:
        return f"{self.pinned:d}-{(self.published_at - EPOCH) // timedelta(microseconds=1)}-{self.id}"

    def older(self) -> Q:
        then = Q(published_at__lt=self.published_at) | Q(published_at=self.published_at, id__lt=self.id)
        return Q(then, pinned=True) | Q(pinned=False) if self.pinned else Q(then, pinned=False)

    def newer(self) -> Q:
        then = Q(published_at__gt=self.published_at) | Q(published_at=self.published_at, id__gt=self.id)
        return Q(then, pinned=True) if self.pinned else Q(then, pinned=False) | Q(pinned=True)


@dataclass(frozen=True)
class Page:
    rows: list[Announcement]
    older: str | None = None
    newer: str | None = None


def page_of(announcements: AnnouncementQuerySet, *, after: str = "", before: str = "") -> Page:
    """The page after (older than) or before (newer than) a key; one that is none, or leads past the end, shows the first page."""
    if key := Key.read(before):
        return _page_before(announcements, key)
    if key := Key.read(after):
        page = _page_from(announcements.filter(key.older()), is_first=False)
        if page.rows:
            return page
    return _page_from(announcements, is_first=True)


def _page_from(announcements: AnnouncementQuerySet, *, is_first: bool) -> Page:
    rows = list(announcements.order_by(*OLDER_LAST)[: PAGE_SIZE + 1])
    shown, has_older = rows[:PAGE_SIZE], len(rows) > PAGE_SIZE
    return Page(shown, older=_key(shown, -1, has_older), newer=_key(shown, 0, not is_first))


def _page_before(announcements: AnnouncementQuerySet, key: Key) -> Page:
    rows = list(announcements.filter(key.newer()).order_by(*OLDER_FIRST)[: PAGE_SIZE + 1])
    if len(rows) <= PAGE_SIZE:
        return _page_from(announcements, is_first=True)
    shown = rows[PAGE_SIZE - 1 :: -1]
    return Page(shown, older=_key(shown, -1, True), newer=_key(shown, 0, True))


def _key(rows: list[Announcement], place: int, wanted: bool) -> str | None:
    return str(Key.of(rows[place])) if rows and wanted else None
