"""What a person writes is kept from the first byte that reaches us: forms carry a signed token that says whose text it is.

A POST that may not be executed (session gone, CSRF check failed, somebody else signed in) is stored as the token owner's draft.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.core import signing
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils import timezone

from autonax_support.accounts.models import User
from autonax_support.files.checks import CheckedFile, sha256_of
from autonax_support.files.intake import take
from autonax_support.files.models import Attachment, Upload
from autonax_support.files.refusals import sentence
from autonax_support.persian.calendar import clock
from autonax_support.persian.text import clean_line, clean_text, to_ascii_digits
from tickets.models import Draft, Message, Ticket

SALT = "tickets.draft"
TOKEN_AGE = 14 * 24 * 3600  # seconds; a form left open longer than this has lost its owner

KEPT_FIELDS: dict[str, tuple[str, ...]] = {
    Draft.Kind.FILING: ("subject", "department", "tracking_number", "national_id", "no_case", "confirm_national_id", "body"),
    Draft.Kind.REPLY: ("body",),
    Draft.Kind.ANSWER: ("body", "kind", "then", "development_done"),
}
WRITTEN_FIELDS = ("subject", "tracking_number", "national_id", "body")


QUIET = "quiet"
NOT_STORED = "فایل‌ها ذخیره نشد. چند دقیقه دیگر دوباره پیوست کنید؛ متن شما سر جای خود است."


class AlreadySent(Exception):
    """The submission key has made a message already. What this POST says beyond that message is kept as `draft`, under a key of its own."""

    def __init__(self, message: Message, draft: Draft | None) -> None:
        super().__init__()
        self.message, self.draft = message, draft


@dataclass(frozen=True)
class Claim:
    """What a draft token says: who writes, under which key, in which form."""

    owner_id: int
    key: UUID
    kind: str
    ticket_id: int | None


@dataclass
class Writing:
    """One person's text on its way through one form."""

    owner: User
    kind: str
    ticket: Ticket | None
    key: UUID
    draft: Draft | None = None
    is_restored: bool = False
    file_errors: list[str] = field(default_factory=list)

    @property
    def token(self) -> str:
        claim = [self.owner.pk, self.key.hex, self.kind, self.ticket.pk if self.ticket else None]
        return signing.dumps(claim, salt=SALT)

    @property
    def address(self) -> str:
        """Where this text stands, or will stand, in its form."""
        return Draft(key=self.key, kind=self.kind, ticket=self.ticket).get_absolute_url()

    @property
    def kept(self) -> list[Attachment]:
        """Files that already lie on the draft."""
        if not hasattr(self, "_kept"):
            on_their_way = self.uploads  # read first: what arrives in between is seen twice rather than not at all
            self._kept = list(Attachment.objects.of_draft(self.draft)) if self.draft else []
            arrived = {file.pk for file in self._kept}
            self._uploads = [upload for upload in on_their_way if upload.pk not in arrived]
        return self._kept

    @property
    def uploads(self) -> list[Upload]:
        """Files on their way to the draft, and those refused on it."""
        if not hasattr(self, "_uploads"):
            may_have = self.draft is not None and getattr(self.draft, "has_uploads", True)
            self._uploads = list(Upload.objects.of_draft(self.draft).order_by("created_at")) if may_have else []
        return self._uploads

    def receive(self, request: HttpRequest, at: datetime) -> Draft:
        """Stores a POST as this draft: the text first, whatever its files are, then the good files.

        `file_errors` then holds a Persian sentence for each of the others. Raises AlreadySent when the key was used before.
        """
        self._refuse_what_was_sent(request, at)
        self._under_lock(request, at, self._save_text)
        files, self.file_errors = self._take_files(request)
        try:
            self._under_lock(request, at, lambda draft, post, at: self._attach(draft, post, files, at))
        except OSError:
            self.file_errors.append(NOT_STORED)
        self.__dict__.pop("_kept", None)
        self.__dict__.pop("_uploads", None)
        if any(not upload.is_refused for upload in self.uploads):
            self.file_errors.append(sentence("unfinished"))
        return self.draft

    def _under_lock(self, request: HttpRequest, at: datetime, work: Callable[[Draft, QueryDict, datetime], None]) -> None:
        """Changes the draft, unless a parallel request sent it while we waited."""
        with transaction.atomic():
            self.draft = self._locked(at)
            is_sent = Message.objects.submitted(self.key, self.owner) is not None
            if is_sent:
                self.draft.delete()
            else:
                work(self.draft, request.POST, at)
        if is_sent:
            self._refuse_what_was_sent(request, at)

    def confirm(self, made_at: datetime, request: HttpRequest, at: datetime) -> None:
        """After the verb: of two posts of one key that were let in together the first is sent, and the second meets its message here.

        Raises AlreadySent for the second, so that what it says beyond that message is kept.
        """
        if made_at != at:
            self._refuse_what_was_sent(request, at)

    def drop_if_empty(self) -> None:
        """A button pressed over an empty form leaves nothing behind."""
        if self.draft and not self.kept and not self.uploads and not any(self.draft.data.get(name) for name in WRITTEN_FIELDS):
            discard(self.draft)
            self.draft = None

    def _refuse_what_was_sent(self, request: HttpRequest, at: datetime) -> None:
        message = Message.objects.submitted(self.key, self.owner)
        if message is None:
            return
        if _says_no_more_than(message, self.kind, request):
            raise AlreadySent(message, None)
        changed = Writing(self.owner, self.kind, self.ticket, uuid4())
        raise AlreadySent(message, changed.receive(request, at))

    def _save_text(self, draft: Draft, post: QueryDict, at: datetime) -> None:
        draft.data = written(self.kind, post)
        draft.version += 1
        draft.updated_at = at
        draft.save()

    def _take_files(self, request: HttpRequest) -> tuple[list[CheckedFile], list[str]]:
        removed = set(request.POST.getlist("remove"))
        there = [*self.kept, *(upload for upload in self.uploads if not upload.is_refused)]
        already = sum(str(file.pk) not in removed for file in there)
        return take(request.FILES.getlist("attachments"), already)

    def _attach(self, draft: Draft, post: QueryDict, files: list[CheckedFile], at: datetime) -> None:
        """A form sent twice (double click, Back, retry) brings the same files again; they are kept once."""
        Attachment.objects.remove(post.getlist("remove"), draft)
        Upload.objects.remove(post.getlist("remove"), draft)
        there = set(Attachment.objects.of_draft(draft).values_list("name", "received_sha256"))
        for file in files:
            if (file.name, file.received_sha256) not in there:
                Attachment.objects.keep(file, owner=self.owner, draft=draft, at=at)

    def _locked(self, at: datetime) -> Draft:
        ticket_id = self.ticket.pk if self.ticket else None
        fresh = {"owner": self.owner, "kind": self.kind, "ticket_id": ticket_id, "updated_at": at}
        for _ in range(3):  # a parallel request may send the draft, and so delete it, between the two queries
            Draft.objects.get_or_create(key=self.key, defaults=fresh)
            draft = Draft.objects.select_for_update().filter(key=self.key, owner=self.owner, kind=self.kind, ticket_id=ticket_id).first()
            if draft:
                return draft
        raise Http404


def written(kind: str, post: QueryDict) -> dict[str, Any]:
    """The fields worth keeping, as typed but without what no database stores."""
    return {name: clean_text(post[name]) for name in KEPT_FIELDS[kind] if post.get(name)}


def begin(owner: User, kind: str, ticket: Ticket | None = None, key: UUID | None = None) -> Writing:
    """A form about to be shown: with the draft of that key or, when none is given, the newest one; else empty."""
    ticket_id = ticket.pk if ticket else None
    drafts = Draft.objects.with_upload_mark()
    mine = drafts.of(owner).filter(kind=kind, ticket_id=ticket_id)
    draft = mine.filter(key=key).first() if key else drafts.newest(owner, kind, ticket_id)
    if draft is None and key and is_taken(key):
        key = None
    return Writing(owner, kind, ticket, draft.key if draft else key or uuid4(), draft, is_restored=draft is not None)


def is_taken(key: UUID) -> bool:
    """Whether a draft or a message lives under this key: on a shared PC an address may carry the key of who sat here before."""
    return Draft.objects.filter(key=key).exists() or Message.objects.filter(submission_key=key).exists()


def resume(request: HttpRequest, kind: str, ticket: Ticket | None = None) -> Writing:
    """The writing a POST belongs to, by its token; without a usable one it is its sender's own, under its submission key.

    A token of another person never comes here (see `belongs_to_another`).
    """
    claim = read_token(request.POST.get("draft_token", ""))
    if claim and (claim.owner_id, claim.kind, claim.ticket_id) == (request.user.pk, kind, ticket.pk if ticket else None):
        key = claim.key
    else:
        key = as_uuid(request.POST.get("submission_key", "")) or uuid4()
    draft = Draft.objects.of(request.user).filter(key=key).first()
    return Writing(request.user, kind, ticket, key, draft)


def belongs_to_another(request: HttpRequest) -> bool:
    """Somebody else's form on a shared PC: its text is theirs, and it must not be executed by who is signed in now."""
    claim = read_token(request.POST.get("draft_token", "")) if request.method == "POST" else None
    return claim is not None and claim.owner_id != request.user.pk


def saved(request: HttpRequest, writing: Writing) -> HttpResponse:
    """The answer to «ذخیره پیش‌نویس». A script that saves what is left behind wants no words about it."""
    writing.drop_if_empty()
    if request.POST["save_draft"] == QUIET:
        return HttpResponse(status=204)
    if writing.draft:
        messages.success(request, f"پیش‌نویس ذخیره شد، ساعت {clock(writing.draft.updated_at)}.")
    return redirect(writing.address)


def rescue(request: HttpRequest) -> Draft | None:
    """Stores a POST that will not be executed as the draft of the token's owner; None when there is nothing to keep."""
    claim = read_token(request.POST.get("draft_token", "")) if request.method == "POST" else None
    owner = User.objects.filter(pk=claim.owner_id, is_active=True).first() if claim else None
    if owner is None:
        return None
    ticket = Ticket.objects.visible_to(owner).filter(pk=claim.ticket_id).first() if claim.ticket_id else None
    if claim.ticket_id and ticket is None:
        return None
    if not (request.FILES or any(request.POST.get(name, "").strip() for name in WRITTEN_FIELDS)):
        return None
    draft = Draft.objects.of(owner).filter(key=claim.key).first()
    try:
        return Writing(owner, claim.kind, ticket, claim.key, draft).receive(request, timezone.now())
    except AlreadySent as again:
        return again.draft


def discard(draft: Draft) -> None:
    with transaction.atomic():
        locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if locked:
            Attachment.objects.remove([file.pk for file in Attachment.objects.of_draft(locked)], locked)
            Upload.objects.of_draft(locked).erase()
            locked.delete()


def read_token(token: str) -> Claim | None:
    """Whose text it is; None for a forged or outlived token, and for one of another version of this program."""
    try:
        owner_id, key, kind, ticket_id = signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
        claim = Claim(int(owner_id), UUID(key), str(kind), None if ticket_id is None else int(ticket_id))
    except (signing.BadSignature, TypeError, ValueError, AttributeError):
        return None
    is_whole = claim.kind in Draft.Kind.values and (claim.ticket_id is None) == (claim.kind == Draft.Kind.FILING)
    return claim if is_whole else None


def _says_no_more_than(message: Message, kind: str, request: HttpRequest) -> bool:
    """Whether a repeated POST (double click, Back, retry) brings no word and no file that the stored message lacks."""
    typed = written(kind, request.POST)
    stored = {"body": message.body}
    if kind == Draft.Kind.FILING:
        stored |= {name: getattr(message.ticket, name) for name in ("subject", "tracking_number", "national_id")}
    has_new_words = any(_plain(typed.get(name, "")) not in ("", _plain(text)) for name, text in stored.items())
    files = request.FILES.getlist("attachments")
    known = set(message.attachments.values_list("received_sha256", flat=True)) if files else set()
    return not has_new_words and all(sha256_of(file) in known for file in files)


def _plain(text: str) -> str:
    return to_ascii_digits(clean_line(text))


def as_uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
