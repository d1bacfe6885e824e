"""What search compares: the key words of a stored text and the alternatives of a query.

A key word has letters and digits only, so that SQL can quote it without knowing Persian.
"""

import re
import unicodedata
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from typing import Any

from autonax_support.persian.letters import (
    ALIASES,
    DELETED,
    EZAFE,
    ISOLATED_MARKS,
    KEY_VERSION,
    LETTERS,
    PLURALS,
    PREFIXES,
    STOP_WORDS,
    SUFFIXES,
    ZWNJ,
)

__all__ = ["KEY_VERSION", "Terms", "fold", "hits", "query_terms", "search_key"]

Terms = list[tuple[str, ...]]

KEY_MAX = 200_000  # PostgreSQL raises above 1 MB of lexemes
QUERY_MAX = 200
WORD_MAX = 64
PREFIX_LETTERS = 3
PREFIX_DIGITS = 4
NUMBER_MAX = 16  # digits; the number of a bank card is the longest that is written in groups

# Later letters are words to one database and blanks to the other; the rest of Unicode changes with Python.
category_of_2002 = unicodedata.ucd_3_2_0.category

ONE_FORM = {form: letter for letter, forms in LETTERS.items() for form in forms}
ALIASED = re.compile(rf"\b(?:{'|'.join(ALIASES)})")
PLURAL = re.compile(f"(?:{'|'.join(PLURALS)})$")
RUNS = re.compile(r"[0-9]+|[^0-9]+")
TOKEN = re.compile(r"\S+")


class FoldedCharacters(dict[int, str]):
    """Folding goes character by character, so str.translate can do it and remember each one."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.uneven = {chr(code) for code, folded in self.items() if len(folded) != 1}  # of those that have been seen

    def __missing__(self, code: int) -> str:
        folded = fold_character(chr(code))
        if len(folded) != 1:
            self.uneven.add(chr(code))
        if code <= 0xFFFF:  # the rest is rare and need not be kept
            self[code] = folded
        return folded


def fold_character(character: str) -> str:
    # Decomposing and dropping the marks is NFKC here, but needs no look at the neighbours:
    # Python's composition takes quadratic time on a long run of marks.
    parts = unicodedata.normalize("NFKD", character)
    return "".join(map(fold_part, "".join(filter(is_kept, parts)).casefold()))


def is_kept(part: str) -> bool:
    return part == ZWNJ or (part not in DELETED and unicodedata.category(part) not in ("Mn", "Me", "Cf"))


def fold_part(part: str) -> str:
    if part == ZWNJ:
        return part
    if part.isdecimal():
        return str(unicodedata.decimal(part))
    return ONE_FORM.get(part) or (part if category_of_2002(part)[0] == "L" else " ")


FOLDED = FoldedCharacters(dict.fromkeys(ISOLATED_MARKS, ""))


def fold(text: str) -> str:
    """Letters in their one form, ASCII digits, half-spaces; all else is a space or gone."""
    return ALIASED.sub(lambda found: ALIASES[found[0]], text.translate(FOLDED))


def search_key(text: str) -> str:
    """The words under which a text is found, each once, at most KEY_MAX characters."""
    groups = words_of(fold(text[:KEY_MAX])[:KEY_MAX])
    key = " ".join(dict.fromkeys(word for group in groups for word in group.key_words()))
    return key if len(key) <= KEY_MAX else key[: key.rindex(" ", 0, KEY_MAX + 1)]


def hits(text: str, terms: Terms) -> list[tuple[int, int]]:
    """Where in `text`, as it was typed, stand the words by which `terms` find it: pairs of places as of a slice, in their order."""
    folded, places = fold_with_places(text[:KEY_MAX])
    wanted = {word for term in terms for alternative in term for word in alternative.split()}
    wanted = {word for word in wanted if len(word) > 1} or wanted  # a letter of a plate alone would be everywhere
    exact = {word for word in wanted if not word.endswith("*")}
    beginnings = tuple(word[:-1] for word in wanted - exact)
    return [
        (places[word.start], places[word.end - 1] + 1)
        for word in words_at(spots(frozenset(exact.union(beginnings))), folded[:KEY_MAX])
        if any(known in exact or known.startswith(beginnings) for known in word.key_words())
    ]


def fold_with_places(text: str) -> tuple[str, Sequence[int]]:
    """The folded text, and for each of its characters the place of the one it came from; ALIASES keep the lengths."""
    folded = fold(text)
    if FOLDED.uneven.isdisjoint(text):
        return folded, range(len(text))
    return folded, [place for place, character in enumerate(text) for _ in FOLDED[ord(character)]]


@lru_cache(maxsize=64)
def spots(words: frozenset[str]) -> re.Pattern[str]:
    """Where one of the words may begin: its letters, whatever parts of a word or groups of a number they stand in."""
    spelled = "|".join(f"[ {ZWNJ}]*".join(map(re.escape, word)) for word in sorted(words))
    return re.compile(f"(?={spelled})" if words else "(?!)")


def words_at(spots: re.Pattern[str], folded: str) -> Iterator["Word"]:
    """The words around the spots, and some beside them. All others are never made, which saves most of the time."""
    read = 0
    for spot in spots.finditer(folded):
        if spot.start() < read:
            continue
        for word in words_of(folded, sure_beginning(folded, spot.start(), read)):
            yield word
            read = word.end
            if read > spot.start():
                break


def sure_beginning(folded: str, place: int, since: int) -> int:
    """The nearest place at or before `place` where a word begins, whatever stands before it; `since` is one."""
    start = folded.rfind(" ", since, place) + 1 or since
    while start > since:
        end = start
        while end > since and folded[end - 1] == " ":
            end -= 1
        before = folded.rfind(" ", since, end) + 1 or since
        if not may_cling(TOKEN.match(folded, start)[0], folded[before:end]):
            break
        start = before
    return start


def may_cling(token: str, before: str) -> bool:
    """Whether both may be of one word; rather too often than too seldom."""
    token, before = token.replace(ZWNJ, ""), before.replace(ZWNJ, "")
    return not token or not before or token in SUFFIXES or before in PREFIXES or (token[0].isdigit() and before[-1].isdigit())


def query_terms(text: str) -> Terms:
    """One tuple per typed word, all of them wanted; of a tuple any alternative is enough.

    An alternative is one or more key words separated by a space, all of them wanted; `*` ends a
    word that may go on.
    """
    typed = list(words_of(fold(text[:QUERY_MAX])))
    wanted = [place for place, word in enumerate(typed) if word.glued not in STOP_WORDS]
    places = wanted or range(len(typed))
    terms = [(*typed[place].alternatives(), *glued_neighbours(typed, place, places)) for place in places]
    return list(dict.fromkeys(tuple(dict.fromkeys(term)) for term in terms))


def glued_neighbours(typed: list["Word"], place: int, places: Collection[int]) -> Iterator[str]:
    """«تاکسی رانی» also finds «تاکسیرانی»."""
    for first in (place - 1, place):
        if first in places and first + 1 in places:
            yield marked((typed[first].glued + typed[first + 1].glued)[:WORD_MAX])


def marked(word: str) -> str:
    shortest = PREFIX_DIGITS if word.isdigit() else PREFIX_LETTERS
    return word + "*" if len(word) >= shortest else word


class Word:
    """A word with its affixes, whether a half-space or a space stood between them; or a number with all its groups."""

    def __init__(self, parts: list[str], start: int, end: int) -> None:
        self.parts = parts
        self.start, self.end = start, end  # in the folded text
        self.spaced: list[str] = []  # suffixes that stood alone may be words: «آی پی»، «تر»

    @property
    def glued(self) -> str:
        return "".join(self.parts)[:WORD_MAX]

    @property
    def bare_parts(self) -> list[str]:
        """Without the affixes; the first part is no suffix and the last no prefix."""
        last = len(self.parts) - 1
        return [
            part
            for place, part in enumerate(self.parts)
            if not (place > 0 and (part in SUFFIXES or part == EZAFE)) and not (place < last and part in PREFIXES)
        ]

    @property
    def runs(self) -> list[str]:
        return [run for part in self.bare_parts for run in RUNS.findall(part)]

    def takes(self, parts: list[str], gap: int) -> bool:
        is_suffix = len(parts) == 1 and parts[0] in SUFFIXES
        is_prefixed = len(self.parts) == 1 and self.parts[0] in PREFIXES
        return is_suffix or is_prefixed or (gap == 1 and self.counts_on(parts))

    def counts_on(self, parts: list[str]) -> bool:
        """«0912 345 6789», «852-034227-2»: one number for who looks for it."""
        groups = [*parts, *self.parts]
        return all(map(str.isdigit, groups)) and sum(map(len, groups)) <= NUMBER_MAX

    def take(self, parts: list[str], end: int) -> None:
        self.spaced += [part for part in parts if part in SUFFIXES]
        self.parts += parts
        self.end = end

    def key_words(self) -> list[str]:
        return [self.glued, *self.bare_parts, *self.runs, *self.spaced]

    def alternatives(self) -> Iterator[str]:
        yield marked(self.glued)
        if self.runs:  # none where all parts are affixes («می‌ها»)
            yield " ".join(map(marked, self.runs))
        stem = PLURAL.sub("", self.glued)
        if len(stem) >= 2:
            yield stem if stem != self.glued else marked(stem)


def words_of(folded: str, begin: int = 0) -> Iterator[Word]:
    word: Word | None = None
    for token in TOKEN.finditer(folded, begin):
        parts = [part[:WORD_MAX] for part in token[0].split(ZWNJ) if part]
        if word and parts and word.takes(parts, gap=token.start() - word.end):
            word.take(parts, token.end())
        elif parts:
            if word:
                yield word
            word = Word(parts, token.start(), token.end())
    if word:
        yield word
