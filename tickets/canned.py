"""Canned replies: what stands in braces in them, and the one place where it is filled in. Asks the database nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import datetime

from autonax_support.accounts.models import User
from autonax_support.persian.calendar import long, long_day
from autonax_support.persian.text import fold, to_persian_digits
from tickets.models import Ticket

CLERK, NUMBER, TRACKING, EXPERT, DUE, PROMISED = "نام کاربر", "شماره تیکت", "شماره پیگیری", "نام کارشناس", "مهلت", "موعد رفع مشکل"
PLACES = {
    CLERK: "کسی که تیکت را ثبت کرده است",
    NUMBER: "شماره همین تیکت",
    TRACKING: "شماره پیگیری پرونده؛ تیکت بدون پرونده ندارد",
    EXPERT: "کسی که پاسخ را می‌نویسد",
    DUE: "مهلت پاسخ؛ تیکتی که در انتظار پشتیبانی نیست یا مهلت آن گذشته است ندارد",
    PROMISED: "روزی که برای توسعه اعلام شده است",
}
ALSO_CALLED = {"مهلت پاسخ": DUE, "موعد": PROMISED}
IN_BRACES = re.compile(r"\{([^{}\n]{1,60})\}")


def _key(name: str) -> str:
    """The same for all spellings: letters, half-spaces, spaces."""
    return re.sub(r"[\s\u200c]+", "", fold(name))


KNOWN = {_key(name): name for name in PLACES} | {_key(name): place for name, place in ALSO_CALLED.items()}


def values_for(ticket: Ticket, *, by: User, at: datetime) -> dict[str, str]:
    """What may stand in an answer to this ticket; empty where there is nothing to say. Never a national ID."""
    return {
        CLERK: ticket.filed_by_name,
        NUMBER: to_persian_digits(ticket.pk),
        TRACKING: to_persian_digits(ticket.tracking_number),
        EXPERT: by.full_name,
        DUE: long(ticket.due_at, at) if ticket.due_at and ticket.due_at > at else "",
        PROMISED: long_day(ticket.promised_at, at) if ticket.promised_at else "",
    }


def filled(body: str, values: Mapping[str, str]) -> str:
    """In one pass, so that a value is never read as a place itself. What has no value stays as it was written."""
    return IN_BRACES.sub(lambda found: values.get(place_in(found[1]) or "") or found[0], body)


def unfilled(text: str, values: Mapping[str, str]) -> list[str]:
    """The places that still stand in a text, by their own names. A person who is called like one is none."""
    for value in filter(IN_BRACES.search, values.values()):
        text = text.replace(value, "")
    return list(dict.fromkeys(filter(None, map(place_in, IN_BRACES.findall(text)))))


def first_gap(text: str) -> str:
    """The first place that still stands in a text, as it is written there."""
    return next((found[0] for found in IN_BRACES.finditer(text) if place_in(found[1])), "")


def unknown(body: str) -> list[str]:
    """What stands in braces and is no place."""
    return list(dict.fromkeys(name for name in IN_BRACES.findall(body) if not place_in(name)))


def has_loose_brace(body: str) -> bool:
    return bool(re.search(r"[{}]", IN_BRACES.sub("", body)))


def place_in(name: str) -> str | None:
    return KNOWN.get(_key(name))


def joined(typed: str, reply: str) -> str:
    """At the end of what is typed, in a paragraph of its own."""
    return f"{typed.rstrip()}\n\n{reply}" if typed.strip() else reply
