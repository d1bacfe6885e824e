"""A row of Sara's world for every place in an address. A new kind of address with a place of its own gets its line here."""

from datetime import date
from uuid import uuid4

from django.db.models import Model
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.accounts.models import AuditEntry, User
from autonax_support.files.checks import check
from autonax_support.files.models import Attachment, Upload
from autonax_support.notices.models import Delivery, Job, WorkerBeat
from tests.files.crafting import picture, upload
from tickets.models import Batch, CannedReply, Draft, Holiday, SpecialDay, Ticket


def rows_of(sara: User, kaveh: User, ticket: Ticket) -> dict[str, Model]:
    """By space and place: «inbox:ticket» with <id:number> asks for `inbox_number`."""
    now = timezone.now()
    draft = Draft.objects.create(owner=sara, kind="reply", ticket=ticket, data={"body": "متن"}, updated_at=now)
    filing = Draft.objects.create(owner=sara, kind="filing", data={"body": "متن"}, updated_at=now)
    on_its_way = Upload.objects.create(owner=sara, draft=filing, name="اسکن.pdf", size=9, created_at=now, updated_at=now)
    message = ticket.messages.order_by("pk").first()
    file = Attachment.objects.keep(check(upload("کارت.png", picture())), owner=sara, message=message, at=now)
    news = Announcement.objects.create(title="قطع موقت", body="متن", author=kaveh, published_at=now)
    Job.objects.enqueue("sweep", {}, at=now)
    Delivery.objects.create(channel="email", target="sara@example.ir", ordering_key="k", run_at=now, expires_at=now)
    WorkerBeat.objects.beat("worker", at=now)
    for model in (Holiday, SpecialDay):  # of all that has an «id» at the desk the one with Sara's is asked for
        model.objects.update_or_create(pk=sara.pk, defaults={"day": date(2020, 1, 1), "title": "تعطیل"})
    batch = Batch.objects.create(key=uuid4(), by=kaveh, verb="close", asked={"why": "solved"}, numbers=[], at=now, finished_at=now)
    CannedReply.objects.update_or_create(pk=sara.pk, defaults={"department": ticket.department, "title": "مدرک", "body": "متن"})
    AuditEntry.record("signed_in", actor=sara, address="127.0.0.1", at=now)
    return {
        "inbox_number": ticket,
        "admin_number": ticket,
        "admin_id": sara,
        "admin_key": batch,
        "drafts_key": draft,
        "uploads_pk": on_its_way,
        "files_pk": file,
        "announcements_pk": news,
    }
