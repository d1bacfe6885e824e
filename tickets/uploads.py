"""Files go up as soon as they are chosen, in chunks, to the draft of their form; the last chunk starts the check.

Each check is a Job under a lease. The request with the last chunk does what is light at once and leaves large pictures to the worker;
where no worker has begun after a while, the next question about the file does the work.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from uuid import UUID, uuid4

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.http import Http404

from autonax_support.accounts.models import User
from autonax_support.files import checks, storage, uploads
from autonax_support.files.checks import Busy, FileRefused
from autonax_support.files.models import Attachment, Upload
from autonax_support.files.names import clean_name
from autonax_support.notices.models import Job
from tickets.claims import Claim
from tickets.limits import UNSENT_FILES_MAX
from tickets.models import Draft, Message, Ticket

KIND = "check_upload"
PATIENCE = timedelta(seconds=8)  # that long a check waits for the worker
TURN = 1.0  # seconds that a light picture waits for the one being decoded
LEASE = timedelta(seconds=120)  # that long a check may take before somebody else may try


class DraftSent(Exception):
    """The text of this form has been sent already."""


@transaction.atomic
def begin(owner: User, claim: Claim, *, upload_id: UUID, name: str, size: int, at: datetime) -> Upload | Attachment:
    """The same id again is the same upload, also when it has arrived.

    Raises FileRefused, DraftSent, and Http404 for what is not this person's.
    """
    if claim.ticket_id and not Ticket.objects.visible_to(owner).filter(pk=claim.ticket_id).exists():
        raise Http404
    draft = claim.locked_draft(at)
    if Message.submitted(draft.key, owner):
        raise DraftSent
    begun = Upload.objects.visible_to(owner).of_draft(draft).filter(pk=upload_id).first()
    begun = begun or Attachment.objects.visible_to(owner).of_draft(draft).filter(pk=upload_id).first()
    if begun:
        return begun
    if Attachment.objects.filter(pk=upload_id).exists():  # of another person, or of another form
        raise Http404
    name = clean_name(name[-1000:])
    checks.refuse_early(name, size)
    if draft.attachments.count() + draft.uploads.unfinished().count() >= settings.ATTACHMENT_MAX_FILES:
        raise FileRefused("too_many")
    if Draft.objects.files_waiting(owner) >= UNSENT_FILES_MAX:
        raise FileRefused("unsent")
    try:
        with transaction.atomic():
            return Upload.objects.create(id=upload_id, owner=owner, draft=draft, name=name, size=size, created_at=at, updated_at=at)
    except IntegrityError as taken:  # by another person, or by another form
        raise Http404 from taken


def receive(upload: Upload, content: bytes, at: datetime) -> None:
    """Raises OutOfStep when another request has stored this part; the object is then nobody's and goes."""
    key = uploads.keep_chunk(content)
    try:
        with transaction.atomic():
            upload.append(key, len(content), at=at)
            job = _enqueue(upload, at) if upload.is_checking else None
    except Exception:
        storage.erase([key])
        raise
    if job:
        _check_held(job, upload, at, is_last_chunk=True)


def hasten(upload: Upload, at: datetime) -> None:
    """Does the check of an upload for which nobody has begun it, or for which somebody began and never came back."""
    job = Job.objects.filter(unique_key=_key(upload)).first()
    if job is None or job.state != Job.State.QUEUED:
        uploads.settle(upload.pk, FileRefused("lost", name=upload.name), at=at)
    elif (job.leased_until or job.created_at <= at - PATIENCE) and _take(job, at):
        _check_held(job, upload, at, is_last_chunk=False)


def check_upload(job: Job, at: datetime) -> None:
    """The worker's part, under the worker's lease."""
    upload = Upload.objects.filter(pk=job.payload["upload"], state="checking").first()
    if upload:
        _check(upload, at, wait=None)


def give_up(upload: Upload | Attachment) -> None:
    """Cancelled, or removed from one's own draft; a form in which then nothing is left leaves no draft behind.

    Raises DraftSent for what has been sent.
    """
    with transaction.atomic():
        draft = Draft.objects.select_for_update().filter(pk=upload.draft_id).first()
        if draft is None:
            if Attachment.objects.filter(pk=upload.pk).exists():
                raise DraftSent
            return
        type(upload).objects.remove([upload.pk], draft)
        is_empty = not (draft.attachments.exists() or draft.uploads.exists())
        if is_empty and not draft.has_words:
            draft.delete()


def _check_held(job: Job, upload: Upload, at: datetime, *, is_last_chunk: bool) -> None:
    """Under a lease of this request's own: the job goes when it is done, and is free again when it could not be."""
    held = Job.objects.filter(pk=job.pk, leased_by=job.leased_by)
    try:
        _check(upload, at, wait=TURN if is_last_chunk else 0, only_light=is_last_chunk)
    except (Busy, OSError):
        held.update(leased_by="", leased_until=None)
    else:
        held.delete()


def _check(upload: Upload, at: datetime, *, wait: float | None, only_light: bool = False) -> None:
    try:
        with uploads.assembled(upload) as file:
            if only_light and checks.is_heavy(file):
                raise Busy
            uploads.settle(upload.pk, checks.check(file, wait=wait), at=at)
    except FileRefused as refused:
        uploads.settle(upload.pk, refused, at=at)


def _enqueue(upload: Upload, at: datetime) -> Job:
    job = Job.objects.enqueue(KIND, {"upload": str(upload.pk)}, at=at, unique_key=_key(upload))
    _take(job, at)
    return job


def _take(job: Job, at: datetime) -> bool:
    job.leased_by = f"web {uuid4().hex}"
    free = Q(leased_until=None) | Q(leased_until__lte=at)
    queued = Job.objects.filter(free, pk=job.pk, state=Job.State.QUEUED)
    return queued.update(leased_by=job.leased_by, leased_until=at + LEASE) == 1


def _key(upload: Upload) -> str:
    return f"{KIND}:{upload.pk.hex}"
