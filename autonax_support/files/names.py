"""The name of a file as people see it: cleaned once, and judged only afterwards."""

import re
import unicodedata

MAX_CHARACTERS = 150
# A download must fit into one directory entry of the reader's disk (255 bytes nearly everywhere).
MAX_BYTES = 240
LONGEST_EXTENSION = 10
NAMELESS = "فایل"

JOINERS = "\u200c\u200d"
OPENING = "([{"
_HIDDEN = {"Cc", "Cf", "Cs", "Cn", "Co"}
_REPEATED_JOINERS = re.compile(f"[{JOINERS}]+")
_LOOSE_JOINERS = re.compile(rf"(?<![^\s.])[{JOINERS}]|[{JOINERS}](?![^\s.])")


def clean_name(raw: str) -> str:
    """One line without path, control or direction characters; half-spaces inside words stay; never empty."""
    name = re.split(r"[/\\]", raw)[-1]
    name = "".join(filter(_is_visible, re.sub(r"\s", " ", name)))
    name = _tidy(unicodedata.normalize("NFC", name))
    stem, dot, extension = name.rpartition(".")
    if not dot or not 0 < len(extension) <= LONGEST_EXTENSION:
        stem, extension = name, ""
    tail = f".{extension}" if extension else ""
    return (_cut(stem.strip(" ."), tail) or NAMELESS) + tail


def extension_of(name: str) -> str:
    stem, _, extension = name.rpartition(".")
    return extension.lower() if stem else ""


def with_extension(name: str, extension: str) -> str:
    return clean_name(f"{name.rpartition('.')[0]}.{extension}")


def in_order(name: str) -> tuple[str, str]:
    """The name, and the end of it that must run from left to right: «گزارش » and «0.txt», where a line of Persian would show «txt.0»."""
    directions = [unicodedata.bidirectional(character) for character in name]
    persian = max((place for place, direction in enumerate(directions) if direction in ("R", "AL")), default=None)
    if persian is None:
        return name, ""
    start = next((place for place in range(persian + 1, len(name)) if name[place].isalnum() or name[place] in OPENING), len(name))
    needs_help = start < len(name) and directions[start] != "L"
    return (name[:start], name[start:]) if needs_help else (name, "")


def _is_visible(character: str) -> bool:
    return character in JOINERS or unicodedata.category(character) not in _HIDDEN


def _tidy(name: str) -> str:
    name = re.sub(" +", " ", name)
    name = _REPEATED_JOINERS.sub(lambda run: run[0][0], name)
    return _LOOSE_JOINERS.sub("", name).strip()


def _cut(stem: str, tail: str) -> str:
    stem = stem[: MAX_CHARACTERS - len(tail)]
    room = MAX_BYTES - len(tail.encode())
    stem = stem.encode()[:room].decode(errors="ignore")
    return stem.rstrip(f" .{JOINERS}")
