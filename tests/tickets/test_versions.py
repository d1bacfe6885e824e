"""One draft in two pages: nobody's words go over another page's unasked, and a page never quarrels with itself."""

import random

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.tickets.test_autosave import autosave, form_of
from tests.tickets.test_exactly_once import at_once
from tests.tickets.test_new import PNG
from tickets.drafts import begin
from tickets.models import Draft, Message, Ticket
from tickets.pages import new_page

OTHER_PAGE = "این پیش‌نویس در صفحه دیگری هم باز است و آنجا تغییر کرده است."


def turn(form: dict, number: int) -> dict:
    return form | {"draft_page": f"{form['draft_page'][:24]}{number:012x}"}


def bodies() -> list[str]:
    return sorted(draft.data.get("body", "") for draft in Draft.objects.all())


@pytest.fixture
def ticket(a_ticket) -> Ticket:
    return a_ticket()


@pytest.fixture
def pages(at_home, ticket, sara) -> tuple[dict, dict]:
    """Two pages that show the same draft of Sara's; the second has been saved since."""
    autosave(at_home(sara), form_of(begin(sara, Draft.Kind.REPLY, ticket), body="یک"))
    first, second = (form_of(begin(sara, Draft.Kind.REPLY, ticket)) for _ in range(2))
    autosave(at_home(sara), second | {"body": "دو"})
    return first | {"body": "سه"}, second | {"body": "دو"}


def test_a_script_is_told_what_the_other_page_says(client, pages):
    """What it wrote itself is kept meanwhile, in a draft of its page alone, however often it comes."""
    answers = [autosave(client, pages[0] | {"body": words}) for words in ("سه", "سه و بیشتر")]
    told = {"message": OTHER_PAGE, "version": Draft.objects.get(data={"body": "دو"}).version, "theirs": {"body": "دو"}}
    assert [(answer.status_code, answer.json()) for answer in answers] == [(409, told)] * 2
    assert sorted(bodies()) == sorted(["دو", "سه و بیشتر"])


def test_keeping_ones_own_is_saving_over_the_version_one_was_told(client, pages):
    version = autosave(client, pages[0]).json()["version"]
    assert autosave(client, pages[0] | {"draft_version": version}).status_code == 200
    assert bodies() == ["سه"]
    assert autosave(client, pages[1] | {"body": "چهار"}).status_code == 409


def test_the_same_words_are_no_conflict(client, pages):
    assert (autosave(client, pages[0] | {"body": "دو"}).status_code, bodies()) == (200, ["دو"])


def test_a_page_whose_answer_was_lost_saves_on(client, pages):
    for words in ("پنج", "شش"):
        assert autosave(client, pages[1] | {"body": words}).status_code == 200
    assert bodies() == ["شش"]


def test_an_older_save_that_comes_late_changes_nothing(client, pages):
    autosave(client, turn(pages[1], 7) | {"body": "هفتم"})
    assert (autosave(client, turn(pages[1], 6) | {"body": "ششم"}).status_code, bodies()) == (200, ["هفتم"])
    autosave(client, turn(pages[1], 8) | {"body": "هشتم"})
    assert bodies() == ["هشتم"]


@pytest.mark.parametrize("missing", [("draft_version",), ("draft_version", "draft_page"), ("draft_page", "draft_version", "draft_token")])
def test_a_form_that_does_not_say_what_it_saw_is_stored_as_ever(client, ticket, pages, missing):
    old = {name: value for name, value in pages[0].items() if name not in missing} | {"save_draft": "1"}
    assert client.post(f"/inbox/{ticket.pk}/reply/", old).status_code == 302
    assert bodies() == ["سه"]


@pytest.mark.parametrize("rubbish", ["-1", "۷", "x", "9" * 30, ""])
def test_rubbish_in_the_fields_is_no_error(client, pages, rubbish):
    assert autosave(client, pages[0] | {"draft_version": rubbish, "draft_page": rubbish}).status_code == 200
    assert autosave(client, pages[0] | {"draft_over": rubbish, "draft_page": rubbish}).status_code in (200, 409)


@pytest.mark.parametrize("button", [{"save_draft": "1"}, {}])
def test_without_a_script_the_form_comes_back_with_both_ways(client, ticket, pages, button):
    answer = client.post(f"/inbox/{ticket.pk}/reply/", pages[0] | button)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert (OTHER_PAGE in page, ">\nسه</textarea>" in page, "آوردن متن آن صفحه" in page) == (True, True, True)
    assert (bodies(), Message.objects.filter(kind="reply").count()) == (["دو"], 0)
    over = str(Draft.objects.get().version)
    assert f'name="draft_over" value="{over}"' in page
    assert client.post(f"/inbox/{ticket.pk}/reply/", pages[0] | {"draft_over": over}).status_code == 302
    assert (Message.objects.filter(kind="reply").get().body, Draft.objects.count()) == ("سه", 0)


def test_the_file_of_a_send_that_was_held_back_is_kept(client, ticket, pages):
    client.post(f"/inbox/{ticket.pk}/reply/", pages[0] | {"attachments": SimpleUploadedFile("خطا.png", PNG)})
    draft = Draft.objects.get()
    assert (draft.data["body"], [file.name for file in draft.attachments.all()]) == ("دو", ["خطا.png"])


def test_the_filing_form_asks_as_well(at_home, sara, technical):
    client = at_home(sara)
    autosave(client, form_of(begin(sara, Draft.Kind.FILING), body="یک"))
    first, second = (form_of(begin(sara, Draft.Kind.FILING)) for _ in range(2))
    autosave(client, second | {"body": "دو"})
    filed = {"subject": "پلاک", "department": technical.pk, "no_case": "on", "body": "سه"}
    answer = client.post("/tickets/new/", first | filed)
    assert (answer.status_code, OTHER_PAGE in answer.content.decode(), Ticket.objects.count()) == (409, True, 0)
    assert client.post("/tickets/new/", first | filed | {"draft_over": Draft.objects.get().version}).status_code == 302
    assert (Ticket.objects.count(), Draft.objects.count()) == (1, 0)


def test_the_answer_box_asks_as_well(at_home, ticket, omid):
    client, address = at_home(omid), f"/admin/tickets/ticket/{ticket.pk}/change/"
    autosave(client, form_of(begin(omid, Draft.Kind.ANSWER, ticket), body="یک", kind="answer"))
    first, second = (form_of(begin(omid, Draft.Kind.ANSWER, ticket), kind="answer") for _ in range(2))
    autosave(client, second | {"body": "دو"})
    answer = client.post(address, first | {"body": "سه", "then": "stay"})
    assert (answer.status_code, OTHER_PAGE in answer.content.decode(), "سه</textarea>" in answer.content.decode()) == (409, True, True)
    assert Message.objects.filter(kind="answer").count() == 0
    client.post(address, first | {"body": "سه", "then": "stay", "draft_over": Draft.objects.get().version})
    assert Message.objects.get(kind="answer").body == "سه"


def test_what_a_stale_page_leaves_behind_is_one_draft_of_its_own(client, pages):
    for words in ("سه", "سه و نیم"):
        client.post(f"/drafts/{pages[0]['submission_key']}/", pages[0] | {"body": words, "save_draft": "quiet"})
    assert bodies() == ["دو", "سه و نیم"]
    client.post(f"/drafts/{pages[0]['submission_key']}/", pages[0] | {"body": "", "save_draft": "quiet"})
    assert bodies() == ["دو", "سه و نیم"]


def test_a_stale_page_whose_session_is_gone_overwrites_nothing(client, ticket, pages, sara):
    client.logout()
    answer = client.post(f"/inbox/{ticket.pk}/reply/", pages[0])
    own = Draft.objects.exclude(key=pages[0]["submission_key"]).get()
    assert (bodies(), own.owner, str(own.key) in answer.url) == (["دو", "سه"], sara, True)


def test_a_draft_of_its_own_that_was_changed_since_is_not_overwritten_either(client, pages, sara, ticket):
    leave = pages[0] | {"save_draft": "quiet"}
    client.post(f"/drafts/{leave['submission_key']}/", leave)
    own = Draft.objects.exclude(key=leave["submission_key"]).get()
    opened = form_of(begin(sara, Draft.Kind.REPLY, ticket, key=own.key), body="بازنویسی")
    autosave(client, opened)
    client.post(f"/drafts/{leave['submission_key']}/", leave)
    assert bodies() == sorted(["دو", "سه", "بازنویسی"])


def test_a_transferred_ticket_and_a_stale_page_at_once_lose_nothing(at_home, ticket, omid, training):
    client = at_home(omid)
    autosave(client, form_of(begin(omid, Draft.Kind.ANSWER, ticket), body="یک"))
    first, second = (form_of(begin(omid, Draft.Kind.ANSWER, ticket)) for _ in range(2))
    autosave(client, second | {"body": "دو"})
    ticket.transfer(by=omid, at=Draft.objects.get().updated_at, to=training, reason="آموزشی است")
    assert client.post(f"/admin/tickets/ticket/{ticket.pk}/change/", first | {"body": "سه"}).status_code == 409
    assert bodies() == ["دو", "سه"]


@pytest.mark.django_db(transaction=True)
def test_of_eight_pages_saving_at_once_one_is_stored_and_seven_are_asked(sara, ticket):
    browser = Client()
    browser.force_login(sara)
    autosave(browser, form_of(begin(sara, Draft.Kind.REPLY, ticket), body="پیش از همه"))
    shown = form_of(begin(sara, Draft.Kind.REPLY, ticket))

    def save(number: int) -> tuple[int, str]:
        client = Client()
        client.cookies = browser.cookies
        form = shown | {"draft_page": str(new_page()), "body": f"صفحه {number}"}
        return autosave(client, form).status_code, form["body"]

    answers = at_once(save, range(8))
    stored = [words for status, words in answers if status == 200]
    assert (sorted(status for status, _ in answers), len(stored)) == ([200] + [409] * 7, 1)
    assert (Draft.objects.get(key=shown["submission_key"]).data["body"], sorted(bodies())) == (
        stored[0],
        sorted(words for _, words in answers),
    )


@pytest.mark.django_db(transaction=True)
def test_of_eight_saves_of_one_page_in_any_order_the_last_one_typed_stays(sara, ticket):
    browser = Client()
    browser.force_login(sara)
    shown = form_of(begin(sara, Draft.Kind.REPLY, ticket))

    def save(number: int) -> int:
        client = Client()
        client.cookies = browser.cookies
        return autosave(client, turn(shown, number) | {"body": f"حرف {number}"}).status_code

    turns = random.Random(7).sample(range(1, 9), 8)
    assert (at_once(save, turns), bodies()) == ([200] * 8, ["حرف 8"])
