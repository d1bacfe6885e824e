"""What a person writes is kept from the first byte that reaches us: forms carry a signed token that says whose text it is.

A POST that may not be executed (session gone, CSRF check failed, somebody else signed in) is stored as the token owner's draft.
"""

from __future__ import annotations

from uuid import UUID, uuid4

from django.contrib import messages
from django.db.models import AutoField, CharField, QuerySet, UUIDField
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.models import User
from autonax_support.files.refusals import sentence
from autonax_support.persian.calendar import clock
from autonax_support.persian.text import in_each_script
from autonax_support.schema.prepared import Later
from autonax_support.schema.uuids import as_uuid
from tickets.claims import belongs_to_another, claim_of, read_token
from tickets.models import Draft, Message, Ticket
from tickets.writing import AlreadySent, Stale, Writing, brings_something, discard, written

__all__ = [
    "AlreadySent",
    "Stale",
    "Writing",
    "begin",
    "begin_case",
    "belongs_to_another",
    "claimed",
    "discard",
    "is_taken",
    "read_token",
    "rescue",
    "resume",
    "saved",
    "written",
]

QUIET = "quiet"
SCRIPTS = ("latin", "persian", "arabic")


def begin(owner: User, kind: str, ticket: Ticket | None = None, key: UUID | None = None) -> Writing:
    """A form about to be shown: with the draft of that key or, when none is given, the newest one; else empty."""
    ticket_id = ticket.pk if ticket else None
    draft = KEPT.first(owner, kind, ticket is None, key is None, ticket=ticket_id, key=key)
    if draft is None and key and is_taken(key):
        key = None
    return Writing(owner, kind, ticket, draft.key if draft else key or uuid4(), draft, is_restored=draft is not None)


def begin_case(owner: User, tracking_number: str) -> Writing:
    """The form of a launched case: with the newest draft of exactly this case, whatever else was written since; else empty."""
    draft = OF_CASE.first(owner, **dict(zip(SCRIPTS, in_each_script(tracking_number), strict=True)))
    return Writing(owner, Draft.Kind.FILING, None, draft.key if draft else uuid4(), draft, is_restored=draft is not None)


def _kept(anyone: Anyone, kind: str, is_of_no_ticket: bool, is_newest: bool, *, ticket: Later, key: Later) -> QuerySet[Draft]:
    drafts = Draft.objects.of(anyone).with_upload_mark().filter(kind=kind, ticket=None if is_of_no_ticket else ticket)
    return drafts.newest_first()[:1] if is_newest else drafts.filter(key=key)


def _of_case(anyone: Anyone, **spellings: Later) -> QuerySet[Draft]:
    return Draft.objects.of(anyone).of_case(*spellings.values()).with_upload_mark().newest_first()[:1]


def _own(anyone: Anyone, *, key: Later) -> QuerySet[Draft]:
    return Draft.objects.of(anyone).filter(key=key)


OWN = PreparedFor(_own, key=UUIDField())
OF_CASE = PreparedFor(_of_case, **dict.fromkeys(SCRIPTS, CharField()))
KEPT = PreparedFor(_kept, ticket=AutoField(), key=UUIDField())


def is_taken(key: UUID) -> bool:
    """Whether a draft or a message lives under this key: on a shared PC an address may carry the key of who sat here before."""
    sent = Message.objects.filter(submission_key=key).values_list("submission_key")
    return Draft.objects.filter(key=key).values_list("key").union(sent, all=True).exists()


def resume(request: HttpRequest, kind: str, ticket: Ticket | None = None) -> Writing:
    """The writing a POST belongs to, by its token; without a usable one it is its sender's own, under its submission key.

    A token of another person never comes here (see `belongs_to_another`).
    """
    claim = claim_of(request)
    if claim and (claim.owner_id, claim.kind, claim.ticket_id) == (request.user.pk, kind, ticket.pk if ticket else None):
        key = claim.key
    else:
        key = as_uuid(request.POST.get("submission_key", "")) or uuid4()
    return Writing(request.user, kind, ticket, key, OWN.first(request.user, key=key))


def claimed(request: HttpRequest, key: UUID) -> Writing | None:
    """The writing that a POST to the draft's own address belongs to; None without a token for it, or when its ticket is out of reach."""
    claim = claim_of(request)
    if claim is None or (claim.owner_id, claim.key) != (request.user.pk, key):
        return None
    ticket = _within_reach(request.user, claim.ticket_id) if claim.ticket_id else None
    if claim.ticket_id and ticket is None:
        return None
    return Writing(request.user, claim.kind, ticket, key, Draft.objects.of(request.user).filter(key=key).first())


def _within_reach(user: User, ticket_id: int) -> Ticket | None:
    """An expert may finish a sentence on a ticket that was transferred away meanwhile; it is theirs to keep."""
    ticket = Ticket.objects.visible_to(user).filter(pk=ticket_id).first()
    if ticket is None and user.is_staff:
        ticket = Ticket.objects.taken_from(user).filter(pk=ticket_id).first()
    return ticket


def saved(request: HttpRequest, writing: Writing, onward: str = "") -> HttpResponse:
    """The answer to «ذخیره پیش‌نویس». A script that saves what is left behind wants no words about it."""
    writing.drop_if_empty()
    if request.POST["save_draft"] == QUIET:
        return HttpResponse(status=204)
    if writing.draft:
        messages.success(request, f"پیش‌نویس ذخیره شد، ساعت {clock(writing.draft.updated_at)}.")
    for refusal in writing.file_errors:
        if refusal != sentence("unfinished"):  # which hinders sending alone
            messages.error(request, refusal)
    return redirect(onward or writing.address)


def rescue(request: HttpRequest) -> Draft | None:
    """Stores a POST that will not be executed as the draft of the token's owner; None when there is nothing to keep."""
    claim = claim_of(request)
    owner = User.objects.filter(pk=claim.owner_id, is_active=True).first() if claim else None
    if owner is None:
        return None
    ticket = _within_reach(owner, claim.ticket_id) if claim.ticket_id else None
    if claim.ticket_id and ticket is None:
        return None
    if not brings_something(request):
        return None
    draft = Draft.objects.of(owner).filter(key=claim.key).first()
    return Writing(owner, claim.kind, ticket, claim.key, draft).keep(request, timezone.now())
