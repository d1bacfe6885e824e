"""Files that clamd has not seen yet: because it was away when they came, or because the site had none."""

from datetime import datetime, timedelta
from itertools import islice
from uuid import UUID

from autonax_support.files import scanning, storage
from autonax_support.files.models import Attachment
from autonax_support.notices.jobs import TryLater
from autonax_support.notices.models import Job

AGAIN = timedelta(minutes=5)
UNTIL_ASKED = timedelta(hours=1)  # whether the site has a clamd again
AT_ONCE = 500


def scan_waiting(job: Job, at: datetime) -> None:
    """One job for each file that waits, however often this runs; a file that clamd cannot read keeps its dead job, which says so."""
    if not scanning.is_on():
        return
    waiting = Attachment.objects.waiting_for_scan().values_list("pk", flat=True).iterator(chunk_size=AT_ONCE)
    done = 0
    while keys := list(islice(waiting, AT_ONCE)):
        Job.objects.bulk_create([_scan_of(pk, at) for pk in keys], ignore_conflicts=True)
        done += len(keys)
        job.progress(done)


def scan_attachment(job: Job, at: datetime) -> None:
    """While clamd is away, or this site has none for a time, this counts as no attempt, and the other files wait with this one."""
    waiting = Attachment.objects.waiting_for_scan().filter(pk=job.payload["attachment"]).first()
    if waiting is None:
        return
    if not scanning.is_on():
        raise _later(job, at + UNTIL_ASKED)
    try:
        with storage.read(waiting.storage_key) as file:
            state = scanning.scan(file)
    except scanning.NotScanned:
        if scanning.answers():
            raise
        raise _later(job, at + AGAIN) from None
    waiting.scanned(state, at=at)


def _scan_of(pk: UUID, at: datetime) -> Job:
    return Job(kind="scan_attachment", payload={"attachment": str(pk)}, unique_key=f"scan:{pk}", run_at=at, created_at=at)


def _later(job: Job, until: datetime) -> TryLater:
    Job.objects.put_off(job.kind, until=until)
    return TryLater(until)
