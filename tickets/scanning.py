"""Files that clamd has not seen yet: because it was away when they came, or because the site had none."""

from datetime import datetime, timedelta

from autonax_support.files import scanning, storage
from autonax_support.files.models import Attachment
from autonax_support.notices.jobs import TryLater
from autonax_support.notices.models import Job

AGAIN = timedelta(minutes=5)
AT_ONCE = 500


def scan_waiting(job: Job, at: datetime) -> None:
    """One job for each file that waits, however often this runs; a file that clamd cannot read keeps its dead job, which says so."""
    if not scanning.is_on():
        return
    rows = [
        Job(kind="scan_attachment", payload={"attachment": str(pk)}, unique_key=f"scan:{pk}", run_at=at, created_at=at)
        for pk in Attachment.objects.waiting_for_scan().values_list("pk", flat=True)
    ]
    Job.objects.bulk_create(rows, batch_size=AT_ONCE, ignore_conflicts=True)


def scan_attachment(job: Job, at: datetime) -> None:
    """While clamd is away this counts as no attempt, and the other files wait with this one."""
    waiting = Attachment.objects.waiting_for_scan().filter(pk=job.payload["attachment"]).first()
    if waiting is None or not scanning.is_on():
        return
    try:
        with storage.read(waiting.storage_key) as file:
            state = scanning.scan(file)
    except scanning.NotScanned:
        if scanning.answers():
            raise
        Job.objects.put_off(job.kind, until=at + AGAIN)
        raise TryLater(at + AGAIN) from None
    waiting.scanned(state, at=at)
