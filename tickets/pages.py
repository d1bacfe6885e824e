"""One draft, several pages: what a page knew of the draft when it sent its text, and whether that text may go over what is stored.

Each rendered form carries a page id whose first 80 bits are random; in its last 48 a script counts what it sends (its turn).
Without a script the turn stays 0. So two saves of one page can be told from two pages, and a late one from a new one.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

from django.http import QueryDict

from autonax_support.schema.uuids import as_uuid
from tickets.models import Draft

TURN_BITS = 48
NEVER = -1  # a version that no draft has


def new_page() -> UUID:
    return UUID(int=uuid4().int >> TURN_BITS << TURN_BITS)


@dataclass(frozen=True)
class Seen:
    """`version` is the one the page shows, None when a form does not say; then it stands in nobody's way."""

    version: int | None
    page: UUID | None

    @classmethod
    def by(cls, post: QueryDict) -> Seen:
        """`draft_over` is the version a person was asked about before they sent this: it counts instead of the one first shown."""
        return cls(_number(post.get("draft_over") or post.get("draft_version", "")), as_uuid(post.get("draft_page", "")))

    @property
    def origin(self) -> int | None:
        return self.page.int >> TURN_BITS if self.page else None

    def is_stale(self, draft: Draft, words: dict[str, Any]) -> bool:
        """Whether another page has written other words since."""
        if self.version in (None, draft.version) or self._wrote(draft):
            return False
        return draft.has_words and _compared(draft.data) != _compared(words)

    def is_outrun(self, draft: Draft) -> bool:
        """Whether this page has sent something newer already, which came first."""
        return self._wrote(draft) and 0 < _turn(self.page) < _turn(draft.page)

    def _wrote(self, draft: Draft) -> bool:
        return self.page is not None and draft.page is not None and self.origin == draft.page.int >> TURN_BITS


def _turn(page: UUID) -> int:
    return page.int & (1 << TURN_BITS) - 1


def _compared(words: dict[str, Any]) -> dict[str, Any]:
    """Without the button that was pressed, which is not text."""
    return {name: value for name, value in words.items() if name != "then"}


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else None
