"""What of a long text is shown below a search result: the words around the first hit, with the hits told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from autonax_support.persian.text import Terms, hits

BEFORE, LONGEST = 40, 160  # characters
CUT = "…"


@dataclass(frozen=True)
class Piece:
    text: str
    is_hit: bool


def excerpt(text: str, terms: Terms) -> list[Piece]:
    """Pieces of one line; empty when nothing of `text` is a hit."""
    line = " ".join(text.split())
    found = hits(line, terms)
    if not found:
        return []
    begin = _begin(line, found[0][0])
    end = _end(line, begin)
    return [
        *([Piece(CUT, False)] if begin else []),
        *_pieces(line, begin, end, found),
        *([Piece(CUT, False)] if end < len(line) else []),
    ]


def marked(line: str, terms: Terms) -> list[Piece]:
    """The whole line."""
    return list(_pieces(line, 0, len(line), hits(line, terms)))


def _begin(line: str, hit: int) -> int:
    """At a word, some before the hit; at the text's own beginning when that is near."""
    if hit <= BEFORE:
        return 0
    space = line.find(" ", hit - BEFORE, hit)
    return space + 1 if space >= 0 else hit


def _end(line: str, begin: int) -> int:
    if len(line) - begin <= LONGEST:
        return len(line)
    space = line.rfind(" ", begin + LONGEST // 2, begin + LONGEST)
    return space if space >= 0 else begin + LONGEST


def _pieces(line: str, begin: int, end: int, found: list[tuple[int, int]]) -> Iterator[Piece]:
    place = begin
    for first, last in found:
        first, last = max(first, place), min(last, end)
        if first >= last:
            continue
        if first > place:
            yield Piece(line[place:first], False)
        yield Piece(line[first:last], True)
        place = last
    if place < end:
        yield Piece(line[place:end], False)
