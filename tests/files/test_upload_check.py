"""A whole file is checked at once when that is quick, else by the worker, else by whoever asks for it; once in any case."""

from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.files import checks
from autonax_support.files.models import Attachment, Upload
from autonax_support.notices.models import Job
from tests.files import crafting as make
from tests.files.test_upload_chunks import chunk_objects
from tests.files.uploading import a_form
from tickets import uploads

LARGE = make.picture("JPEG", (2500, 2000))
LATER = timedelta(seconds=9)


@pytest.fixture
def form(sara):
    return a_form(sara)


def state_of(form, url) -> str:
    return form.client.get(url).json()["state"]


def waiting(form) -> str:
    """The address of a large picture that is here and waits for its check."""
    answer = form.send("عکس.jpg", LARGE)
    assert answer.json()["state"] == "checking"
    return answer.json()["url"]


def long_ago() -> None:
    Job.objects.update(created_at=timezone.now() - LATER, run_at=timezone.now() - LATER)


def test_what_is_light_is_done_with_the_last_chunk_and_leaves_no_job(form):
    states = [form.send(*file).json()["state"] for file in (("a.png", make.picture()), ("a.pdf", make.PDF), ("a.docx", make.docx()))]
    assert states == ["done"] * 3
    assert (Job.objects.count(), Upload.objects.count()) == (0, 0)


def test_a_large_picture_waits_for_the_worker(form, django_capture_on_commit_callbacks):
    url = waiting(form)
    job = Job.objects.get()
    assert (job.kind, job.state, job.leased_until, f"/uploads/{job.payload['upload']}/") == ("check_upload", "queued", None, url)
    assert state_of(form, url) == "checking"
    with django_capture_on_commit_callbacks(execute=True):
        uploads.check_upload(job, timezone.now())
    assert state_of(form, url) == "done"
    assert (Attachment.objects.get().width, Upload.objects.count(), chunk_objects()) == (2500, 0, [])


def test_the_worker_may_do_it_twice(form):
    waiting(form)
    for _ in range(2):
        uploads.check_upload(Job.objects.get(), timezone.now())
    assert Attachment.objects.count() == 1


def test_without_a_worker_the_question_does_it(form):
    url = waiting(form)
    long_ago()
    assert (state_of(form, url), Attachment.objects.count(), Job.objects.count()) == ("done", 1, 0)


def test_whom_the_worker_has_in_hand_is_left_alone(form):
    url = waiting(form)
    long_ago()
    Job.objects.update(leased_by="worker", leased_until=timezone.now() + timedelta(seconds=30))
    assert state_of(form, url) == "checking"
    Job.objects.update(leased_until=timezone.now())  # it died
    assert state_of(form, url) == "done"


def test_while_another_picture_is_decoded_the_question_waits_for_nothing(form):
    url = waiting(form)
    long_ago()
    with checks._decoder:
        assert state_of(form, url) == "checking"
    assert (state_of(form, url), Job.objects.count()) == ("done", 0)


def test_a_light_picture_that_finds_the_decoder_busy_becomes_a_job(form):
    with checks._decoder:
        url = form.send("a.png", make.picture()).json()["url"]
        assert state_of(form, url) == "checking"
    long_ago()
    assert state_of(form, url) == "done"


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("a.png", make.HTML, "با نوع آن نمی‌خواند"),
        ("a.jpg", LARGE[:3000], "باز نمی‌شود"),
        ("a.jpg", make.HEIC, "\u2068HEIC\u2069"),
        ("a.png", make.bomb_png(30_000, 30_000), "بزرگ‌تر از ۵۰ مگاپیکسل"),
        ("a.zip", make.locked_zip(), "گذرواژه یا ماکرو دارد"),
    ],
)
def test_a_bad_file_is_refused_with_its_reason_and_its_bytes_go(form, name, content, sentence, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        url = form.send(name, content).json()["url"]
        long_ago()
        said = form.client.get(url).json()
    assert (said["state"], Attachment.objects.count(), chunk_objects()) == ("refused", 0, [])
    assert sentence in said["message"]
    assert sentence in said["html"]
    assert form.put(url, 0, content).status_code == 409


def test_the_same_file_twice_is_kept_once(form):
    assert form.send("نامه.txt", b"text").json()["state"] == "done"
    said = form.send("نامه.txt", b"text").json()
    assert (said["state"], Attachment.objects.count()) == ("refused", 1)
    assert said["message"] == "فایل «\u2068نامه.txt\u2069» پیش‌تر پیوست شده است و یک بار فرستاده می‌شود."


def test_a_chunk_that_is_lost_is_said(form, attachments_folder):
    url = waiting(form)
    for path in (attachments_folder / "uploads").iterdir():
        path.unlink()
    long_ago()
    said = form.client.get(url).json()
    assert (said["state"], said["message"]) == ("refused", "بارگذاری «\u2068عکس.jpg\u2069» کامل نشد. فایل را دوباره انتخاب کنید.")


def test_a_check_that_was_given_up_is_said(form):
    url = waiting(form)
    Job.objects.all().delete()
    assert state_of(form, url) == "refused"


def test_what_is_cancelled_during_its_check_stays_gone(form):
    url = waiting(form)
    job = Job.objects.get()
    assert form.client.delete(url).status_code == 200
    uploads.check_upload(job, timezone.now())
    assert (Attachment.objects.count(), form.client.get(url).status_code) == (0, 404)


def test_a_file_that_is_one_too_many_by_now_is_refused(form, settings):
    urls = [form.send(f"{number}.jpg", make.picture("JPEG", (2500, 2000 + number))).json()["url"] for number in range(2)]
    settings.ATTACHMENT_MAX_FILES = 1
    long_ago()
    assert [state_of(form, url) for url in urls] == ["done", "refused"]


def test_files_stand_in_the_order_in_which_they_were_chosen(form):
    urls = [form.begun(f"{number}.txt", 1) for number in range(4)]
    for number in (2, 0, 3, 1):
        form.put(urls[number], 0, b"%d" % number)
    assert [file.name for file in Attachment.objects.order_by("position")] == ["0.txt", "1.txt", "2.txt", "3.txt"]
