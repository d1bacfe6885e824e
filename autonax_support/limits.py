"""The one table of rate limits: how often one person, or one address where nobody is signed in, may do one thing.

They stand far above what a busy person does; RATE_LIMIT_PERCENT scales them all, 0 switches them off. Counting costs one statement,
only for what is in this table. When it fails, because the database refuses, people go on working, except where a password could be
guessed meanwhile: there it fails closed.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.db import DatabaseError
from django.http import HttpRequest, UnreadablePostError

from autonax_support.accounts.models import ActionCount
from autonax_support.accounts.throttle import address_of
from tickets.claims import claim_of

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Limit:
    """`most` times within `seconds`. `button` is what the person pressed, and may press again afterwards.

    Without `keeps_text` a script that is refused keeps the text itself and comes again; what nobody would send again is kept even so.
    """

    action: str
    most: int
    seconds: int
    button: str = ""
    fails_closed: bool = False
    keeps_text: bool = True


AUTOSAVE = Limit("autosave", 120, 60, "ذخیره پیش‌نویس", keeps_text=False)
SEARCH = Limit("search", 120, 60, "جستجو")
DOWNLOAD = Limit("download", 600, 60)

SENT = {  # by POST
    "accounts:login": Limit("sign_in", 300, 600, "ورود", fails_closed=True),  # one address may be a whole town behind its provider
    "accounts:password": Limit("password", 20, 600, "تغییر گذرواژه", fails_closed=True),
    "accounts:otp": Limit("otp", 60, 600, "تأیید و ورود", fails_closed=True),
    "accounts:otp_recovery": Limit("otp", 60, 600, "تأیید و ورود", fails_closed=True),
    "accounts:otp_codes": Limit("password", 20, 600, "کدهای جدید", fails_closed=True),
    "accounts:otp_off": Limit("password", 20, 600, "خاموش کردن", fails_closed=True),
    "launch:launch": Limit("launch", 1200, 600, "پشتیبانی همراه"),  # likewise; each refused one writes a line of the audit
    "tickets:new": Limit("file", 30, 600, "ثبت تیکت"),
    "inbox:reply": Limit("reply", 60, 600, "ارسال پاسخ"),
    "admin:tickets_ticket_change": Limit("answer", 120, 600, "ارسال پاسخ"),
    "drafts:draft": AUTOSAVE,
}
FORMS_WITH_DRAFTS = ("tickets:new", "inbox:reply", "admin:tickets_ticket_change")  # elsewhere «save_draft» means nothing
METHOD = {  # any other address that changes something
    "POST": Limit("post", 600, 600),
    "PUT": Limit("chunk", 600, 60, keeps_text=False),
    "DELETE": Limit("delete", 300, 60, keeps_text=False),
}
RESCUED = 60  # refused forms of one window whose text is still kept; beyond it this is no person


def limit_of(request: HttpRequest) -> Limit | None:
    name = request.resolver_match.view_name
    if request.method == "POST":
        only_saves = name in FORMS_WITH_DRAFTS and _only_saves(request)
        return AUTOSAVE if only_saves else SENT.get(name, METHOD["POST"])
    if request.method in METHOD:
        return METHOD[request.method]
    if request.GET.get("q") or name == "admin:autocomplete":
        return SEARCH
    return DOWNLOAD if name == "files:attachment" else None


def count(request: HttpRequest, limit: Limit, at: datetime) -> tuple[int, int]:
    """How far beyond its limit this request is, and for how many seconds yet."""
    most = limit.most * settings.RATE_LIMIT_PERCENT // 100
    if not settings.RATE_LIMIT_PERCENT:
        return 0, 0
    begun = int(at.timestamp()) // limit.seconds * limit.seconds
    try:
        done = ActionCount.objects.hit(_who(request, limit), limit.action, datetime.fromtimestamp(begun, UTC))
    except DatabaseError:
        if limit.fails_closed:
            raise
        log.warning("Not counted: %s", limit.action, exc_info=True)
        return 0, 0
    return max(0, done - max(1, most)), begun + limit.seconds - int(at.timestamp())


def _only_saves(request: HttpRequest) -> bool:
    try:
        return "save_draft" in request.POST
    except UnreadablePostError:  # the line broke within the form
        return False


def _who(request: HttpRequest, limit: Limit) -> str:
    """Forms left open when their sessions ended count for their owners: a whole office is behind one address."""
    if request.user.is_authenticated:
        return f"user {request.user.pk}"
    owner = None if limit.fails_closed else _signed_for(request)
    return f"form of {owner}" if owner else f"address {address_of(request)}"


def _signed_for(request: HttpRequest) -> int | None:
    try:
        claim = claim_of(request)
    except UnreadablePostError:
        return None
    return claim.owner_id if claim else None
