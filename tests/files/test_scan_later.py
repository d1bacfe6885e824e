"""Files that clamd saw only after they were stored: marked clean, or erased."""

from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.urls import reverse

from autonax_support.files.models import Attachment
from autonax_support.notices.models import Job
from autonax_support.work import worker
from tests.files.clamd import EICAR, clamd, running_clamd, stopped_clamd
from tests.files.conftest import kept
from tests.files.test_scan import render, tiles

__all__ = ["clamd", "running_clamd", "stopped_clamd"]


class Clock:
    def __init__(self, at):
        self.at = at

    def __call__(self):
        return self.at


@pytest.fixture
def clock(at):
    return Clock(at)


@pytest.fixture
def work(clock, django_capture_on_commit_callbacks):
    """A function: a worker does what is due at this moment, and then so many minutes go by."""
    ours = worker(clock=clock)

    def once(then=0):
        with django_capture_on_commit_callbacks(execute=True):
            ours.run_once()
        clock.at += timedelta(minutes=then)

    return once


def state(attachment):
    attachment.refresh_from_db()
    return attachment.scan_state


def enqueue_scan(attachment):
    at = attachment.created_at
    Job.objects.enqueue("scan_attachment", {"attachment": str(attachment.pk)}, at=at, unique_key=f"scan:{attachment.pk}")


def there(key):
    return storages["attachments"].exists(key)


@pytest.fixture
def hidden_malware(sara_draft, reza, ticket):
    """Came while the site had no clamd, and hangs on a reply."""
    from tests.files.conftest import a_draft

    draft = a_draft(reza, "reply", ticket)
    kept(draft, "گزارش.txt", EICAR)
    return ticket.reply(by=reza, at=draft.updated_at, body="پیوست شد", draft=draft).attachments.get()


def test_a_file_waits_while_the_site_has_no_clamd_for_a_time(settings, clamd, sara_draft, work):
    address, settings.CLAMD_ADDRESS = settings.CLAMD_ADDRESS, ""
    attachment = kept(sara_draft)
    settings.CLAMD_ADDRESS = address
    enqueue_scan(attachment)
    settings.CLAMD_ADDRESS = ""
    work(then=61)
    settings.CLAMD_ADDRESS = address
    work()
    assert state(attachment) == "clean"


def test_a_file_that_came_while_clamd_was_away_is_clean_once_it_is_back(stopped_clamd, sara_draft, work):
    attachment = kept(sara_draft)
    work(then=6)
    assert (state(attachment), Job.objects.get(kind="scan_attachment").attempts) == ("none", 0)
    stopped_clamd.start()
    work()
    assert (state(attachment), Job.objects.get(kind="scan_attachment").state) == ("clean", "done")


def test_while_clamd_is_away_all_files_wait_with_the_first(stopped_clamd, sara_draft, work, at):
    for name in ("a.txt", "b.txt", "c.txt"):
        kept(sara_draft, name, b"text")
    work()
    waiting = Job.objects.filter(kind="scan_attachment")
    assert list(waiting.values_list("attempts", "run_at")) == [(0, at + timedelta(minutes=5))] * 3


def test_malware_found_later_is_erased_and_said_to_be(hidden_malware, clamd, work, at, caplog):
    key = hidden_malware.storage_key
    assert there(key)
    work()
    assert (state(hidden_malware), hidden_malware.erased_at, there(key)) == ("infected", at, False)
    assert not Attachment.objects.filter(storage_key=key).exists()  # so the sweep takes an object that could not go
    assert f"attachment {hidden_malware.pk} is malware and was erased" in caplog.text
    assert "گزارش" not in caplog.text
    for page in (tiles(hidden_malware), render("_picker", kept=[hidden_malware], errors=[])):
        assert "این فایل بدافزار دارد و پاک شد." in page
    assert "<a " not in tiles(hidden_malware)


def test_nobody_gets_it_any_more(hidden_malware, clamd, work, at_home, sara, omid):
    work()
    for person in (sara, omid):
        page = at_home(person).get(reverse("files:attachment", args=[hidden_malware.pk]))
        assert (page.status_code, "این فایل بدافزار دارد" in page.content.decode()) == (410, True)
    thread = at_home(sara).get(reverse("inbox:ticket", args=[hidden_malware.message.ticket_id])).content.decode()
    assert "این فایل بدافزار دارد و پاک شد." in thread


def test_a_small_picture_goes_with_its_picture(picture, clamd, work):
    keys = picture.storage_key, picture.thumbnail_key
    storages["attachments"].delete(picture.storage_key)
    with storages["attachments"].open(picture.storage_key, "wb") as file:
        file.write(EICAR)
    work()
    assert (state(picture), picture.thumbnail_key, [there(key) for key in keys]) == ("infected", "", [False, False])


def test_a_file_that_clamd_can_not_read_fails_alone_and_is_kept(clamd, sara_draft, work):
    big, small = kept(sara_draft, "بزرگ.txt", b"x" * (3 * 1024 * 1024)), kept(sara_draft, "a.txt", b"text")
    Attachment.objects.update(scan_state="none")
    work()
    assert (state(big), state(small), there(big.storage_key)) == ("none", "clean", True)
    failed = Job.objects.get(unique_key=f"scan:{big.pk}")
    assert (failed.state, failed.attempts, failed.error.split()[0]) == ("queued", 1, "NotScanned")


def test_each_file_is_asked_about_once(stopped_clamd, sara_draft, work):
    kept(sara_draft)
    for _ in range(3):
        work(then=11)
    assert Job.objects.filter(kind="scan_attachment").count() == 1


def test_without_a_clamd_nothing_waits(picture, settings, work):
    settings.CLAMD_ADDRESS = ""
    work()
    assert Job.objects.filter(kind="scan_attachment").count() == 0
