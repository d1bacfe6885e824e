"""From a checked file to a row and its object, along the life of a draft."""

import errno
import hashlib
import io
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.storage import storages
from django.db import IntegrityError, transaction

from autonax_support.files import storage
from autonax_support.files.checks import check
from autonax_support.files.models import Attachment
from tests.files import crafting as make
from tests.files.conftest import AT, a_draft, kept


def objects():
    folders, _ = storages["attachments"].listdir("")
    return sorted(f"{folder}/{name}" for folder in folders for name in storages["attachments"].listdir(folder)[1])


def stored(key):
    with storages["attachments"].open(key) as file:
        return file.read()


@pytest.fixture
def attachments_folder(attachments_folder):
    attachments_folder.mkdir(exist_ok=True)
    return attachments_folder


def test_what_was_checked_is_what_lies_in_the_storage(sara_draft):
    picture = kept(sara_draft)
    assert hashlib.sha256(stored(picture.storage_key)).hexdigest() == picture.stored_sha256
    assert objects() == sorted([picture.storage_key, picture.thumbnail_key])
    assert (picture.size, picture.scan_state) == (len(stored(picture.storage_key)), "none")


def test_the_name_is_no_part_of_the_path(sara_draft):
    picture = kept(sara_draft, "../../کارت ملی.png")
    assert picture.name == "کارت ملی.png"
    folder, _, name = picture.storage_key.partition("/")
    assert (name[:2], len(name), int(name, 16) > 0) == (folder, 32, True)


def test_only_the_server_itself_may_read_the_object(sara_draft):
    path = Path(storages["attachments"].path(kept(sara_draft).storage_key))
    assert [oct(place.stat().st_mode & 0o777) for place in (path, path.parent)] == ["0o600", "0o700"]


def test_files_keep_the_order_in_which_they_came(sara_draft):
    for number in range(4):
        kept(sara_draft, f"{number}.txt", b"text")
    assert [file.name for file in Attachment.objects.of_draft(sara_draft)] == ["0.txt", "1.txt", "2.txt", "3.txt"]


def test_a_file_after_a_removal_comes_last(sara_draft):
    for number in range(3):
        kept(sara_draft, f"{number}.txt", b"text")
    Attachment.objects.remove([Attachment.objects.get(name="0.txt").pk], sara_draft)
    kept(sara_draft, "3.txt", b"text")
    assert list(Attachment.objects.of_draft(sara_draft).values_list("name", "position")) == [("1.txt", 1), ("2.txt", 2), ("3.txt", 3)]


def test_a_message_shows_its_files_in_their_order(ticket, sara):
    draft = a_draft(sara, "reply", ticket)
    for number in range(4):
        kept(draft, f"{number}.txt", b"text")
    Attachment.objects.remove([Attachment.objects.get(name="1.txt").pk], draft)
    Attachment.objects.filter(name="3.txt").update(created_at=AT - timedelta(days=1))
    message = ticket.reply(by=sara, at=AT, body="پیوست شد", draft=draft)
    assert [file.name for file in message.attachments.all()] == ["0.txt", "2.txt", "3.txt"]


@transaction.atomic
def keep_two_and_fail(draft):
    kept(draft)
    Attachment.objects.keep(check(make.upload("a.txt", b"x")), owner=draft.owner, at=AT)


def test_an_aborted_transaction_leaves_no_row_without_object(sara_draft, attachments_folder):
    with pytest.raises(IntegrityError):
        keep_two_and_fail(sara_draft)
    assert Attachment.objects.count() == 0
    assert len(objects()) == 3


def test_what_cannot_be_written_to_its_end_leaves_nothing_behind(db, attachments_folder):
    class Broken(io.BytesIO):
        def read(self, size=-1):
            if self.tell():
                raise OSError(errno.ENOSPC, "No space left on device")
            return super().read(1)

    with pytest.raises(OSError, match="No space left"):
        storage.write(Broken(b"salam"))
    assert objects() == []


def test_sending_moves_the_files_to_the_message(ticket, sara_draft, picture):
    assert (picture.draft, picture.message.kind) == (None, "filed")
    assert Attachment.objects.of_draft(sara_draft).count() == 0


def test_sara_removes_one_file_of_her_draft(sara_draft, django_capture_on_commit_callbacks):
    first, second = kept(sara_draft), kept(sara_draft, "b.txt", b"text")
    with django_capture_on_commit_callbacks(execute=True):
        assert Attachment.objects.remove([str(first.pk), "garbage", ""], sara_draft) == 1
        assert len(objects()) == 3
    assert list(Attachment.objects.all()) == [second]
    assert objects() == [second.storage_key]


def test_reza_cannot_remove_a_file_of_saras_draft(sara_draft, reza):
    picture = kept(sara_draft)
    assert Attachment.objects.remove([picture.pk], a_draft(reza)) == 0
    assert list(Attachment.objects.all()) == [picture]


def test_a_sent_file_cannot_be_removed_through_a_draft(picture, sara):
    assert Attachment.objects.remove([picture.pk], a_draft(sara)) == 0
    assert list(Attachment.objects.all()) == [picture]


def test_an_object_already_gone_does_not_hinder_removal(sara_draft, django_capture_on_commit_callbacks):
    picture = kept(sara_draft)
    storages["attachments"].delete(picture.storage_key)
    with django_capture_on_commit_callbacks(execute=True):
        Attachment.objects.remove([picture.pk], sara_draft)
    assert objects() == []


BAD_ROWS = {
    "neither message nor draft": {"draft": None},
    "no bytes": {"size": 0},
    "an unknown kind": {"kind": "svg"},
    "a picture without size": {"width": None},
    "no name": {"name": ""},
    "a name too long": {"name": "x" * 151},
    "an unknown scan state": {"scan_state": "perhaps"},
}


@pytest.mark.parametrize("changes", BAD_ROWS.values(), ids=BAD_ROWS)
def test_the_database_refuses(sara_draft, changes):
    picture = kept(sara_draft)
    with pytest.raises(Exception, match="(?i)constraint|too long"), transaction.atomic():
        Attachment.objects.filter(pk=picture.pk).update(**changes)


def test_the_database_refuses_a_file_of_message_and_draft_at_once(picture, sara):
    with pytest.raises(IntegrityError), transaction.atomic():
        Attachment.objects.filter(pk=picture.pk).update(draft=a_draft(sara))
