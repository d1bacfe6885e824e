"""Reads the .po files of locale/ and compiles them, so that no gettext tools are needed."""

import ast
import re
import struct
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[2] / "locale" / "fa" / "LC_MESSAGES"
DOMAINS = ("django", "djangojs")
LINE = re.compile(r'(msgctxt|msgid_plural|msgid|msgstr(?:\[\d\])?)?\s*(".*")')


def entries(domain: str) -> list[dict[str, str]]:
    """Each message as its keywords: msgctxt, msgid, msgid_plural, msgstr or msgstr[0], msgstr[1]."""
    blocks = (FOLDER / f"{domain}.po").read_text(encoding="utf-8").split("\n\n")
    return [entry for block in blocks if (entry := entry_of(block))]


def entry_of(block: str) -> dict[str, str]:
    entry: dict[str, str] = {}
    keyword = ""
    for line in block.splitlines():
        if found := LINE.fullmatch(line):
            keyword = found[1] or keyword
            entry[keyword] = entry.get(keyword, "") + ast.literal_eval(found[2])
    return entry


def compiled(domain: str) -> bytes:
    """The .mo file: header, table of keys, table of texts, then both as C strings."""
    messages = sorted((key_of(entry).encode(), text_of(entry).encode()) for entry in entries(domain))
    tables = 28 + 16 * len(messages)
    strings, places = b"", []
    for column in (0, 1):
        for message in messages:
            places += [len(message[column]), tables + len(strings)]
            strings += message[column] + b"\0"
    header = (0x950412DE, 0, len(messages), 28, 28 + 8 * len(messages), 0, tables)
    return struct.pack(f"<{7 + len(places)}I", *header, *places) + strings


def key_of(entry: dict[str, str]) -> str:
    context = f"{entry['msgctxt']}\x04" if "msgctxt" in entry else ""
    plural = f"\0{entry['msgid_plural']}" if "msgid_plural" in entry else ""
    return context + entry["msgid"] + plural


def text_of(entry: dict[str, str]) -> str:
    return entry["msgstr"] if "msgstr" in entry else f"{entry['msgstr[0]']}\0{entry['msgstr[1]']}"


if __name__ == "__main__":
    for name in DOMAINS:
        (FOLDER / f"{name}.mo").write_bytes(compiled(name))
