"""The same chunk from two tabs, a check asked by many, a send in the middle: real threads, real connections, real commits."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from autonax_support.files.models import Attachment, Upload
from autonax_support.notices.models import Job
from tests.files import crafting as make
from tests.files.test_keep import stored
from tests.files.test_upload_chunks import TEXT, chunk_objects
from tests.files.uploading import CHUNK, a_form
from tests.tickets.test_exactly_once import at_once
from tickets import uploads
from tickets.models import Draft, Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def form(sara):
    return a_form(sara)


def client_like(form):
    twin = Client()
    twin.cookies = form.client.cookies
    return type(form)(twin, form.writing)


def test_one_chunk_from_six_tabs_is_stored_once(form):
    url = form.begun("نامه.txt", len(TEXT))
    answers = at_once(lambda _: client_like(form).put(url, 0, TEXT[:CHUNK]), range(6))
    assert sorted(answer.status_code for answer in answers) == [200, 409, 409, 409, 409, 409]
    assert {answer.json()["received"] for answer in answers} == {CHUNK}
    assert len(chunk_objects()) == 1


def test_the_last_chunk_from_six_tabs_makes_one_attachment(form):
    url = form.begun("نامه.txt", len(TEXT))
    at_once(lambda _: client_like(form).put(url, 0, TEXT), range(6))
    assert form.client.get(url).json()["state"] == "done"
    assert stored(Attachment.objects.get().storage_key) == TEXT
    assert (Upload.objects.count(), Job.objects.count(), chunk_objects()) == (0, 0, [])


def test_six_questions_and_the_worker_check_a_picture_once(form):
    url = form.send("عکس.jpg", make.picture("JPEG", (2500, 2000))).json()["url"]
    job = Job.objects.get()
    Job.objects.update(created_at=timezone.now() - timedelta(seconds=9))

    def look(turn: int) -> str:
        if turn == 3:
            uploads.check_upload(job, timezone.now())
            return ""
        return client_like(form).client.get(url).json()["state"]

    at_once(look, range(7))
    assert form.client.get(url).json()["state"] == "done"
    assert (Attachment.objects.count(), Upload.objects.count(), chunk_objects()) == (1, 0, [])


def test_six_files_begun_at_once_find_five_places_and_one_draft(form):
    answers = at_once(lambda turn: client_like(form).begin(f"{turn}.txt"), range(6))
    assert sorted(answer.status_code for answer in answers) == [201] * 5 + [422]
    assert (Upload.objects.count(), Draft.objects.count()) == (5, 1)


def test_sending_while_the_last_chunk_arrives_takes_the_file_or_waits_for_it(form, technical):
    """Whatever comes first, no file is left behind the message and none goes twice."""
    typed = {"subject": "پلاک", "department": technical.pk, "tracking_number": "99010294000040", "body": "متن"}
    url = form.begun("نامه.txt", len(TEXT))

    def act(turn: int) -> int:
        own = client_like(form)
        return (own.put(url, 0, TEXT) if turn % 2 else own.post(**typed)).status_code

    at_once(act, range(4))
    if not Message.objects.exists():
        assert form.post(**typed).status_code == 302
    assert list(Message.objects.get().attachments.values_list("name", flat=True)) == ["نامه.txt"]
    assert (Draft.objects.count(), Upload.objects.count()) == (0, 0)


def test_cancelling_while_chunks_arrive_leaves_nothing(form):
    url = form.begun("نامه.txt", len(TEXT))

    def act(turn: int) -> int:
        own = client_like(form)
        return (own.client.delete(url) if turn == 2 else own.put(url, turn % 2 * CHUNK, TEXT[:CHUNK])).status_code

    assert set(at_once(act, range(6))) <= {200, 404, 409}
    assert (Upload.objects.count(), Draft.objects.count(), chunk_objects()) == (0, 0, [])
