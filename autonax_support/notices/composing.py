"""What a delivery says: its words stand in templates/mail, what they speak of comes from the rooms that know it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import datetime
from html import unescape
from typing import Any

from django.conf import settings
from django.template.loader import get_template, render_to_string
from django.utils.safestring import SafeString

from autonax_support.notices.gateways import Mail, Sms
from autonax_support.notices.models import Delivery, Notice
from autonax_support.persian.text import to_ascii_digits

SUBJECT_MAX = 60
LISTED_MAX = 20
TAG = re.compile(r"<[^>]*>")
ISOLATES = {"<bdi>": "\u2068", "</bdi>": "\u2069"}


@dataclass
class Told:
    """One notice as its recipient may read it. `words` fill the template of its kind; `page` is where it leads."""

    kind: str
    page: str
    words: dict[str, Any]
    thread: str = ""
    sender: str = ""
    button: str = "مشاهده تیکت"
    list_page: str = ""  # where it is found among others of its kind
    parameters: dict[str, str] = field(default_factory=dict)  # for SMS: digits only, since gateways refuse blanks


Tell = Callable[[list[Notice], datetime], list[Told]]


def compose(delivery: Delivery, tell: Tell, at: datetime) -> Mail | Sms | None:
    """None: nothing of it is this person's business any more."""
    notices = delivery.told()
    told = tell(notices, at)
    if not told:
        return None
    key, last = f"delivery-{delivery.pk}", together(told)
    words = _words(last)
    if delivery.channel == Delivery.Channel.SMS:
        parameters = {name: to_ascii_digits(text) for name, text in last.parameters.items()}
        return Sms(delivery.target, last.kind, plain(words.sms), key, parameters)
    context = {
        "name": notices[0].recipient.full_name,
        "subject": plain(words.subject),
        "body": words.body,
        "url": settings.SITE_URL + last.page,
        "sender": last.sender,
        "button": last.button,
    }
    text = plain(render_to_string("mail/letter_plain.html", context))
    return Mail(delivery.target, _cut(words.subject), text, render_to_string("mail/letter.html", context), key, last.thread)


def together(told: list[Told]) -> Told:
    """Several things that happened to one ticket, or one that happened to several."""
    last = told[-1]
    if len(told) == 1:
        return last
    said = {"several": [_words(one).body for one in told[:LISTED_MAX]], "count": len(told), **last.words}
    if len({one.page for one in told}) > 1:
        return replace(last, kind=f"{last.kind}_several", page=last.list_page, words=said, thread="", button="مشاهده تیکت‌ها")
    return replace(last, kind="several", words=said, parameters={**last.parameters, "count": str(len(told))})


def plain(html: str) -> str:
    """For plain text, from what the template has escaped: so the words are written once."""
    for tag, mark in ISOLATES.items():
        html = html.replace(tag, mark)
    return unescape(TAG.sub("", html)).strip()


def _cut(subject: SafeString) -> str:
    line = " ".join(plain(TAG.sub("", subject)).split())
    return line if len(line) <= SUBJECT_MAX else line[: SUBJECT_MAX - 1] + "…"


def _words(told: Told) -> Any:
    """What the template of this kind sets: `subject`, `body`, `sms`."""
    return get_template(f"mail/words/{told.kind}.html").template.make_module(told.words)
