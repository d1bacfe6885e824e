"""Persian text as it is stored and shown. What search makes of it lies in search_key.py."""

import re

from autonax_support.persian.search_key import KEY_VERSION, Terms, fold, hits, query_terms, search_key

__all__ = [
    "KEY_VERSION",
    "Terms",
    "clean_line",
    "clean_text",
    "fold",
    "hits",
    "in_each_script",
    "is_blank",
    "query_terms",
    "search_key",
    "to_ascii_digits",
    "to_persian_digits",
    "without_invisibles",
]

ASCII_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
PERSIAN_DIGITS = str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹")
ARABIC_DIGITS = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")

# PostgreSQL refuses NUL and lone surrogates; overrides and isolates disguise names ("gpj.exe").
NEVER_STORED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]+")
NEW_LINES = re.compile("\r\n?")
# Only what looks the same: browser search and plain comparison then find ي and ك.
ONE_LOOK = str.maketrans("يك", "یک")
DIRECTION_MARKS = dict.fromkeys(map(ord, "\u200e\u200f\u061c"))
INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
INVISIBLES = dict.fromkeys([*map(ord, INVISIBLE), *range(0x202A, 0x202F), *range(0x2066, 0x206A)])


def to_ascii_digits(text: str) -> str:
    return text.translate(ASCII_DIGITS)


def to_persian_digits(text: object) -> str:
    return str(text).translate(PERSIAN_DIGITS)


def in_each_script(number: str) -> tuple[str, str, str]:
    """How ASCII digits may have been typed: as they are, Persian, Arabic."""
    return number, number.translate(PERSIAN_DIGITS), number.translate(ARABIC_DIGITS)


def clean_text(text: str) -> str:
    """Multi-line text as it is stored: reads as it was typed, and every database takes it."""
    return NEVER_STORED.sub("", NEW_LINES.sub("\n", text)).translate(ONE_LOOK)


def clean_line(text: str) -> str:
    """A name or subject as it is stored: one line, single spaces, nothing invisible at its ends."""
    one_line = " ".join(clean_text(text).translate(DIRECTION_MARKS).split())
    return one_line.strip(INVISIBLE + " ")


def is_blank(text: str) -> bool:
    """Whether nothing of the text can be seen."""
    return not text.translate(INVISIBLES).strip()


def without_invisibles(text: str) -> str:
    """For identifiers and dates, which are often pasted with direction marks around them."""
    return text.translate(INVISIBLES).strip()
