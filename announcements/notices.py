"""Who is told of an announcement: each person of the offices once, by the worker, when its time has come.

Jobs and not the publishing itself: one announcement is thousands of rows. What was cut off goes on behind the last person who was told.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, QuerySet

from announcements.models import Announcement, Receipt
from autonax_support.accounts.models import User
from autonax_support.notices.models import Job, Notice
from autonax_support.notices.queueing import queue_deliveries

AT_ONCE = 500
LOOKED_BACK = timedelta(days=7)  # not longer than done jobs are kept, or the row of a job could not tell that it was done


def announce_due(job: Job, at: datetime) -> None:
    """A job for each announcement that came out since, or whose worker was away then; none for what is over already."""
    for announcement in Announcement.objects.live(at).filter(published_at__gt=at - LOOKED_BACK).order_by("published_at"):
        key = f"announce:{announcement.pk}:{announcement.published_at.timestamp():.0f}"
        Job.objects.enqueue("announce", {"announcement": announcement.pk}, at=at, unique_key=key)


def announce(job: Job, at: datetime) -> None:
    """Writes what is missing. Withdrawn, moved or over meanwhile: nothing."""
    announcement = Announcement.objects.live(at).filter(pk=job.payload["announcement"]).first()
    if announcement is None:
        return
    told = Notice.objects.filter(announcement=announcement, kind=Notice.Kind.ANNOUNCED)
    last = told.aggregate(last=Max("recipient_id"))["last"] or 0
    to_tell = who_is_told(announcement)
    done, total = to_tell.filter(pk__lte=last).count(), to_tell.count()
    while people := list(to_tell.filter(pk__gt=last).order_by("pk")[:AT_ONCE]):
        _tell(people, announcement, at)
        last, done = people[-1].pk, done + len(people)
        job.progress(min(done, total), total)


def who_is_told(announcement: Announcement) -> QuerySet[User]:
    """Who was here when it came out and has not opened it by now."""
    receipts = Receipt.objects.filter(announcement=announcement, user=OuterRef("pk"))
    return announcement.audience().filter(~Exists(receipts), date_joined__lte=announcement.published_at)


@transaction.atomic
def _tell(people: list[User], announcement: Announcement, at: datetime) -> None:
    notices = [Notice(recipient=person, kind=Notice.Kind.ANNOUNCED, announcement=announcement, at=at) for person in people]
    queue_deliveries(Notice.objects.bulk_create(notices), at=at)
