"""New tickets that are nobody's yet: the experts of a department hear of them together, not of each.

Told in the department's hours; what came in the night is told when it opens.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from autonax_support.notices.models import Job, Notice
from autonax_support.notices.queueing import queue_deliveries
from tickets.models import Department, Event, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.working_time import hours_of_all

FIRST_LOOKS_BACK = timedelta(days=1)  # of a department that was never told
SETTLED = timedelta(minutes=1)  # what was filed later than this may not be committed yet


def digest_queues(job: Job, at: datetime) -> None:
    departments = list(Department.objects.all())
    hours = hours_of_all(departments)
    for department in departments:
        if not hours[department.pk].week or hours[department.pk].is_open(at):
            _digest(department, at - SETTLED, at)


@transaction.atomic
def _digest(department: Department, until: datetime, at: datetime) -> None:
    """How far it was told is written with the notices: a second worker or a second run tells of no ticket again."""
    before = department.digested_at
    if not Department.objects.filter(pk=department.pk, digested_at=before).update(digested_at=until):
        return
    count = arrived(department, before or until - FIRST_LOOKS_BACK, until).count()
    if count:
        people = list(department.experts())
        Notice.objects.filter(recipient__in=people, kind=Notice.Kind.QUEUE_DIGEST, department=department).mark_read(at)
        notices = [Notice(recipient=person, kind=Notice.Kind.QUEUE_DIGEST, department=department, count=count, at=at) for person in people]
        queue_deliveries(Notice.objects.bulk_create(notices), at=at)


def arrived(department: Department, since: datetime, until: datetime) -> TicketQuerySet:
    """Filed here or brought here in this time, and nobody's."""
    brought = Event.objects.filter(ticket=OuterRef("pk"), verb="transfer", at__gt=since, at__lte=until)
    return Ticket.objects.unassigned_in(department).filter(Q(filed_at__gt=since, filed_at__lte=until) | Exists(brought))
