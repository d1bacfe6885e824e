"""The bytes come piece by piece, each at its place, once."""

from io import BytesIO
from uuid import uuid4

import pytest
from django.core.files.storage import storages

from autonax_support.files.models import Attachment, Upload
from tests.files import crafting as make
from tests.files.test_keep import stored
from tests.files.uploading import CHUNK, a_form

TEXT = b"0123456789abcdef" * 4096  # 64 KiB
WRONG = "بارگذاری کامل نشد. فایل را دوباره انتخاب کنید."


def chunk_objects() -> list[str]:
    try:
        return storages["attachments"].listdir("uploads")[1]
    except FileNotFoundError:
        return []


@pytest.fixture
def form(sara):
    return a_form(sara)


@pytest.fixture
def url(form):
    return form.begun("نامه.txt", len(TEXT))


def test_four_chunks_make_the_file(form, url, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        answers = [form.put(url, offset, TEXT[offset : offset + CHUNK]).json() for offset in range(0, len(TEXT), CHUNK)]
    assert [(said["state"], said["received"]) for said in answers] == [
        ("receiving", CHUNK), ("receiving", 2 * CHUNK), ("receiving", 3 * CHUNK), ("done", len(TEXT)),
    ]  # fmt: skip
    attachment = Attachment.objects.get()
    assert stored(attachment.storage_key) == TEXT
    assert (str(attachment.pk) in url, attachment.draft.key, attachment.name) == (True, form.key, "نامه.txt")
    assert (Upload.objects.count(), chunk_objects()) == (0, [])


def test_the_finished_row_can_be_drawn(form):
    said = form.send("عکس.png", make.picture()).json()
    assert f'value="{said["id"]}"' in said["html"]
    assert f'src="/attachments/{said["id"]}/thumbnail/"' in said["html"]
    assert "بارگذاری شد، " in said["html"]
    assert form.client.get(said["url"]).json()["html"] == said["html"]


def test_chunks_lie_in_the_storage_under_keys_of_their_own(form, url):
    form.put(url, 0, TEXT[:CHUNK])
    form.put(url, CHUNK, TEXT[CHUNK : 3 * CHUNK])
    (first, second) = Upload.objects.get().chunks
    assert (first[1], second[1]) == (CHUNK, 2 * CHUNK)
    assert stored(second[0]) == TEXT[CHUNK : 3 * CHUNK]
    assert sorted(chunk_objects()) == sorted(key.removeprefix("uploads/") for key in (first[0], second[0]))


@pytest.mark.parametrize("offset", [0, CHUNK - 1, CHUNK + 1, 3 * CHUNK, 10**9])
def test_a_chunk_at_another_place_is_told_the_true_one(form, url, offset):
    form.put(url, 0, TEXT[:CHUNK])
    answer = form.put(url, offset, TEXT[:CHUNK])
    assert (answer.status_code, answer.json()["received"], answer.json()["state"]) == (409, CHUNK, "receiving")
    assert (Upload.objects.get().received, len(chunk_objects())) == (CHUNK, 1)


def test_the_last_chunk_again_finds_the_file_done(form, url):
    form.put(url, 0, TEXT)
    answer = form.put(url, 0, TEXT)
    assert (answer.status_code, answer.json()["state"], Attachment.objects.count()) == (409, "done", 1)


def test_more_than_announced_is_refused(form, url):
    answer = form.put(url, 0, TEXT + b"x")
    assert (answer.status_code, answer.json()["message"], Upload.objects.get().received, chunk_objects()) == (400, WRONG, 0, [])


def test_a_chunk_too_long_is_refused(form):
    url = form.begun("بزرگ.txt", 3 * 1024 * 1024)
    answer = form.put(url, 0, bytes(1024 * 1024 + 1))
    assert (answer.status_code, Upload.objects.get().received) == (413, 0)


def test_a_file_does_not_become_a_thousand_crumbs(form, url):
    assert form.put(url, 0, b"x").status_code == 400
    form.put(url, 0, TEXT[:-5])
    assert form.put(url, len(TEXT) - 5, TEXT[-5:]).json()["state"] == "done"


def test_a_body_that_broke_off_stores_nothing(form, url):
    answer = form.client.put(
        url,
        b"",
        headers={"Upload-Offset": "0"},
        CONTENT_LENGTH=str(CHUNK),
        **{"wsgi.input": BytesIO(TEXT[: CHUNK // 2])},
    )
    assert (answer.status_code, Upload.objects.get().received, chunk_objects()) == (400, 0, [])


@pytest.mark.parametrize("offset", ["-1", "NaN", "", "0x0", "۰", "1e1", "9" * 400])
def test_an_offset_that_is_no_number_is_refused(form, url, offset):
    answer = form.client.put(url, TEXT[:CHUNK], headers={"Upload-Offset": offset})
    assert (answer.status_code in (400, 409), Upload.objects.get().received) == (True, 0)


def test_missing_headers_are_refused(form, url):
    assert form.client.put(url, TEXT[:CHUNK]).status_code == 400
    assert form.client.put(url, b"", headers={"Upload-Offset": "0"}, CONTENT_LENGTH="many").status_code == 400
    assert form.client.put(url, b"", headers={"Upload-Offset": "0"}).status_code == 400


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_a_stranger_and_a_colleague_find_nothing(form, url, neda, reza, omid, method):
    for person in (neda, reza, omid):
        answer = a_form(person).client.generic(method, url, TEXT[:CHUNK], headers={"Upload-Offset": "0"})
        assert (answer.status_code, answer["Content-Type"]) == (404, "application/json")
    assert Upload.objects.get().received == 0


@pytest.mark.parametrize("method", ["post", "head", "options"])
def test_other_methods_are_refused(form, url, method):
    answer = getattr(form.client, method)(url)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, PUT, DELETE")


def test_a_full_disk_costs_the_chunk_and_nothing_else(form, url, attachments_folder):
    form.put(url, 0, TEXT[:CHUNK])
    folder = attachments_folder / "uploads"
    folder.rename(attachments_folder / "gone")
    folder.write_text("no folder")
    answer = form.put(url, CHUNK, TEXT[CHUNK : 2 * CHUNK])
    assert (answer.status_code, Upload.objects.get().received) == (503, CHUNK)
    assert answer.json()["message"].startswith("فایل ذخیره نشد.")
    folder.unlink()
    (attachments_folder / "gone").rename(folder)
    assert form.put(url, CHUNK, TEXT[CHUNK:]).json()["state"] == "done"


def test_cancelling_erases_the_chunks_and_an_empty_draft(form, url, django_capture_on_commit_callbacks):
    form.put(url, 0, TEXT[:CHUNK])
    with django_capture_on_commit_callbacks(execute=True):
        answer = form.client.delete(url)
    assert (answer.status_code, answer.json()) == (200, {"state": "gone"})
    assert (Upload.objects.count(), form.writing.owner.drafts.count(), chunk_objects()) == (0, 0, [])
    assert form.put(url, CHUNK, TEXT[CHUNK:]).status_code == 404


def test_a_finished_file_is_removed_and_the_text_stays(form, django_capture_on_commit_callbacks):
    url = form.send("نامه.txt", TEXT).json()["url"]
    form.writing.owner.drafts.update(data={"body": "متن"})
    with django_capture_on_commit_callbacks(execute=True):
        form.client.delete(url)
    assert (Attachment.objects.count(), form.writing.owner.drafts.get().data) == (0, {"body": "متن"})
    assert form.client.get(url).status_code == 404


def test_what_was_sent_meanwhile_stays_with_its_message(picture, sara):
    answer = a_form(sara).client.delete(f"/uploads/{picture.pk}/")
    assert (answer.status_code, Attachment.objects.filter(pk=picture.pk).count()) == (409, 1)
    assert answer.json()["message"] == "این متن پیش‌تر فرستاده شده است. صفحه را دوباره باز کنید."


def test_who_has_signed_in_anew_gets_a_fresh_token_even_for_what_never_began(form):
    answer = form.client.get(f"/uploads/{uuid4()}/")
    assert (answer.status_code, len(answer.json()["csrf"])) == (404, 64)
