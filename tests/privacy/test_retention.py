"""What is past its time is emptied, in batches that may be cut off; no ticket is ever deleted."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from autonax_support import checks
from autonax_support.accounts.models import AuditEntry
from autonax_support.files.models import Attachment
from autonax_support.notices.models import Job
from autonax_support.privacy import retention
from tests.privacy.conftest import FIELD, a_draft, a_file, ago, objects
from tickets.erasing import EMPTIED_SUBJECT
from tickets.models import CaseReference, Draft, Message, Rating, SearchDoc, Ticket


@pytest.fixture
def days(settings):
    def set_to(*, text=0, files=0, audit=0):
        settings.RETAIN_CLOSED_TEXT_DAYS, settings.RETAIN_ATTACHMENTS_DAYS, settings.RETAIN_AUDIT_DAYS = text, files, audit

    return set_to


def texts_of(ticket):
    return list(ticket.messages.order_by("pk").values_list("kind", "body"))


def run(**options):
    out = StringIO()
    call_command("retain", stdout=out, **options)
    return out.getvalue()


def test_nothing_goes_unless_a_time_is_set(closed, days):
    ticket = closed(3000)
    days()
    assert "همه چیز می‌ماند" in run()
    assert (texts_of(ticket)[0][1], AuditEntry.objects.count()) == ("در پرونده الکترونیکی پلاک خودرو اشتباه ثبت شده است", 0)


def test_the_text_of_a_ticket_closed_long_ago_goes_and_the_ticket_stays(closed, days, django_capture_on_commit_callbacks):
    ticket, young = closed(400), closed(300)
    days(text=365)
    before = list(ticket.events.values_list("verb", "before", "after", "message_id"))
    with django_capture_on_commit_callbacks(execute=True):
        retention.run(timezone.now())
    ticket.refresh_from_db()
    assert (ticket.subject, ticket.national_id, ticket.status) == (EMPTIED_SUBJECT, "", "closed")
    assert texts_of(ticket) == [("filed", ""), ("reason", ""), ("note", ""), ("answer", ""), ("reason", "")]
    assert list(CaseReference.objects.filter(ticket=ticket).values_list("role", "national_id")) == [("sample", "")]
    assert (Rating.objects.get(ticket=ticket).stars, Rating.objects.get(ticket=ticket).remark) == (4, "")
    assert objects() == 2
    assert list(ticket.events.values_list("verb", "before", "after", "message_id")) == before
    assert (ticket.tracking_number, ticket.filed_by_name) == ("99010294000040", "سارا محمدی")
    young.refresh_from_db()
    assert (young.erased_at, texts_of(young)[0][1][:9]) == (None, "در پرونده")


def test_what_was_emptied_is_found_by_its_numbers_and_no_longer_by_its_words(closed, days, sara):
    ticket = closed(400)
    days(text=365)
    retention.run(timezone.now())
    found = {
        text: list(Ticket.objects.matching(text, sara)) for text in ("پلاک", "راهنمایی", FIELD, "نگهداری", "99010294000040", str(ticket.pk))
    }
    assert found == {"پلاک": [], "راهنمایی": [], FIELD: [], "نگهداری": [], "99010294000040": [ticket], str(ticket.pk): [ticket]}
    assert SearchDoc.objects.filter(ticket=ticket).count() == 1


def test_files_go_earlier_than_texts_when_their_time_is_shorter(closed, days, django_capture_on_commit_callbacks):
    ticket = closed(100)
    days(text=365, files=90)
    with django_capture_on_commit_callbacks(execute=True):
        retention.run(timezone.now())
    file = Attachment.objects.get(message__ticket=ticket)
    assert (file.erased_at is None, file.thumbnail_key, file.name, file.kind, objects()) == (False, "", "فایل پاک‌شده", "picture", 0)
    assert texts_of(ticket)[0][1] != ""


@pytest.mark.parametrize("setting", ["text", "files"])
def test_the_name_of_malware_goes_as_well(closed, days, setting):
    ticket = closed(100)
    file = Attachment.objects.get(message__ticket=ticket)
    file.scanned("infected", at=ago(days=99))
    days(**{setting: 90})
    retention.run(timezone.now())
    gone = Attachment.objects.get(pk=file.pk)
    assert (gone.name, gone.scan_state, gone.erased_at < ago(days=98)) == ("فایل پاک‌شده", "infected", True)
    assert retention.run(timezone.now()) == {}


def test_open_and_reopened_tickets_keep_everything(a_ticket, closed, days, omid, mina):
    waiting, again = a_ticket(at=ago(days=4000)), closed(400)
    again.reopen(by=mina, at=ago(days=1))
    days(text=365, files=365)
    assert retention.run(timezone.now()) == {}
    assert [Ticket.objects.get(pk=row.pk).erased_at for row in (waiting, again)] == [None, None]


def test_old_entries_of_the_audit_go_and_their_going_is_recorded(days, sara):
    for age in (400, 366, 364):
        AuditEntry.record("sign_in", actor=sara, address="192.0.2.7", at=ago(days=age))
    days(audit=365)
    assert "رویداد سامانه" in run()
    assert list(AuditEntry.objects.order_by("pk").values_list("verb", "data")) == [
        ("sign_in", {}),
        ("erased", {"counts": {"audit_entries": 2}}),
    ]


def test_a_second_run_finds_nothing_and_records_nothing(closed, days):
    closed(400)
    days(text=365, files=30)
    assert retention.run(timezone.now()) == {"tickets": 1, "messages": 5, "files": 1}
    assert retention.run(timezone.now()) == {}
    assert [entry.data for entry in AuditEntry.objects.all()] == [{"counts": {"tickets": 1, "messages": 5, "files": 1}}]


def test_a_run_that_is_cut_off_goes_on_where_it_stopped(closed, days, monkeypatch):
    monkeypatch.setattr(retention, "TICKETS_AT_ONCE", 1)
    tickets = [closed(age) for age in (403, 402, 401)]
    days(text=365)

    def cut_off(done):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        retention.run(timezone.now(), cut_off)
    assert [Ticket.objects.get(pk=row.pk).erased_at is not None for row in tickets] == [True, False, False]
    assert retention.run(timezone.now())["tickets"] == 2
    assert [entry.data["counts"]["tickets"] for entry in AuditEntry.objects.order_by("pk")] == [1, 2]


def test_the_dry_run_tells_counts_and_the_oldest_day_and_changes_nothing(closed, days, sara):
    ticket = closed(400)
    Ticket.objects.filter(pk=ticket.pk).update(closed_at="2020-03-20T12:00:00+03:30")
    AuditEntry.record("sign_in", actor=sara, address="", at=ago(days=10))
    days(text=365, files=90, audit=365)
    out = run(dry_run=True)
    assert "متن تیکت‌های بسته: ۱ مورد، قدیمی‌ترین ۱۳۹۹/۰۱/۰۱، نگهداری تا ۳۶۵ روز." in out
    assert "files of closed tickets: 1, kept for 90 days." in out
    assert "رویدادهای سامانه: چیزی از ۳۶۵ روز نگذشته است." in out
    assert (texts_of(ticket)[0][1] != "", AuditEntry.objects.count()) == (True, 1)


def test_the_worker_hears_how_far_it_is(closed, days):
    closed(400)
    days(text=365)
    now = timezone.now()
    Job.objects.enqueue("retain", {}, at=now)
    job = Job.objects.claim(by="night", at=now, lease=timedelta(minutes=1))
    retention.retain(job, now)
    job.refresh_from_db()
    assert (job.done, Ticket.objects.filter(erased_at__isnull=False).count()) == (7, 1)


def test_what_somebody_is_just_writing_on_an_emptied_ticket_stays(closed, days, sara, at_home):
    ticket = closed(400)
    draft = a_draft(sara, "reply", ticket, body="نیمه‌کاره")
    file = a_file(sara, draft=draft)
    days(text=365)
    retention.run(timezone.now())
    assert (Draft.objects.get().data, Attachment.objects.get(pk=file.pk).erased_at) == ({"body": "نیمه‌کاره"}, None)
    assert "نیمه‌کاره" in at_home(sara).get(f"/inbox/{ticket.pk}/").content.decode()


@pytest.mark.parametrize("name", ["RETAIN_CLOSED_TEXT_DAYS", "RETAIN_ATTACHMENTS_DAYS"])
def test_what_a_reply_may_still_open_must_not_be_emptied(settings, name):
    settings.REOPEN_DAYS = 60
    setattr(settings, name, 60)
    assert [error.msg for error in checks.texts_outlive_reopening(None)] == [f"{name} must be 0 or more than REOPEN_DAYS."]
    setattr(settings, name, 61)
    assert checks.texts_outlive_reopening(None) == []


def test_messages_that_never_had_a_text_are_not_said_to_have_lost_one(closed, days, sara):
    ticket = closed(400)
    Message.objects.filter(ticket=ticket, kind="filed").update(body="")
    days(text=365)
    retention.run(timezone.now())
    assert [message.erased_at is None for message in ticket.messages.order_by("pk")] == [True, False, False, False, False]


def test_an_hour_makes_no_day(closed, days):
    closed(365 + 1)
    days(text=367)
    assert retention.run(timezone.now() + timedelta(hours=1)) == {}
