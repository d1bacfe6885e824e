"""The same key a second time: nothing is done twice, and nothing that is new in it is lost."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.tickets.test_new import PNG
from tickets.drafts import begin
from tickets.models import Draft, Event, Message, Ticket


@pytest.fixture
def reply_form(a_ticket, sara):
    ticket = a_ticket()
    writing = begin(sara, Draft.Kind.REPLY, ticket)
    return ticket, {"submission_key": str(writing.key), "draft_token": writing.token}


def test_a_reply_sent_again_with_more_text_keeps_the_new_text_as_a_draft(at_home, sara, reply_form):
    ticket, keys = reply_form
    client = at_home(sara)
    client.post(f"/inbox/{ticket.pk}/reply/", {"body": "سلام", **keys})
    response = client.post(f"/inbox/{ticket.pk}/reply/", {"body": "سلام. یک نکته دیگر", **keys}, follow=True)
    assert list(Message.objects.filter(kind="reply").values_list("body", flat=True)) == ["سلام"]
    draft = Draft.objects.get()
    assert (draft.data["body"], str(draft.key) == keys["submission_key"]) == ("سلام. یک نکته دیگر", False)
    page = response.content.decode()
    assert "پیش‌تر با متن دیگری ثبت شده است" in page
    assert "یک نکته دیگر" in page


def test_the_same_reply_again_with_a_new_file_keeps_the_file(at_home, sara, reply_form):
    ticket, keys = reply_form
    client = at_home(sara)
    client.post(f"/inbox/{ticket.pk}/reply/", {"body": "سلام", **keys})
    client.post(f"/inbox/{ticket.pk}/reply/", {"body": "سلام", "attachments": SimpleUploadedFile("خطا.png", PNG), **keys})
    assert [file.name for file in Draft.objects.get().attachments.all()] == ["خطا.png"]


def test_the_same_reply_with_the_same_file_again_is_the_same_reply(at_home, sara, reply_form):
    ticket, keys = reply_form
    client = at_home(sara)
    for _ in range(2):
        client.post(f"/inbox/{ticket.pk}/reply/", {"body": "سلام", "attachments": SimpleUploadedFile("خطا.png", PNG), **keys})
    assert (Draft.objects.count(), Message.objects.get(kind="reply").attachments.count()) == (0, 1)


def test_two_tabs_with_one_draft_file_two_tickets_without_losing_a_word(at_home, sara, technical):
    writing = begin(sara, Draft.Kind.FILING)
    keys = {"submission_key": str(writing.key), "draft_token": writing.token}
    typed = {"department": technical.pk, "tracking_number": "99010294000040", **keys}
    client = at_home(sara)
    client.post("/tickets/new/", typed | {"subject": "موضوع ب", "body": "متن ب"})
    response = client.post("/tickets/new/", typed | {"subject": "موضوع الف", "body": "متن الف"}, follow=True)
    assert "متن الف" in response.content.decode()
    assert (Ticket.objects.get().subject, Draft.objects.get().data["subject"]) == ("موضوع ب", "موضوع الف")


@pytest.mark.parametrize(("name", "typed_again"), [("tracking_number", "99010447000041"), ("national_id", "8353199300")])
def test_a_number_mended_after_the_line_dropped_is_kept_as_a_draft(at_home, sara, technical, name, typed_again):
    writing = begin(sara, Draft.Kind.FILING)
    typed = {"subject": "پلاک", "department": technical.pk, "tracking_number": "۹۹۰۱۰۲۹۴۰۰۰۰۴۰", "national_id": "۸۵۲۰۳۴۲۲۷۲", "body": "متن"}
    typed |= {"submission_key": str(writing.key), "draft_token": writing.token}
    client = at_home(sara)
    client.post("/tickets/new/", typed)
    client.post("/tickets/new/", typed)
    assert Draft.objects.count() == 0
    client.post("/tickets/new/", typed | {name: typed_again})
    assert (Ticket.objects.count(), Draft.objects.get().data[name]) == (1, typed_again)


def test_going_back_to_a_form_that_was_sent_leads_to_its_ticket(at_home, sara, technical):
    client = at_home(sara)
    page = client.get("/tickets/new/", follow=True)
    address = page.redirect_chain[-1][0]
    key = uuid.UUID(address.split("draft=")[1])
    a_key = {"submission_key": str(key), "draft_token": begin(sara, Draft.Kind.FILING, key=key).token}
    client.post("/tickets/new/", {"subject": "پلاک", "department": technical.pk, "no_case": "1", "body": "متن", **a_key})
    assert client.get(address).url == f"/inbox/{Ticket.objects.get().pk}/"


def test_a_form_under_a_key_of_neda_gets_a_key_of_its_own(at_home, sara, neda, technical):
    key = uuid.uuid4()
    Ticket.file(by=neda, at=timezone.now(), subject="پلاک", department=technical, body="متن", case=a_case(), key=key)
    response = at_home(sara).get(f"/tickets/new/?draft={key}", follow=True)
    assert response.context["writing"].key != key
    assert response.redirect_chain[-1][0] == f"/tickets/new/?draft={response.context['writing'].key}"


def test_who_signs_in_after_sara_writes_under_a_key_of_her_own(client, sara, neda, technical):
    writing = begin(sara, Draft.Kind.FILING)
    kept = {"subject": "موضوع سارا", "body": "متن سارا", "draft_token": writing.token}
    onward = client.post("/tickets/new/", kept).url
    address = client.post(onward, {"username": "neda", "password": "demo-1405"}).url
    page = client.get(address, follow=True)
    assert "متن سارا" not in page.content.decode()
    keys = {"submission_key": str(page.context["writing"].key), "draft_token": page.context["writing"].token}
    typed = {"subject": "موضوع ندا", "department": technical.pk, "no_case": "1", "body": "متن ندا", **keys}
    assert client.post("/tickets/new/", typed).status_code == 302
    assert (Ticket.objects.get().filed_by, Draft.objects.get().owner) == (neda, sara)


def a_case():
    from tickets.verbs.filing import Case

    return Case("99010294000040")


def test_answer_and_close_pressed_twice_is_one_answer_and_one_closing(at_home, a_ticket, omid):
    ticket = a_ticket()
    writing = begin(omid, Draft.Kind.ANSWER, ticket)
    typed = {"body": "حل شد", "kind": "answer", "then": "close", "submission_key": str(writing.key), "draft_token": writing.token}
    client = at_home(omid)
    for _ in range(2):
        assert client.post(f"/admin/tickets/ticket/{ticket.pk}/change/", typed).status_code == 302
    assert (Event.objects.filter(verb="answer").count(), Event.objects.filter(verb="close").count()) == (1, 1)


@pytest.mark.parametrize("verb", ["assign", "prioritise", "develop"])
def test_pressing_a_verb_twice_is_one_event(a_ticket, omid, sina, verb):
    ticket, at = a_ticket(), timezone.now()
    arguments = {
        "assign": {"to": sina},
        "prioritise": {"priority": "urgent"},
        "develop": {"promised": timezone.localdate(), "reason": "دلیل"},
    }
    for _ in range(2):
        getattr(ticket, verb)(by=omid, at=at, **arguments[verb])
    assert Event.objects.filter(verb=verb).count() == 1
    assert Message.objects.filter(kind="reason").count() == (verb == "develop")
