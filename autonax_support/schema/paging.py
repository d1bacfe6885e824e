"""Pages by key. A key is a place in a list: what comes in before it shifts nothing behind it, and no page costs more than the first."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Generic, TypeVar

from django.core.signing import BadSignature, Signer
from django.db.models import Model, Q, QuerySet

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
DIGITS = {bool: "([01])", int: "([0-9]{1,18})", datetime: "([0-9]{1,18})"}

Row = TypeVar("Row", bound=Model)
Place = tuple[bool | int | datetime, ...]
Fetch = Callable[[Place | None, bool], list[Row]]  # from which place, and whether backwards


@dataclass(frozen=True)
class Page(Generic[Row]):
    """What is shown, and the keys of the pages on either side."""

    rows: list[Row]
    older: str | None = None
    newer: str | None = None

    @property
    def is_first(self) -> bool:
        return self.newer is None

    @property
    def is_whole(self) -> bool:
        return self.is_first and self.older is None


@dataclass(frozen=True)
class Order:
    """Columns that all fall, or all rise; the last is unique. With a signer only keys that it signed are keys."""

    columns: Mapping[str, type]
    rising: bool = False
    signer: Signer | None = None

    def sort(self, rows: QuerySet[Row], *, backwards: bool = False) -> QuerySet[Row]:
        return rows.order_by(*(column if self.rising != backwards else f"-{column}" for column in self.columns))

    def page(self, rows: QuerySet[Row], size: int, *, after: str = "", before: str = "") -> Page[Row]:
        return self.turned(lambda place, backwards: self._part(rows, size, place, backwards=backwards), size, after=after, before=before)

    def turned(self, fetch: Fetch[Row], size: int, *, after: str = "", before: str = "") -> Page[Row]:
        """The page after (older than) or before (newer than) a key; no key, or one that leads past an end, shows the first page.

        `fetch` gives the rows beyond a place, or from the beginning, one more than a page has where there is one.
        """
        if place := self._place(before):
            found = fetch(place, True)
            if len(found) > size:
                shown = found[size - 1 :: -1]
                return Page(shown, self.key(shown[-1]), self.key(shown[0]))
        elif place := self._place(after):
            shown, older = self._cut(fetch(place, False), size)
            if shown:
                return Page(shown, older, self.key(shown[0]))
        return Page(*self._cut(fetch(None, False), size))

    def rest(self, rows: QuerySet[Row], size: int, after: str) -> tuple[list[Row], str | None]:
        """What comes after a key, which past the end is nothing, and the key to go on with; after no key the beginning."""
        return self._cut(self._part(rows, size, self._place(after)), size)

    def _part(self, rows: QuerySet[Row], size: int, place: Place | None, *, backwards: bool = False) -> list[Row]:
        part = rows.filter(self.beyond(place, backwards=backwards)) if place else rows
        return list(self.sort(part, backwards=backwards)[: size + 1])

    def key(self, row: Model) -> str:
        text = "-".join(str(_number(getattr(row, column))) for column in self.columns)
        return self.signer.sign(text) if self.signer else text

    def _place(self, key: str) -> Place | None:
        kinds = self.columns.values()
        try:
            text = self.signer.unsign(key) if self.signer else key
            found = re.fullmatch("-".join(DIGITS[kind] for kind in kinds), text)
            return tuple(map(_value, kinds, found.groups())) if found else None
        except (BadSignature, OverflowError):
            return None

    def _cut(self, found: list[Row], size: int) -> tuple[list[Row], str | None]:
        shown = found[:size]
        return shown, self.key(shown[-1]) if len(found) > size else None

    def beyond(self, place: Sequence[Any], *, backwards: bool = False) -> Q:
        """(first, second) < (a, b) as first <= a AND (first < a OR second < b): by what stands before the AND an index is entered."""
        to = "gt" if self.rising != backwards else "lt"
        *leading, (unique, last) = zip(self.columns, place, strict=True)
        beyond = Q(**{f"{unique}__{to}": last})
        for column, value in reversed(leading):
            if value is (to == "gt"):  # past the end of a boolean lies nothing, and from an equality an index goes on to the next column
                beyond = Q(**{column: value}) & beyond
            else:
                beyond = Q(**{f"{column}__{to}e": value}) & (Q(**{f"{column}__{to}": value}) | beyond)
        return beyond


def _number(value: bool | int | datetime) -> int:
    return (value - EPOCH) // MICROSECOND if isinstance(value, datetime) else int(value)


def _value(kind: type, digits: str) -> bool | int | datetime:
    return EPOCH + int(digits) * MICROSECOND if kind is datetime else kind(int(digits))
