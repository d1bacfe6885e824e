"""Drafts that nobody has touched for DRAFT_DAYS go, with their files; those in which nothing is left go after a day."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from autonax_support.files.models import Attachment, Upload
from autonax_support.notices.models import Job
from tickets.drafts import discard
from tickets.models import Draft
from tickets.models.draft import WRITTEN_FIELDS

HOLLOW_KEPT = timedelta(days=1)


def sweep_drafts(job: Job, at: datetime) -> None:
    due = _untouched_since(at - timedelta(days=settings.DRAFT_DAYS)) | _hollow_since(at - HOLLOW_KEPT)
    keys = list(due.values_list("pk", flat=True))
    for done, key in enumerate(keys, 1):
        with transaction.atomic():  # asked once more under the lock: its owner may have come back this moment
            draft = due.select_for_update(of=("self",)).filter(pk=key).first()
            if draft:
                discard(draft)
        job.progress(done, len(keys))


def _untouched_since(limit: datetime) -> QuerySet[Draft]:
    """A file that came later is a touch as well."""
    files = Attachment.objects.filter(draft=OuterRef("pk"), created_at__gte=limit)
    uploads = Upload.objects.filter(draft=OuterRef("pk"), updated_at__gte=limit)
    return Draft.objects.filter(~Exists(files), ~Exists(uploads), updated_at__lt=limit)


def _hollow_since(limit: datetime) -> QuerySet[Draft]:
    """Without a word or a file: what was on its way never came whole, and has been swept."""
    files, uploads = Attachment.objects.filter(draft=OuterRef("pk")), Upload.objects.filter(draft=OuterRef("pk"))
    return Draft.objects.filter(~Exists(files), ~Exists(uploads), updated_at__lt=limit).exclude(data__has_any_keys=WRITTEN_FIELDS)
