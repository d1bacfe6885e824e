"""A file is announced: whose form, which name, how large. What can be refused now is refused before a byte is sent."""

from uuid import uuid4

import pytest
from django.core import signing
from django.test import Client

from autonax_support.files.models import Attachment, Upload
from tests.files import crafting as make
from tests.files.conftest import a_draft, kept
from tests.files.uploading import a_form
from tickets.claims import SALT
from tickets.models import Draft

LEFT_BEHIND = "در پیش‌نویس‌های شما فایل‌های زیادی مانده است. پیش‌نویس‌هایی را که نمی‌خواهید دور بریزید و دوباره پیوست کنید."
TOO_MANY = "در هر پیام تا ۵ فایل پیوست می‌شود. یکی را حذف کنید یا بقیه را در پیام بعدی بفرستید."


def test_sara_begins_and_her_form_has_a_draft(sara):
    form = a_form(sara)
    answer = form.begin("کارت ملی.jpg", 5000)
    upload = Upload.objects.get()
    said = answer.json()
    assert answer.status_code == 201
    assert (said["id"], said["url"], said["state"], said["received"], said["chunk"]) == (
        str(upload.pk), f"/uploads/{upload.pk}/", "receiving", 0, 262_144,
    )  # fmt: skip
    assert (upload.owner, upload.draft, upload.name, upload.size) == (sara, Draft.objects.get(key=form.key), "کارت ملی.jpg", 5000)
    assert (upload.draft.owner, upload.draft.kind, upload.draft.data) == (sara, "filing", {})


def test_the_draft_that_is_there_is_used(sara, ticket):
    form = a_form(sara, "reply", ticket)
    Draft.objects.create(key=form.key, owner=sara, kind="reply", ticket=ticket, data={"body": "متن"}, updated_at="2026-11-23T10:30Z")
    form.begin()
    assert (Draft.objects.get(key=form.key).data, Draft.objects.filter(kind="reply").count()) == ({"body": "متن"}, 1)


def test_who_leaves_files_in_a_hundred_forms_sends_or_discards_some_first(sara, neda, monkeypatch):
    monkeypatch.setattr("tickets.uploads.UNSENT_FILES_MAX", 3)
    monkeypatch.setattr("tickets.writing.UNSENT_FILES_MAX", 3)
    kept(a_draft(sara, "filing"))
    kept(a_draft(neda, "filing"))
    forms = [a_form(sara) for _ in range(3)]
    assert [form.begin().status_code for form in forms] == [201, 201, 422]
    assert forms[2].begin().json() == {"message": LEFT_BEHIND}
    forms[2].post(body="متن", attachments=make.upload("نامه.txt", b"text"), save_draft="1")
    page = forms[2].client.get(f"/tickets/new/?draft={forms[2].key}").content.decode()
    assert (LEFT_BEHIND in page, Draft.objects.get(key=forms[2].key).data["body"]) == (True, "متن")
    Upload.objects.filter(draft__key=forms[0].key).update(state="refused")
    assert forms[2].begin().status_code == 201


def test_half_spaces_of_a_name_survive_and_a_path_does_not(sara):
    form = a_form(sara)
    assert form.begin(".txt").json()["name"] == "فایل.txt"
    assert form.begin("C:\\مدارک\\پیش‌نویس‌ها\u202e.pdf").json()["name"] == "پیش‌نویس‌ها.pdf"


def test_the_same_id_again_is_the_same_upload(sara):
    form, mine = a_form(sara), str(uuid4())
    answers = [form.begin(id=mine).json()["id"] for _ in range(2)]
    assert (answers, Upload.objects.count()) == ([mine, mine], 1)


def test_the_same_id_again_after_the_file_has_arrived_is_that_file(sara):
    """As when the first request of the two was late."""
    form, mine = a_form(sara), str(uuid4())
    form.put(form.begin(size=4, id=mine).json()["url"], 0, b"text")
    again = form.begin(size=4, id=mine).json()
    assert (again["state"], again["id"], Upload.objects.count(), Attachment.objects.count()) == ("done", mine, 0, 1)


def test_an_id_of_a_file_of_somebody_else_is_not_found(sara, neda):
    theirs = kept(a_draft(sara))
    answer = a_form(neda).begin(id=str(theirs.pk))
    assert (answer.status_code, Upload.objects.count(), Draft.objects.filter(owner=neda).count()) == (404, 0, 0)


def test_an_id_of_somebody_else_is_not_found(sara, neda):
    mine = a_form(sara).begin().json()["id"]
    answer = a_form(neda).begin(id=mine)
    assert (answer.status_code, Upload.objects.count(), Draft.objects.filter(owner=neda).count()) == (404, 1, 0)


@pytest.mark.parametrize(
    ("name", "size", "sentence"),
    [
        ("فیلم.mp4", 10, "فایل «\u2068فیلم.mp4\u2069» پذیرفته نمی‌شود."),
        ("IMG.HEIC", 10, "با قالب \u2068HEIC\u2069 گوشی ذخیره شده است"),
        ("فرم.docm", 10, "گذرواژه یا ماکرو دارد"),
        ("نامه.txt", 0, "خالی است"),
        ("نامه.txt", 10 * 1024 * 1024 + 1, "فایل «\u2068نامه.txt\u2069» ۱۰٫۱ مگابایت است"),
        ("نامه.txt", "9" * 40, "هر فایل تا ۱۰ مگابایت پذیرفته می‌شود"),
        ("", 10, "پذیرفته نمی‌شود"),
    ],
)
def test_what_is_refusable_is_refused_at_once_and_leaves_nothing(sara, name, size, sentence):
    answer = a_form(sara).begin(name, size)
    assert answer.status_code == 422
    assert sentence in answer.json()["message"]
    assert (Upload.objects.count(), Draft.objects.count()) == (0, 0)


@pytest.mark.parametrize("size", ["-1", "NaN", "1e3", "", "۱۲", "1.5", " 5", "0x10", "[]"])
def test_a_size_that_is_no_number_is_refused(sara, size):
    answer = a_form(sara).begin(size=size)
    assert (answer.status_code, answer.json()["message"]) == (400, "بارگذاری کامل نشد. فایل را دوباره انتخاب کنید.")
    assert Upload.objects.count() == 0


def test_missing_fields_are_refused(sara):
    form = a_form(sara)
    assert form.client.post("/uploads/", {"draft_token": form.writing.token}).status_code == 400
    assert form.client.post("/uploads/").status_code == 404


def test_files_and_unfinished_uploads_fill_the_draft(sara):
    form = a_form(sara)
    for number in range(3):
        form.begin(f"{number}.txt")
    draft = Draft.objects.get()
    kept(draft, "a.txt", b"a")
    kept(draft, "b.txt", b"b")
    answer = form.begin("6.txt")
    assert (answer.status_code, answer.json()["message"], Upload.objects.count()) == (422, TOO_MANY, 3)


def test_another_persons_token_is_not_found(sara, neda):
    answer = a_form(sara, by=neda).begin()
    assert (answer.status_code, answer["Content-Type"], Upload.objects.count()) == (404, "application/json", 0)


@pytest.mark.parametrize("token", ["", "x", "a:b:c"])
def test_a_forged_token_is_not_found(sara, token):
    assert a_form(sara).begin(draft_token=token).status_code == 404


def test_a_token_of_another_key_owner_is_not_found(sara, neda):
    theirs = a_draft(neda)
    answer = a_form(sara, key=theirs.key).begin()
    assert (answer.status_code, Upload.objects.count()) == (404, 0)


def test_a_ticket_out_of_sight_is_not_found(neda, ticket):
    answer = a_form(neda, "reply", ticket).begin()
    assert (answer.status_code, Draft.objects.filter(owner=neda).count()) == (404, 0)


def test_a_form_that_was_sent_takes_no_more(sara, ticket):
    key = ticket.messages.get().submission_key or uuid4()
    ticket.messages.update(submission_key=key)
    answer = a_form(sara, key=key).begin()
    assert (answer.status_code, Draft.objects.count()) == (409, 0)
    assert answer.json()["message"] == "این متن پیش‌تر فرستاده شده است. صفحه را دوباره باز کنید."


def test_a_token_of_another_shape_is_not_found(sara):
    assert a_form(sara).begin(draft_token=signing.dumps(["x"], salt=SALT)).status_code == 404


@pytest.mark.parametrize("method", ["get", "put", "delete", "head"])
def test_only_post_begins(sara, method):
    answer = getattr(a_form(sara).client, method)("/uploads/")
    assert (answer.status_code, answer["Allow"]) == (405, "POST")


def test_nobody_begins_without_a_sign_in_or_the_forms_own_page(sara):
    assert Client().post("/uploads/").status_code in (302, 401)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sara)
    assert strict.post("/uploads/", {"draft_token": a_form(sara).writing.token, "name": "a.txt", "size": 1}).status_code == 403
    assert Upload.objects.count() == 0


def test_omid_begins_in_his_answer_box(omid, ticket):
    form = a_form(omid, "answer", ticket)
    assert form.send("راهنما.pdf", make.PDF).json()["state"] == "done"
    assert Attachment.objects.get(draft__key=form.key).name == "راهنما.pdf"
