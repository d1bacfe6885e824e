"""What has served or was left behind: uploads, objects, counts, launches, sessions, jobs, deliveries, killed workers, old notices."""

from datetime import UTC, datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db.models import QuerySet

from autonax_support.accounts.models import ActionCount, LaunchUse
from autonax_support.files import uploads
from autonax_support.notices.models import Delivery, Job, Notice, WorkerBeat

COUNTS_KEPT = timedelta(days=1)
DONE_KEPT, DEAD_KEPT = timedelta(days=7), timedelta(days=90)  # longer than every period: the row of a period keeps it from being done twice
SENT_KEPT = timedelta(days=30)  # they hold an address
BEATS_KEPT = timedelta(days=1)
NOTICES_AT_ONCE = 1000


def sweep_uploads(job: Job, at: datetime) -> None:
    uploads.sweep(at)


def sweep_objects(job: Job, at: datetime) -> None:
    uploads.sweep_objects(at)


def sweep_counts(job: Job, at: datetime) -> None:
    ActionCount.objects.filter(window__lt=at - COUNTS_KEPT).delete()


def sweep_launches(job: Job, at: datetime) -> None:
    """Tokens long past their time, and cases with which nobody arrived."""
    LaunchUse.objects.lost(at).update(case={})
    LaunchUse.objects.outlived(at).delete()


def sweep_sessions(job: Job, at: datetime) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def sweep_jobs(job: Job, at: datetime) -> None:
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=at - DONE_KEPT).delete()
    Job.objects.filter(state=Job.State.DEAD, finished_at__lt=at - DEAD_KEPT).delete()


def sweep_deliveries(job: Job, at: datetime) -> None:
    Delivery.objects.filter(state__in=[Delivery.State.SENT, Delivery.State.DROPPED], expires_at__lt=at - SENT_KEPT).delete()
    Delivery.objects.filter(state=Delivery.State.DEAD, expires_at__lt=at - DEAD_KEPT).delete()
    WorkerBeat.objects.filter(seen_at__lt=at - BEATS_KEPT).delete()


def sweep_notices(job: Job, at: datetime) -> None:
    """Oldest first, each batch from where the last one ended: what is kept longer is walked past once. Links of deliveries go along."""
    since, done = datetime.min.replace(tzinfo=UTC), 0
    while batch := list(_old_notices(at, since)):
        since = batch[-1].at
        done += len(batch)
        Notice.objects.filter(pk__in=[notice.pk for notice in batch]).delete()
        job.progress(done)
    job.progress(done, done)


def _old_notices(at: datetime, since: datetime) -> QuerySet[Notice]:
    return Notice.objects.past_their_time(at).filter(at__gte=since).only("at").order_by("at")[:NOTICES_AT_ONCE]
