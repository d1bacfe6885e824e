"""One person's text on its way through one form, and the one place where it is stored.

A text that another page has overtaken is never stored over that page's: who sent it is asked, or it becomes a draft of its own.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.db.models import QuerySet, UUIDField
from django.http import HttpRequest, QueryDict

from autonax_support.accounts.models import User
from autonax_support.files.checks import CheckedFile, sha256_of
from autonax_support.files.intake import take
from autonax_support.files.models import Attachment, Upload
from autonax_support.files.refusals import sentence
from autonax_support.persian.text import clean_line, clean_text, is_blank, to_ascii_digits
from autonax_support.schema.prepared import Later, Prepared
from tickets.claims import Claim
from tickets.limits import UNSENT_FILES_MAX
from tickets.models import Draft, Message, Ticket
from tickets.models.draft import REFERENCE_FIELDS, WRITTEN_FIELDS
from tickets.pages import NEVER, Seen, new_page

KEPT_FIELDS: dict[str, tuple[str, ...]] = {
    Draft.Kind.FILING: (*WRITTEN_FIELDS, "department", "no_case", "confirm_national_id", "case_for", "case_kind"),
    Draft.Kind.REPLY: ("body",),
    Draft.Kind.ANSWER: ("body", "kind", "then", "development_done"),
}
NOT_STORED = "فایل‌ها ذخیره نشد. چند دقیقه دیگر دوباره پیوست کنید؛ متن شما سر جای خود است."


class AlreadySent(Exception):
    """The submission key has made a message already. What this POST says beyond that message is kept as `draft`, under a key of its own."""

    def __init__(self, message: Message, draft: Draft | None) -> None:
        super().__init__()
        self.message, self.draft = message, draft


class Stale(Exception):
    """Another page has changed this draft since: its text still stands, and nothing was executed."""


@dataclass
class Writing:
    """One person's text on its way through one form."""

    owner: User
    kind: str
    ticket: Ticket | None
    key: UUID
    draft: Draft | None = None
    is_restored: bool = False
    seen: Seen | None = None  # None: as the request says
    is_conflict: bool = False
    file_errors: list[str] = field(default_factory=list)
    page: UUID = field(default_factory=new_page)

    @property
    def claim(self) -> Claim:
        return Claim(self.owner.pk, self.key, self.kind, self.ticket.pk if self.ticket else None)

    @property
    def token(self) -> str:
        return self.claim.token

    @property
    def address(self) -> str:
        """Where this text stands, or will stand, in its form."""
        return Draft(key=self.key, kind=self.kind, ticket=self.ticket).get_absolute_url()

    @property
    def version(self) -> int:
        """What the page shows. After a conflict it is still the old one, so that nothing but a button goes over the other page's text."""
        if self.is_conflict:
            return self.seen.version or 0
        return self.draft.version if self.draft else 0

    @property
    def kept(self) -> list[Attachment]:
        """Files that already lie on the draft."""
        if not hasattr(self, "_kept"):
            on_their_way = self.uploads  # read first: what arrives in between is seen twice rather than not at all
            self._kept = KEPT_FILES.all(draft=self.draft.pk) if self.draft else []
            arrived = {file.pk for file in self._kept}
            self._uploads = [upload for upload in on_their_way if upload.pk not in arrived]
        return self._kept

    @property
    def uploads(self) -> list[Upload]:
        """Files on their way to the draft, and those refused on it."""
        if not hasattr(self, "_uploads"):
            may_have = self.draft is not None and getattr(self.draft, "has_uploads", True)
            self._uploads = UPLOADS.all(draft=self.draft.pk) if may_have else []
        return self._uploads

    def receive(self, request: HttpRequest, at: datetime) -> Draft:
        """Stores a POST as this draft: the text first, whatever its files are, then the good files.

        `file_errors` then holds a Persian sentence for each of the others. Raises AlreadySent when the key was used before, and
        Stale when another page has changed the text; the files are kept even then.
        """
        try:
            return self._store(request, at)
        except Stale:
            self.is_conflict = True
            self._receive_files(request, at, removed=[])
            raise

    def keep(self, request: HttpRequest, at: datetime) -> Draft | None:
        """`receive` where nobody can be asked: a text that is stale becomes a draft of its own, one for each page."""
        try:
            return self._store(request, at)
        except AlreadySent as again:
            return again.draft
        except Stale:
            return self.set_aside(request, at)

    def save_text(self, request: HttpRequest, at: datetime) -> None:
        """The text alone. Raises AlreadySent, without a draft, and Stale."""
        self.seen = self.seen or Seen.by(request.POST)
        self._under_lock(at, lambda draft: self._save_text(draft, request.POST, at))

    def confirm(self, made_at: datetime, request: HttpRequest, at: datetime) -> None:
        """After the verb: of two posts of one key that were let in together the first is sent, and the second meets its message here.

        Raises AlreadySent for the second, so that what it says beyond that message is kept.
        """
        if made_at != at:
            self._store(request, at)

    def drop_if_empty(self) -> None:
        """A button pressed over an empty form leaves nothing behind; what was written meanwhile stays."""
        if self.draft is None or self.draft.has_words:
            return
        with transaction.atomic():
            same = Draft.objects.select_for_update().filter(pk=self.draft.pk, version=self.draft.version).first()
            if same and not same.attachments.exists() and not same.uploads.exists():
                same.delete()
                self.draft = None

    def _store(self, request: HttpRequest, at: datetime) -> Draft:
        try:
            self.save_text(request, at)
            self._receive_files(request, at, request.POST.getlist("remove"))
        except AlreadySent as again:
            if says_no_more_than(again.message, self.kind, request):
                raise
            changed = Writing(self.owner, self.kind, self.ticket, uuid4())
            raise AlreadySent(again.message, changed.receive(request, at)) from None
        return self.draft

    def set_aside(self, request: HttpRequest, at: datetime) -> Draft | None:
        """A stale text goes into the draft that its page has for itself, unless that was opened and changed in yet another page."""
        if not brings_something(request):
            return None
        seen, own = Seen(NEVER, self.seen.page), self._own_key or uuid4()
        try:
            return Writing(self.owner, self.kind, self.ticket, own, seen=seen)._store(request, at)
        except AlreadySent as again:
            return again.draft
        except Stale:
            return Writing(self.owner, self.kind, self.ticket, uuid4())._store(request, at)

    def forget_aside(self) -> None:
        """The page was given the word over the other one: what it had set aside meanwhile is now the draft itself."""
        aside = Draft.objects.of(self.owner).filter(key=self._own_key, attachments=None, uploads=None).first() if self._own_key else None
        if aside:
            discard(aside)

    @property
    def _own_key(self) -> UUID | None:
        origin = self.seen.origin if self.seen else None
        return None if origin is None else uuid5(self.key, f"{origin:x}")

    def _under_lock(self, at: datetime, work: Callable[[Draft], None]) -> None:
        """Changes the draft, unless its key is used up: by a parallel request too, while we waited."""
        message = Message.submitted(self.key, self.owner)
        if message is None:
            with transaction.atomic():
                self.draft = self.claim.locked_draft(at)
                message = Message.submitted(self.key, self.owner)
                if message is None:
                    work(self.draft)
                else:
                    _erase(self.draft)
        if message:
            raise AlreadySent(message, None)

    def _save_text(self, draft: Draft, post: QueryDict, at: datetime) -> None:
        words = written(self.kind, post)
        if self.seen.is_outrun(draft):
            return
        if self.seen.is_stale(draft, words):
            raise Stale
        draft.data, draft.page, draft.updated_at = words, self.seen.page, at
        draft.version += 1
        draft.save()

    def _receive_files(self, request: HttpRequest, at: datetime, removed: list[str]) -> None:
        files, self.file_errors = self._take_files(request, removed)
        if files and Draft.objects.files_waiting(self.owner) + len(files) > UNSENT_FILES_MAX:
            files, self.file_errors = [], [*self.file_errors, sentence("unsent")]
        if files or removed:
            try:
                self._under_lock(at, lambda draft: self._attach(draft, removed, files, at))
            except OSError:
                self.file_errors.append(NOT_STORED)
        self.__dict__.pop("_kept", None)
        self.__dict__.pop("_uploads", None)
        if any(not upload.is_refused for upload in self.uploads):
            self.file_errors.append(sentence("unfinished"))

    def _take_files(self, request: HttpRequest, removed: list[str]) -> tuple[list[CheckedFile], list[str]]:
        there = [*self.kept, *(upload for upload in self.uploads if not upload.is_refused)]
        already = sum(str(file.pk) not in removed for file in there)
        return take(request.FILES.getlist("attachments"), already)

    def _attach(self, draft: Draft, removed: list[str], files: list[CheckedFile], at: datetime) -> None:
        """A form sent twice (double click, Back, retry) brings the same files again; they are kept once."""
        Attachment.objects.remove(removed, draft)
        Upload.objects.remove(removed, draft)
        there = set(Attachment.objects.of_draft(draft).values_list("name", "received_sha256"))
        for file in files:
            if (file.name, file.received_sha256) not in there:
                Attachment.objects.keep(file, owner=self.owner, draft=draft, at=at)


def _kept_files(*, draft: Later) -> QuerySet[Attachment]:
    return Attachment.objects.of_draft(draft)


def _uploads(*, draft: Later) -> QuerySet[Upload]:
    return Upload.objects.of_draft(draft).order_by("created_at")


KEPT_FILES, UPLOADS = (Prepared(write, draft=UUIDField()) for write in (_kept_files, _uploads))


def written(kind: str, post: QueryDict) -> dict[str, Any]:
    """The fields worth keeping, as typed but without what no database stores; what nobody could see is no text."""
    typed = {name: clean_text(post.get(name, "")) for name in KEPT_FIELDS[kind] if name != "case_for" or "change_case" not in post}
    return {name: text for name, text in typed.items() if not is_blank(text)}


def brings_something(request: HttpRequest) -> bool:
    return bool(request.FILES) or not all(is_blank(clean_text(request.POST.get(name, ""))) for name in WRITTEN_FIELDS)


def discard(draft: Draft) -> None:
    """The draft goes with all that hangs on it: checked files, and files still on their way."""
    with transaction.atomic():
        locked = Draft.objects.select_for_update().filter(pk=draft.pk).first()
        if locked:
            _erase(locked)


def _erase(draft: Draft) -> None:
    """Of a draft that is locked."""
    Attachment.objects.of_draft(draft).discard()
    Upload.objects.of_draft(draft).erase()
    draft.delete()


def says_no_more_than(message: Message, kind: str, request: HttpRequest) -> bool:
    """Whether a repeated POST (double click, Back, retry) brings no word and no file that the stored message lacks."""
    typed = written(kind, request.POST)
    stored = {"body": message.body}
    if kind == Draft.Kind.FILING:
        stored |= {name: getattr(message.ticket, name) for name in ("subject", "tracking_number", "national_id")}
    has_new_words = any(_plain(typed.get(name, "")) not in ("", _plain(text)) for name, text in stored.items())
    referred = {_plain(typed[name]) for name in REFERENCE_FIELDS if typed.get(name)}
    has_new_words |= bool(referred) and not referred <= message.ticket.referred_numbers
    files = request.FILES.getlist("attachments")
    known = set(message.attachments.values_list("received_sha256", flat=True)) if files else set()
    return not has_new_words and all(sha256_of(file) in known for file in files)


def _plain(text: str) -> str:
    return to_ascii_digits(clean_line(text))
