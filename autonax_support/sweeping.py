"""What has served or was left behind: uploads, objects, counted actions, ended sessions, finished jobs and deliveries, killed workers."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings

from autonax_support.accounts.models import ActionCount
from autonax_support.files import uploads
from autonax_support.notices.models import Delivery, Job, WorkerBeat

COUNTS_KEPT = timedelta(days=1)
DONE_KEPT, DEAD_KEPT = timedelta(days=7), timedelta(days=90)  # longer than every period: the row of a period keeps it from being done twice
SENT_KEPT = timedelta(days=30)  # they hold an address
BEATS_KEPT = timedelta(days=1)


def sweep_uploads(job: Job, at: datetime) -> None:
    uploads.sweep(at)


def sweep_objects(job: Job, at: datetime) -> None:
    uploads.sweep_objects(at)


def sweep_counts(job: Job, at: datetime) -> None:
    ActionCount.objects.filter(window__lt=at - COUNTS_KEPT).delete()


def sweep_sessions(job: Job, at: datetime) -> None:
    import_module(settings.SESSION_ENGINE).SessionStore.clear_expired()


def sweep_jobs(job: Job, at: datetime) -> None:
    Job.objects.filter(state=Job.State.DONE, finished_at__lt=at - DONE_KEPT).delete()
    Job.objects.filter(state=Job.State.DEAD, finished_at__lt=at - DEAD_KEPT).delete()


def sweep_deliveries(job: Job, at: datetime) -> None:
    Delivery.objects.filter(state=Delivery.State.SENT, expires_at__lt=at - SENT_KEPT).delete()
    Delivery.objects.filter(state=Delivery.State.DEAD, expires_at__lt=at - DEAD_KEPT).delete()
    WorkerBeat.objects.filter(seen_at__lt=at - BEATS_KEPT).delete()
