"""Sara leaves: her names and ways in go, her tickets stay readable, and nobody is locked out by it."""

import json
from io import StringIO

import pytest
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry, User
from autonax_support.files.models import Attachment
from autonax_support.privacy import people
from autonax_support.privacy.people import ANONYMOUS
from tests.cast import PASSWORD
from tests.privacy.conftest import a_draft, a_file, objects
from tickets.models import DepartmentMember, Draft, Event, Message, SearchDoc, Ticket, Unread

NAMES = ("سارا محمدی", "sara", "sara@example.ir", "09121112233", "subject-77")


@pytest.fixture
def sara_at_work(sara, a_ticket, omid, kaveh):
    """She has filed, replied, a draft with a file, a session, and entries about her in both logs."""
    User.objects.filter(pk=sara.pk).update(email=NAMES[2], mobile=NAMES[3], host_issuer="https://host.example", host_subject=NAMES[4])
    sara.refresh_from_db()
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="پیوست شود")
    ticket.reply(by=sara, at=timezone.now(), body="پیوست شد")
    a_file(sara, draft=a_draft(sara, "reply", ticket, body="نیمه‌کاره"))
    client = Client()
    assert client.post("/accounts/login/", {"username": "sara", "password": PASSWORD}).status_code == 302
    Client().post("/accounts/login/", {"username": "Sara", "password": "wrong"})
    names = {"before": {"full_name": "سارا", "username": "sara.m"}, "after": {"full_name": sara.full_name, "username": "sara"}}
    AuditEntry.record("changed", actor=kaveh, address="", at=timezone.now(), model="accounts.user", id=sara.pk, **names)
    AuditEntry.record("sign_in_failed", actor=None, address="", at=timezone.now(), name="sara.m")
    message = json.dumps([{"changed": {"name": "کاربر", "object": sara.full_name, "fields": ["نقش"]}}])
    kind = ContentType.objects.get_for_model(User)
    LogEntry.objects.create(
        user=kaveh, content_type=kind, object_id=str(sara.pk), object_repr=sara.full_name, action_flag=CHANGE, change_message=message
    )
    return client, ticket


def whole_database():
    """Every text of every row, but for the history of migrations and such."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names():
            if not table.endswith(("_fts", "_fts_data", "_fts_idx", "_fts_docsize", "_fts_config")):
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
                found += [(table, str(value)) for row in cursor.fetchall() for value in row if value is not None]
    return found


def run(user="sara", **options):
    out = StringIO()
    call_command("anonymise_person", user=user, stdout=out, **options)
    return out.getvalue()


def test_no_row_of_the_database_knows_her_any_more(sara_at_work, sara, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        run(yes=True)
    names = (*NAMES, json.dumps(NAMES[0])[1:-1])
    assert [(table, value) for table, value in whole_database() if any(name in value for name in names)] == []
    assert (Draft.objects.count(), Attachment.objects.count(), objects()) == (0, 0, 0)


def test_the_thread_stays_readable_under_one_word(sara_at_work, sara, reza, at_home):
    _, ticket = sara_at_work
    run(yes=True)
    ticket.refresh_from_db()
    sara.refresh_from_db()
    names = list(Message.objects.order_by("pk").values_list("author_name", flat=True))
    assert (ticket.filed_by_name, names, sara.full_name) == (ANONYMOUS, [ANONYMOUS, "امید رستمی", ANONYMOUS], ANONYMOUS)
    page = at_home(reza).get(f"/inbox/{ticket.pk}/").content.decode()
    assert ("پیوست شد" in page, page.count(ANONYMOUS) >= 3) == (True, True)
    assert list(Ticket.objects.matching("سارا", reza)) == []
    assert list(Ticket.objects.matching("پلاک", reza)) == [ticket]


def test_she_is_signed_out_everywhere_and_cannot_come_back(sara_at_work, sara):
    client, _ = sara_at_work
    assert client.get("/inbox/").status_code == 200
    run(yes=True)
    sara.refresh_from_db()
    assert client.get("/inbox/").status_code == 302
    assert (sara.is_active, sara.has_usable_password(), sara.sessions_ended, Session.objects.count()) == (False, False, 1, 0)
    assert sara.anonymised_at is not None


def test_without_yes_it_only_counts(sara_at_work, sara):
    out = run()
    sara.refresh_from_db()
    assert ("--yes" in out, sara.full_name, sara.is_active) == (True, "سارا محمدی", True)
    assert people.what_would_go(sara) == {"tickets": 1, "messages": 2, "drafts": 1, "uploads": 0, "audit_entries": 3, "sessions": 1}


def test_it_is_recorded_by_ids_and_counts_alone(sara_at_work, sara):
    run(yes=True)
    counts = {"sessions": 1, "drafts": 1, "uploads": 0, "tickets": 1, "messages": 2, "audit_entries": 3}
    assert AuditEntry.objects.get(verb="anonymised").data == {"user": sara.pk, "counts": counts}


def test_a_second_run_changes_nothing_more(sara_at_work, sara):
    run(yes=True)
    sara.refresh_from_db()
    first = (sara.username, sara.anonymised_at)
    run(user=sara.username, yes=True)
    sara.refresh_from_db()
    assert (sara.username, sara.anonymised_at) == first
    assert AuditEntry.objects.filter(verb="anonymised").latest("pk").data["counts"]["messages"] == 0


def test_a_run_that_is_cut_off_is_found_again_under_her_name(sara_at_work, sara, monkeypatch):
    monkeypatch.setattr(people, "BATCH", 1)

    def cut_off(tickets):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(people, "_rename_tickets", cut_off)
        with pytest.raises(KeyboardInterrupt):
            run(yes=True)
    sara.refresh_from_db()
    assert (sara.username, sara.is_active) == ("sara", False)
    run(yes=True)
    assert set(Message.objects.filter(author=sara).values_list("author_name", flat=True)) == {ANONYMOUS}


def test_the_history_of_her_tickets_is_untouched(sara_at_work):
    before = list(Event.objects.order_by("pk").values())
    run(yes=True)
    assert list(Event.objects.order_by("pk").values()) == before


def test_omids_open_tickets_wait_for_another_expert(a_ticket, omid, sara, reza):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="بررسی می‌شود")
    run("omid", yes=True)
    ticket.refresh_from_db()
    assert (ticket.assignee, ticket.events.latest("pk").verb, DepartmentMember.objects.count()) == (None, "assign", 0)
    assert SearchDoc.objects.filter(ticket=ticket, message=None).count() == 1
    assert Unread.objects.filter(ticket=ticket).count() == 2


def test_the_last_support_manager_stays(kaveh):
    with pytest.raises(CommandError, match="تنها مدیر پشتیبانی فعال"):
        run("kaveh", yes=True)
    kaveh.refresh_from_db()
    assert kaveh.full_name == "کاوه نادری"


def test_a_manager_goes_when_another_one_is_there(kaveh):
    User.objects.create_superuser("parisa", PASSWORD, full_name="پریسا")
    run("kaveh", yes=True)
    kaveh.refresh_from_db()
    assert (kaveh.full_name, list(kaveh.groups.all())) == (ANONYMOUS, [])


def test_an_unknown_name_is_said_to_be_unknown(db):
    with pytest.raises(CommandError, match="کاربری با این نام کاربری نیست"):
        run("nobody", yes=True)
