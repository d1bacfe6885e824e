"""Log lines that say what failed and nothing that a person typed: no query string, no long number, no token, one line an event."""

import logging
import re
import traceback
from types import TracebackType

from django.http import HttpRequest

SHOWN = 300  # characters of a message or of an exception's first line
SECRET_FROM = 6  # characters; what is shorter says nothing and is found everywhere
LONG_NUMBER = re.compile(r"\d{8,}")  # national IDs, tracking numbers, phones, in any digits
QUERY = re.compile(r"(?<=[\w/%.])\?\S+")
UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

ErrorParts = tuple[type[BaseException], BaseException, TracebackType | None]


class ErrorReference(logging.Filter):
    """Gives every log line the number that the person saw on the error page, or a dash."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.ref = getattr(getattr(record, "request", None), "error_reference", "-")
        return True


class PrivateLine(logging.Formatter):
    """The frames of an error stand below its line, each behind «|», so that nothing in a message can pass for a line of its own."""

    def __init__(self) -> None:
        super().__init__("{asctime} {levelname} {name} ref={ref} {message}", style="{")

    def format(self, record: logging.LogRecord) -> str:
        sent = _sent(getattr(record, "request", None))
        record.message = clean(record.getMessage(), sent)
        record.asctime = self.formatTime(record)
        lines = [self.formatMessage(record)]
        if record.exc_info and record.exc_info[1]:
            lines += [f"| {line}" for line in _told(record.exc_info[1], sent)]
        return "\n".join(lines)


def clean(text: str, sent: frozenset[str] = frozenset()) -> str:
    """The first SHOWN characters as one line, without numbers of people, query strings and what the request carried."""
    for value in sorted(sent, key=len, reverse=True):
        text = text.replace(value, "…")
    text = LONG_NUMBER.sub("#", QUERY.sub("?…", text))
    return UNSEEN.sub(lambda found: found.group().encode("unicode_escape").decode(), text)[:SHOWN]


def _told(error: BaseException, sent: frozenset[str]) -> list[str]:
    """Frames and kinds of the whole chain. Of a message its first line only: PostgreSQL adds the row that failed below it."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    lines = _told(before, sent) if before else []
    for frame in traceback.extract_tb(error.__traceback__):
        lines.append(f"{frame.filename}:{frame.lineno} in {frame.name}: {frame.line}")
    first = (str(error).splitlines() or [""])[0]
    return [*lines, f"{type(error).__qualname__}: {clean(first, sent)}"]


def _sent(request: HttpRequest | None) -> frozenset[str]:
    """What the request brought, as far as it was read: never read it for the sake of a log line."""
    if request is None:
        return frozenset()
    fields = [getattr(request, "_post", None), getattr(request, "GET", None)]
    values = [value for field in fields if field for key in field for value in field.getlist(key)]
    values += [*getattr(request, "COOKIES", {}).values(), getattr(request, "META", {}).get("QUERY_STRING", "")]
    return frozenset(line for value in values for line in (value, *value.splitlines()) if len(line) >= SECRET_FROM)
