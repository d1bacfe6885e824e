"""Uploads and the form they belong to: shown again, sent along, refused while unfinished, gone with the draft."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from autonax_support.files.models import Attachment, Upload
from tests.files import crafting as make
from tests.files.test_upload_chunks import TEXT, chunk_objects
from tests.files.uploading import CHUNK, a_form
from tickets.models import Draft, Message, Refused, Ticket

UNFINISHED = "بارگذاری فایل‌ها هنوز تمام نشده است."


@pytest.fixture
def form(sara):
    return a_form(sara)


@pytest.fixture
def typed(technical):
    return {"subject": "پلاک", "department": technical.pk, "tracking_number": "99010294000040", "body": "متن پیام"}


def names(message) -> list[str]:
    return list(message.attachments.values_list("name", flat=True))


def test_uploaded_files_go_along_with_the_ticket(form, typed):
    form.send("نامه.txt", TEXT)
    answer = form.post(**typed)
    ticket = Ticket.objects.get()
    assert (answer.status_code, answer.url) == (302, f"/inbox/{ticket.pk}/")
    assert names(ticket.messages.get()) == ["نامه.txt"]
    assert Draft.objects.count() == 0


def test_uploaded_and_plain_files_go_together_and_the_same_once(form, typed):
    form.send("نامه.txt", TEXT)
    plain = [SimpleUploadedFile("نامه.txt", TEXT), SimpleUploadedFile("دوم.txt", b"2")]
    form.post(**typed, attachments=plain)
    assert names(Message.objects.get()) == ["نامه.txt", "دوم.txt"]


def test_an_unfinished_upload_stops_the_sending_and_nothing_is_lost(form, typed):
    form.send("دوم.txt", b"2")
    url = form.begun("نامه.txt", len(TEXT))
    form.put(url, 0, TEXT[:CHUNK])
    page = form.post(**typed).content.decode()
    assert (Ticket.objects.count(), page.count(UNFINISHED)) == (0, 1)
    assert "متن پیام</textarea>" in page
    assert "بارگذاری کامل نشد." in page
    assert f'name="remove" value="{url.split("/")[2]}"' in page
    form.put(url, CHUNK, TEXT[CHUNK:])
    assert form.post(**typed).status_code == 302
    assert names(Message.objects.get()) == ["دوم.txt", "نامه.txt"]


def test_a_stalled_upload_is_removed_by_its_tick(form, typed, django_capture_on_commit_callbacks):
    url = form.begun("نامه.txt", len(TEXT))
    form.put(url, 0, TEXT[:CHUNK])
    with django_capture_on_commit_callbacks(execute=True):
        assert form.post(**typed, remove=[url.split("/")[2]]).status_code == 302
    assert (names(Message.objects.get()), Upload.objects.count(), chunk_objects()) == ([], 0, [])


def test_a_refused_upload_stops_nothing_and_goes(form, typed):
    form.send("عکس.png", make.HTML)
    page = form.client.get(f"/tickets/new/?draft={form.key}").content.decode()
    assert "با نوع آن نمی‌خواند" in page
    assert form.post(**typed).status_code == 302
    assert (names(Message.objects.get()), Upload.objects.count()) == ([], 0)


def test_saving_the_draft_is_stopped_by_nothing(form, typed):
    form.begin()
    assert form.post(**typed, save_draft="1").status_code == 302
    assert Draft.objects.get().data["body"] == "متن پیام"


def test_rows_are_there_when_the_form_is_opened_again(form):
    form.send("نامه.txt", TEXT)
    form.begin("ناتمام.txt", 10)
    page = Client()
    page.cookies = form.client.cookies
    shown = page.get("/tickets/new/", follow=True).content.decode()
    assert ">نامه.txt</bdi>" in shown
    assert ">ناتمام.txt</bdi>" in shown


def test_unfinished_uploads_fill_the_places_of_plain_files(form, typed):
    for number in range(4):
        form.begin(f"{number}.txt")
    page = form.post(**typed, attachments=[SimpleUploadedFile(f"{n}.txt", b"x%d" % n) for n in range(2)]).content.decode()
    assert "در هر پیام تا ۵ فایل پیوست می‌شود" in page
    assert Attachment.objects.count() == 1


def test_an_upload_begun_in_the_last_moment_is_not_lost_behind_the_message(sara, ticket):
    form = a_form(sara, "reply", ticket)
    form.begin()
    with pytest.raises(Refused, match=UNFINISHED):
        ticket.reply(by=sara, at=ticket.filed_at, body="متن", key=form.key, draft=Draft.objects.get(key=form.key))
    assert (Message.objects.filter(kind="reply").count(), Upload.objects.count()) == (0, 1)


def test_discarding_the_draft_takes_its_uploads(form, django_capture_on_commit_callbacks):
    form.put(form.begun("نامه.txt", len(TEXT)), 0, TEXT[:CHUNK])
    with django_capture_on_commit_callbacks(execute=True):
        form.client.post(f"/drafts/{form.key}/", {"discard": "1"})
    assert (Draft.objects.count(), Upload.objects.count(), chunk_objects()) == (0, 0, [])


def test_a_draft_sent_meanwhile_takes_no_more_chunks(form, typed):
    url = form.begun("نامه.txt", len(TEXT))
    form.post(**typed, remove=[url.split("/")[2]])
    answer = form.put(url, 0, TEXT[:CHUNK])
    assert (answer.status_code, answer.json()["message"]) == (404, "این فایل دیگر اینجا نیست. صفحه را دوباره باز کنید.")


def test_an_empty_reply_with_an_uploaded_file_is_sent(sara, ticket):
    form = a_form(sara, "reply", ticket)
    form.send("مدرک.png", make.picture())
    assert form.post(f"/inbox/{ticket.pk}/reply/", body="").status_code == 302
    assert names(ticket.messages.get(kind="reply")) == ["مدرک.png"]


def test_omids_answer_takes_its_upload_along_and_stops_for_an_unfinished_one(omid, ticket):
    form = a_form(omid, "answer", ticket)
    form.send("راهنما.pdf", make.PDF)
    late = form.begin().json()["id"]
    address, said = f"/admin/tickets/ticket/{ticket.pk}/change/", {"body": "پاسخ", "kind": "answer", "then": "stay"}
    assert UNFINISHED in form.post(address, **said).content.decode()
    assert form.post(address, **said, remove=[late]).status_code == 302
    assert names(ticket.messages.get(kind="answer")) == ["راهنما.pdf"]


def test_rows_of_another_form_are_not_shown(form, sara, ticket):
    form.begin("ناتمام.txt", 10)
    assert "ناتمام.txt" not in form.client.get(f"/inbox/{ticket.pk}/").content.decode()
    assert a_form(sara, key=uuid4()).client.get("/inbox/").status_code == 200
