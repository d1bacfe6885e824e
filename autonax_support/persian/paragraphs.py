"""What a person typed as safe HTML: paragraphs, line breaks, links, and code from left to right."""

import re
from collections.abc import Iterator
from itertools import groupby

from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from autonax_support.persian.text import clean_text

ARABIC_LETTER = re.compile("[\u0620-\u064a\u066e-\u06d3\u06d5\u06fa-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe80-\ufefc]")
LATIN_LETTER = re.compile("[A-Za-z]")
ADDRESS = re.compile(r"(?<!\w)https?://[^\W_][^\s<>\"'«»\u200e\u200f]*", re.IGNORECASE)
AFTER_ADDRESS = ".,;:!?*_،؛؟…"
LINK = '<a href="{}" target="_blank" rel="noopener noreferrer nofollow" dir="ltr">{}</a>'


def paragraphs(text: str) -> SafeString:
    lines = [line.rstrip() for line in clean_text(text).split("\n")]
    blocks = (block(kind, "\n".join(some)) for kind, some in groupby(lines, kind_of) if kind)
    return mark_safe("\n".join(blocks))  # nosec B308 B703 # each block is made by format_html


def kind_of(line: str) -> str:
    if not line or line.isspace():
        return ""
    if ARABIC_LETTER.search(line) or not LATIN_LETTER.search(ADDRESS.sub("", line)):
        return "words"
    return "code"


def block(kind: str, text: str) -> str:
    if kind == "code":
        return f'<pre dir="ltr">{linked(text)}</pre>'
    html = linked(text.strip()).replace("\n", "<br>")
    return f'<p dir="auto">{html}</p>'


def linked(text: str) -> str:
    return "".join(pieces(text))


def pieces(text: str) -> Iterator[str]:
    end = 0
    for found in ADDRESS.finditer(text):
        address = trimmed(found[0])
        yield escape(text[end : found.start()])
        yield format_html(LINK, address, address)
        end = found.start() + len(address)
    yield escape(text[end:])


def trimmed(address: str) -> str:
    """Without the punctuation of the sentence around it."""
    address = address.rstrip(AFTER_ADDRESS)
    return address if "(" in address else address.rstrip(")]}" + AFTER_ADDRESS)
