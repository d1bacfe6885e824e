"""One person's data in one file that only its maker can read: whole, readable, without secrets and without others' national IDs."""

import json
import zipfile
from hashlib import sha256
from io import StringIO

import pytest
from django.core.files.storage import storages
from django.core.management import CommandError, call_command
from django.utils import timezone

from announcements.models import Announcement, Receipt
from autonax_support.accounts.models import AuditEntry
from autonax_support.files.models import Attachment
from tests.privacy.conftest import ALL, FIELD, FILE, REFERENCE, SUBJECT, a_file
from tickets.models import Draft


@pytest.fixture
def exported(tmp_path):
    """A function: runs the command, gives what it says, the data, and the names of the files beside it."""

    def run(**whom):
        path = tmp_path / "out.zip"
        out = StringIO()
        call_command("export_person", to=path, stdout=out, **whom)
        with zipfile.ZipFile(path) as archive:
            assert archive.testzip() is None
            text = archive.read("data.json").decode()
            return out.getvalue(), text, json.loads(text), {name: archive.read(name) for name in archive.namelist() if name != "data.json"}

    return run


@pytest.fixture
def everything_of_sara(told, sara, kaveh, at_home):
    now = timezone.now()
    news = Announcement.objects.create(title="قطع موقت", body="متن", author=kaveh, published_at=now)
    Receipt.objects.create(announcement=news, user=sara, read_at=now)
    AuditEntry.record("sign_in", actor=sara, address="192.0.2.7", at=now)
    a_file(sara, "شناسنامه.png", draft=told.reply)
    return told


def test_everything_of_sara_is_there(everything_of_sara, exported, sara):
    _, _, data, files = exported(user="Sara")
    ticket = everything_of_sara.ticket
    assert (data["profile"]["full_name"], data["profile"]["office"]["code"], data["profile"]["role"]) == (
        "سارا محمدی",
        "72990102001",
        "clerk",
    )
    assert [row["number"] for row in data["tickets"]] == [ticket.pk]
    assert [(row["ticket"], row["kind"], row["body"]) for row in data["messages"]] == [(ticket.pk, "filed", "مالک: ٠٠٧****٦٤٥")]
    assert [(row["stars"], row["remark"]) for row in data["ratings"]] == [(2, "392****117 هنوز درست نیست")]
    assert [row["kind"] for row in data["drafts"]] == ["filing", "reply"]
    assert [(row["name"], row["received"], row["size"]) for row in data["uploads"]] == [("اسکن.pdf", 2, 9)]
    assert [row["announcement"] for row in data["receipts"]] == ["قطع موقت"]
    assert [(row["kind"], row["ticket"]) for row in data["notices"]] == [("answered", ticket.pk)]
    assert (data["channels"], data["deliveries"]) == ([], [])
    assert [row["verb"] for row in data["deeds"]] == ["file", "rate"]
    assert [(row["verb"], row["address"]) for row in data["audit"]] == [("sign_in", "192.0.2.7")]
    stored = {row.stored_sha256 for row in Attachment.objects.all()}
    assert (len(files), {sha256(content).hexdigest() for content in files.values()}) == (2, stored)
    assert data["messages"][0]["files"][0]["file"] in files


def test_no_secret_and_no_national_id_of_anybody_is_in_it(everything_of_sara, exported, sara):
    _, text, _, files = exported(user="sara")
    everything = text + str(list(files))
    secrets = [sara.password, everything_of_sara.file.storage_key, str(everything_of_sara.reply.key)]
    assert [secret for secret in secrets if secret in everything] == []
    assert {number for number in ALL if number in everything} == set()
    assert "کد ملی ۰۰۱****۴۱۹ اشتباه است" in text


def test_nothing_that_another_wrote_is_in_it(everything_of_sara, exported):
    _, text, _, _ = exported(user="sara")
    assert [words for words in ("تصویر کارت ملی پیوست شود", "در سامانه ببینید", "ثبت شد") if words in text] == []


def test_a_citizen_gets_the_whole_thread_with_their_own_number_in_clear(told, exported):
    _, text, data, files = exported(national_id="۸۵۲۰۳۴۲۲۷۲")
    [ticket] = data["tickets"]
    assert (data["national_id"], ticket["national_id"], ticket["references"][0]["national_id"]) == (FIELD, FIELD, "835****300")
    assert [row["kind"] for row in ticket["messages"]] == ["filed", "answer"]
    assert (ticket["rating"]["stars"], len(files)) == (2, 1)
    assert {number for number in ALL if number in text} == {FIELD}


def test_notes_go_out_only_when_they_are_asked_for(told, exported, omid, sara, tmp_path):
    """With their files, and with what waits unsent; and a ticket where none but a note speaks of somebody is no ticket of theirs."""
    at, other = timezone.now(), "0084575948"
    note = told.ticket.note(by=omid, at=at, body=f"با مالک دیگر {other} اشتباه نشود")
    a_file(omid, "محرمانه.png", message=note)
    Draft.objects.create(owner=omid, kind="answer", ticket=told.ticket, data={"kind": "note", "body": f"باز هم {FIELD}"}, updated_at=at)
    _, text, data, files = exported(national_id=FIELD)
    assert ("note" in text, "محرمانه" in text, len(files)) == (False, False, 1)
    (tmp_path / "out.zip").unlink()
    assert exported(national_id=other)[2]["tickets"] == []
    (tmp_path / "out.zip").unlink()
    assert exported(user="omid")[1].count("اشتباه نشود") == 0
    assert "notes" not in AuditEntry.objects.filter(verb="exported").latest("id").data
    (tmp_path / "out.zip").unlink()
    _, text, data, files = exported(national_id=FIELD, with_notes=True)
    assert ([row["kind"] for row in data["tickets"][0]["messages"]], len(files)) == (["filed", "answer", "note", "note"], 2)
    assert [row["typed"]["kind"] for row in data["drafts"]] == ["note"]
    assert AuditEntry.objects.filter(verb="exported").latest("id").data["notes"] is True
    (tmp_path / "out.zip").unlink()
    assert [row["number"] for row in exported(national_id=other, with_notes=True)[2]["tickets"]] == [told.ticket.pk]


def test_the_owner_of_a_reference_and_who_is_only_spoken_of_find_the_ticket_too(told, exported, tmp_path):
    for place, number in enumerate((REFERENCE, SUBJECT, FILE)):
        path = tmp_path / f"{place}.zip"
        call_command("export_person", national_id=number, to=path, stdout=StringIO())
        with zipfile.ZipFile(path) as archive:
            assert [row["number"] for row in json.loads(archive.read("data.json"))["tickets"]] == [told.ticket.pk]


def test_the_file_is_its_makers_alone_and_is_never_overwritten(told, exported, tmp_path):
    exported(user="sara")
    path = tmp_path / "out.zip"
    before = path.read_bytes()
    assert oct(path.stat().st_mode & 0o777) == "0o600"
    with pytest.raises(CommandError, match="بازنویسی نمی‌شود"):
        exported(user="omid")
    assert path.read_bytes() == before


def test_a_folder_that_is_not_there_is_told_and_leaves_nothing(told, tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        call_command("export_person", user="sara", to=tmp_path / "nowhere" / "x.zip")
    assert AuditEntry.objects.filter(verb="exported").count() == 0


def test_it_tells_counts_and_records_ids_alone(told, exported, sara):
    out, *_ = exported(user="sara")
    assert ("1  پیام · messages" in out, "1  فایل · files" in out) == (True, True)
    entry = AuditEntry.objects.get(verb="exported")
    assert (entry.data["user"], entry.data["counts"]["messages"], set(entry.data)) == (sara.pk, 1, {"user", "counts"})


def test_the_record_of_a_citizens_export_names_tickets_and_not_the_number(told, exported):
    exported(national_id=FIELD)
    assert AuditEntry.objects.get(verb="exported").data == {"tickets": [told.ticket.pk], "counts": {"tickets": 1, "drafts": 0, "files": 1}}


def test_a_file_that_is_erased_or_missing_is_told_and_not_invented(told, exported, sara):
    a_file(sara, "رفته.png", message=told.ticket.messages.first())
    lost, kept = Attachment.objects.order_by("created_at")
    storages["attachments"].delete(lost.storage_key)
    Attachment.objects.filter(pk=kept.pk).erase(timezone.now())
    _, _, data, files = exported(user="sara")
    told_of = data["messages"][0]["files"]
    assert (files, told_of[0]["missing"], "erased" in told_of[1]) == ({}, True, True)
