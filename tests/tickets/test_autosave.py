"""What scripts save while a person writes: POST /drafts/<key>/ with the token of the form, answered in JSON."""

import re

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone

from autonax_support.files.models import Upload
from tests.tickets.test_rescue import keys_of
from tickets.drafts import begin
from tickets.models import Draft, Message, Ticket

JSON = {"HTTP_ACCEPT": "application/json"}


def form_of(writing, **words) -> dict:
    """What a page with this writing sends."""
    keys = {"submission_key": writing.key, "draft_token": writing.token, "draft_version": writing.version, "draft_page": writing.page}
    return {name: str(value) for name, value in (keys | words).items()}


def autosave(client, form: dict, **extra):
    return client.post(f"/drafts/{form['submission_key']}/", form, **JSON, **extra)


@pytest.fixture
def typed(sara) -> dict:
    return form_of(begin(sara, Draft.Kind.FILING), subject="پلاک", body="نیم ساعت نوشتن")


def test_a_clerks_form_is_saved_and_found_again(at_home, sara, typed):
    answer = autosave(at_home(sara), typed)
    draft = Draft.objects.get()
    assert (answer.status_code, answer.json()["version"], str(draft.key)) == (200, draft.version, typed["submission_key"])
    assert re.fullmatch("پیش‌نویس ذخیره شد، ساعت [۰-۹]{1,2}:[۰-۹]{2}", answer.json()["message"])
    page = at_home(sara).get("/tickets/new/", follow=True).content.decode()
    assert ("نیم ساعت نوشتن" in page, f'name="draft_version" value="{draft.version}"' in page) == (True, True)


def test_an_experts_answer_is_saved_at_the_same_address(at_home, a_ticket, omid):
    ticket = a_ticket()
    form = form_of(begin(omid, Draft.Kind.ANSWER, ticket), body="در حال بررسی", kind="note")
    assert autosave(at_home(omid), form).status_code == 200
    draft = Draft.objects.get()
    assert (draft.owner, draft.ticket, draft.data) == (omid, ticket, {"body": "در حال بررسی", "kind": "note"})


def test_an_empty_form_leaves_no_draft_and_an_emptied_one_takes_it_away(at_home, sara, technical, typed):
    client = at_home(sara)
    empty = typed | {"subject": "", "body": "", "department": technical.pk}
    assert autosave(client, empty).json() == {"version": 0, "message": ""}
    assert Draft.objects.count() == 0
    autosave(client, typed)
    assert autosave(client, empty).json() == {"version": 0, "message": ""}
    assert Draft.objects.count() == 0


def test_another_key_than_the_tokens_saves_nothing(at_home, sara, typed):
    other = begin(sara, Draft.Kind.FILING).key
    answer = at_home(sara).post(f"/drafts/{other}/", typed, **JSON)
    assert (answer.status_code, "کپی کنید" in answer.json()["message"], Draft.objects.count()) == (404, True, 0)


def test_a_ticket_that_went_out_of_sight_is_told_to_a_clerk(at_home, a_ticket, sara, office_b):
    form = form_of(begin(sara, Draft.Kind.REPLY, a_ticket()), body="پاسخ")
    sara.office = office_b
    sara.save()
    assert (autosave(at_home(sara), form).status_code, Draft.objects.count()) == (404, 0)


def test_an_expert_whose_ticket_was_transferred_meanwhile_goes_on_saving(at_home, a_ticket, omid, training):
    ticket = a_ticket()
    form = form_of(begin(omid, Draft.Kind.ANSWER, ticket), body="نیمه‌کاره")
    ticket.transfer(by=omid, at=timezone.now(), to=training, reason="آموزشی است")
    assert (autosave(at_home(omid), form).status_code, Draft.objects.get().data["body"]) == (200, "نیمه‌کاره")


def test_without_a_session_the_text_is_saved_and_the_script_learns_where_to_sign_in(client, sara, typed):
    answer = autosave(client, typed)
    said = answer.json()
    assert (answer.status_code, said["saved"], Draft.objects.get().owner) == (401, True, sara)
    assert said["signin"] == f"/accounts/login/?next=/tickets/new/%3Fdraft%3D{typed['submission_key']}&saved=1"
    assert said["message"].startswith("زمان نشست شما تمام شد. آنچه نوشته بودید ذخیره شده است")


def test_the_promise_is_made_only_when_it_is_true(client, typed):
    said = autosave(client, typed | {"draft_token": "forged"}).json()
    assert (said["saved"], said["message"]) == (False, "زمان نشست شما تمام شد. دوباره وارد شوید.")


def test_typing_on_after_the_session_is_one_draft_with_the_newest_text(client, typed):
    for text in ("نیم", "نیم ساعت", "نیم ساعت نوشتن و بیشتر"):
        autosave(client, typed | {"body": text})
    assert Draft.objects.get().data["body"] == "نیم ساعت نوشتن و بیشتر"


def test_a_failed_csrf_check_saves_the_text_and_says_so(sara, typed):
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(sara)
    answer = autosave(strict, typed)
    assert (answer.status_code, answer.json()["saved"]) == (403, True)
    assert answer.json()["address"] == Draft.objects.get().get_absolute_url()


def test_on_a_shared_pc_the_text_is_saved_for_its_owner(at_home, sara, reza, typed):
    answer = autosave(at_home(reza), typed)
    assert (answer.status_code, answer.json()["saved"], "theirs" in answer.json()) == (409, True, False)
    assert Draft.objects.get().owner == sara


def test_what_was_sent_is_not_saved_again_but_new_words_get_a_key_of_their_own(at_home, a_ticket, sara):
    ticket, client = a_ticket(), at_home(sara)
    form = form_of(begin(sara, Draft.Kind.REPLY, ticket), body="سلام")
    client.post(f"/inbox/{ticket.pk}/reply/", form)
    assert (autosave(client, form).json(), Draft.objects.count()) == ({"version": 0, "message": ""}, 0)
    answer = autosave(client, form | {"body": "سلام، یک چیز دیگر"})
    assert (answer.status_code, Draft.objects.count()) == (409, 0)
    fields = {name: str(value) for name, value in answer.json()["fields"].items()}
    assert answer.json()["address"] == f"/drafts/{fields['submission_key']}/"
    assert autosave(client, form | fields | {"body": "سلام، یک چیز دیگر"}).status_code == 200
    assert (Draft.objects.get().data["body"], Message.objects.filter(kind="reply").count()) == ("سلام، یک چیز دیگر", 1)


def test_what_a_page_leaves_behind_is_answered_with_nothing(at_home, sara, typed):
    answer = at_home(sara).post(f"/drafts/{typed['submission_key']}/", typed | {"save_draft": "quiet"})
    assert (answer.status_code, answer.content, Draft.objects.get().data["subject"]) == (204, b"", "پلاک")


@pytest.mark.parametrize("state", ["receiving", "refused"])
def test_a_draft_with_a_file_on_its_way_is_listed_and_thrown_away(at_home, sara, state, django_capture_on_commit_callbacks):
    draft = Draft.objects.create(owner=sara, kind="filing", data={"body": "متن"}, updated_at=timezone.now())
    chunk = storages["attachments"].save("ab/chunk", ContentFile(b"12345"))
    now = {"created_at": timezone.now(), "updated_at": timezone.now()}
    Upload.objects.create(owner=sara, draft=draft, name="سند.pdf", size=10, received=5, chunks=[[chunk, 5]], state=state, **now)
    assert "۱ فایل" in at_home(sara).get("/drafts/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        at_home(sara).post(f"/drafts/{draft.key}/", {"discard": "1"})
    assert (Draft.objects.count(), Upload.objects.count(), storages["attachments"].exists(chunk)) == (0, 0, False)


def test_an_emptied_form_keeps_the_draft_on_which_a_file_is_still_on_its_way(at_home, sara, typed):
    autosave(at_home(sara), typed)
    now = {"created_at": timezone.now(), "updated_at": timezone.now()}
    Upload.objects.create(owner=sara, draft=Draft.objects.get(), name="سند.pdf", size=10, **now)
    autosave(at_home(sara), typed | {"subject": "", "body": ""})
    assert (Draft.objects.get().data, Upload.objects.count()) == ({}, 1)


def test_the_key_of_neda_opens_nothing_for_sara(at_home, sara, neda):
    form = form_of(begin(neda, Draft.Kind.FILING), body="متن ندا")
    autosave(at_home(neda), form)
    key = form["submission_key"]
    client = at_home(sara)
    mine = form_of(begin(sara, Draft.Kind.FILING), body="متن سارا")
    assert client.post(f"/drafts/{key}/", mine, **JSON).status_code == 404
    assert (client.get(f"/drafts/{key}/").status_code, Draft.objects.get().data["body"]) == (404, "متن ندا")


def test_an_autosaved_form_is_filed_once_and_its_draft_is_gone(at_home, sara, technical):
    client = at_home(sara)
    keys = keys_of(client.get("/tickets/new/", follow=True))
    words = {"subject": "پلاک", "department": str(technical.pk), "no_case": "on", "body": "متن"}
    autosave(client, words | keys)
    assert client.post("/tickets/new/", words | keys).status_code == 302
    assert (Ticket.objects.get().subject, Draft.objects.count()) == ("پلاک", 0)
