"""What nobody goes on with is swept after a day: uploads, their chunks, and objects that no row names."""

import os
from datetime import timedelta

import pytest
from django.core.files.storage import storages
from django.utils import timezone

from autonax_support.files import uploads
from autonax_support.files.models import Attachment, Upload
from tests.files.test_upload_chunks import TEXT, chunk_objects
from tests.files.uploading import CHUNK, a_form

DAY = timedelta(hours=24, minutes=1)


@pytest.fixture
def form(sara):
    return a_form(sara)


@pytest.fixture
def unfinished(form):
    url = form.begun("نامه.txt", len(TEXT))
    form.put(url, 0, TEXT[:CHUNK])
    return url


def test_an_upload_of_yesterday_goes_with_its_chunks(unfinished, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        assert uploads.sweep(timezone.now()) == 0
        assert (Upload.objects.count(), len(chunk_objects())) == (1, 1)
        assert uploads.sweep(timezone.now() + DAY) == 1
    assert (Upload.objects.count(), chunk_objects()) == (0, [])


def test_an_upload_that_goes_on_is_not_swept(form, unfinished):
    Upload.objects.update(updated_at=timezone.now() - DAY)
    form.put(unfinished, CHUNK, TEXT[CHUNK : 2 * CHUNK])
    assert uploads.sweep(timezone.now()) == 0


def test_the_finished_files_of_a_draft_are_no_business_of_the_sweep(form, attachments_folder):
    form.send("نامه.txt", TEXT)
    uploads.sweep(timezone.now() + DAY)
    uploads.sweep_objects(timezone.now() + DAY)
    assert storages["attachments"].exists(Attachment.objects.get().storage_key)


def grown_old(folder) -> None:
    yesterday = (timezone.now() - DAY).timestamp()
    for path in folder.rglob("*"):
        os.utime(path, (yesterday, yesterday))


def test_objects_without_a_row_go_after_a_day_and_those_with_one_stay(form, unfinished, attachments_folder):
    form.send("دوم.txt", b"2")
    lost = [uploads.keep_chunk(b"lost"), uploads.storage.write_bytes(b"lost")]
    assert uploads.sweep_objects(timezone.now()) == 0
    grown_old(attachments_folder)
    fresh = uploads.keep_chunk(b"on its way to a row")
    assert uploads.sweep_objects(timezone.now()) == 3  # the two, and the chunk of the finished file, which a crash had left
    assert [storages["attachments"].exists(key) for key in (*lost, fresh)] == [False, False, True]
    assert form.client.get(unfinished).json()["received"] == CHUNK
    assert storages["attachments"].exists(Attachment.objects.get().storage_key)


def test_an_empty_storage_has_nothing_to_sweep(db):
    assert uploads.sweep_objects(timezone.now()) == 0
