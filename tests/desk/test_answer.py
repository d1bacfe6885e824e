from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from autonax_support.files.models import Attachment
from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import QUEUE, address, stored, told
from tickets.models import Draft, Event, Message


def answers(ticket) -> list[str]:
    return list(ticket.messages.filter(kind="answer").values_list("body", flat=True))


@pytest.fixture
def sent(at_desk):
    """A function: this person sends the answer box of this ticket."""

    def send(person, ticket, body="پاسخ کارشناس", **fields):
        return at_desk(
            person, ticket, "change", **({"body": body, "kind": "answer", "then": "stay", "submission_key": str(uuid4())} | fields)
        )

    return send


def test_omid_answers_and_the_ticket_is_his(a_ticket, sent, omid):
    ticket = a_ticket()
    response = sent(omid, ticket)
    assert (response.status_code, response.url) == (302, address(ticket))
    assert answers(ticket) == ["پاسخ کارشناس"]
    assert (stored(ticket).status, stored(ticket).assignee) == ("answered", omid)
    assert told(response) == [f"پاسخ تیکت {to_persian_digits(ticket.pk)} فرستاده شد."]
    assert Event.objects.get(verb="answer").source == "desk"


def test_the_same_form_twice_answers_once(a_ticket, sent, omid):
    ticket, key = a_ticket(), str(uuid4())
    sent(omid, ticket, submission_key=key)
    assert sent(omid, ticket, submission_key=key).status_code == 302
    assert answers(ticket) == ["پاسخ کارشناس"]


def test_answer_and_close(a_ticket, sent, omid):
    ticket = a_ticket()
    response = sent(omid, ticket, then="close")
    assert told(response) == [f"پاسخ تیکت {to_persian_digits(ticket.pk)} فرستاده و تیکت بسته شد."]
    assert (stored(ticket).status, stored(ticket).closed_reason) == ("closed", "guided")
    assert answers(ticket) == ["پاسخ کارشناس"]


def test_answer_and_go_to_the_next(a_ticket, sent, omid):
    ticket, following = a_ticket(), a_ticket()
    assert sent(omid, ticket, then="next").url == address(following)
    last = sent(omid, following, then="next")
    assert last.url == QUEUE
    assert told(last)[-1] == "صف شما خالی است. تیکت‌های بدون کارشناس را ببینید."


def test_the_next_ticket_is_never_a_colleagues(a_ticket, sent, omid, sina):
    ticket = a_ticket()
    a_ticket().assign(by=omid, at=timezone.now(), to=sina)
    assert sent(omid, ticket, then="next").url == QUEUE


def test_files_go_along(a_ticket, sent, omid):
    ticket = a_ticket()
    sent(omid, ticket, body="", attachments=SimpleUploadedFile("راهنما.txt", "سلام".encode()))
    assert Attachment.objects.get().message == ticket.messages.get(kind="answer")


def test_an_empty_box_is_told_in_persian(a_ticket, sent, omid):
    ticket = a_ticket()
    response = sent(omid, ticket, body="  ")
    assert response.context["answer"].errors["body"] == ["متن پاسخ را بنویسید یا فایلی پیوست کنید."]
    assert answers(ticket) == []


def test_a_refused_file_keeps_text_and_good_files(a_ticket, sent, omid):
    ticket = a_ticket()
    files = [SimpleUploadedFile("راهنما.txt", "سلام".encode()), SimpleUploadedFile("x.exe", b"MZ")]
    page = sent(omid, ticket, attachments=files).content.decode()
    assert answers(ticket) == []
    assert "پاسخ کارشناس</textarea>" in page
    assert "راهنما.txt" in page
    assert "پذیرفته نمی‌شود" in page


@pytest.mark.parametrize("fields", [{"kind": "shout"}, {"kind": ""}, {"then": "explode"}, {"body": "پ" * 20_001}])
def test_a_wrong_form_sends_nothing_and_keeps_the_text(a_ticket, sent, omid, fields):
    ticket = a_ticket()
    response = sent(omid, ticket, **fields)
    assert response.status_code == 200
    assert answers(ticket) == []
    assert Draft.objects.get(owner=omid).data["body"] == fields.get("body", "پاسخ کارشناس")


def test_newer_messages_are_shown_before_anything_is_sent(a_ticket, sent, opened, omid, sara):
    ticket = a_ticket()
    seen = opened(omid, ticket).context["seen"]
    ticket.reply(by=sara, at=timezone.now(), body="خودش درست شد")
    response = sent(omid, ticket, seen=seen)
    page = response.content.decode()
    assert answers(ticket) == []
    for words in ("خودش درست شد", "پیش از ارسال شما، تیکت تغییر کرد", "پاسخ کارشناس</textarea>", "با این حال ارسال شود"):
        assert words in page
    sent(omid, ticket, seen=response.context["seen"], submission_key=response.context["writing"].key)
    assert answers(ticket) == ["پاسخ کارشناس"]
    assert Draft.objects.count() == 0


def test_a_ticket_closed_meanwhile_keeps_the_text(a_ticket, sent, omid, sina):
    ticket = a_ticket()
    ticket.close(by=sina, at=timezone.now(), reason="solved")
    page = sent(omid, ticket).content.decode()
    assert page.count("این تیکت در این فاصله بسته شده است. متن شما سر جای خود است.") == 1
    assert "پاسخ کارشناس</textarea>" in page


def test_an_answer_to_a_closed_ticket_becomes_a_note_by_choice_only(a_ticket, sent, opened, omid, sina):
    ticket = a_ticket()
    ticket.close(by=sina, at=timezone.now(), reason="solved")
    for response in (sent(omid, ticket), opened(omid, ticket)):
        page = response.content.decode()
        assert ('value="note" id="kind-note"' in page, "ثبت به‌صورت یادداشت داخلی" in page) == (False, True)
    sent(omid, ticket, kind=["answer", "note"], submission_key=Draft.objects.get().key)
    assert list(ticket.messages.filter(kind="note").values_list("body", flat=True)) == ["پاسخ کارشناس"]


def test_an_empty_box_of_a_closed_ticket_takes_notes(a_ticket, opened, omid):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    page = opened(omid, ticket).content.decode()
    assert ('value="note" id="kind-note" checked' in page, "بسته شده است. متن شما" in page) == (True, False)


def test_in_development_an_answer_leaves_it_there_unless_done(a_ticket, sent, opened, omid):
    ticket = a_ticket()
    assert "توسعه انجام شد" not in opened(omid, ticket).content.decode()
    ticket.develop(by=omid, at=timezone.now(), promised=timezone.localdate() + timedelta(days=2))
    assert "توسعه انجام شد" in opened(omid, ticket).content.decode()
    sent(omid, ticket)
    assert stored(ticket).status == "in_development"
    sent(omid, ticket, development_done="on")
    assert stored(ticket).status == "answered"


def test_a_draft_is_kept_restored_and_thrown_away(a_ticket, sent, opened, omid, sina):
    ticket = a_ticket()
    sent(omid, ticket, body="نیمه‌کاره", kind="note", save_draft="1")
    page = opened(omid, ticket).content.decode()
    assert "نیمه‌کاره</textarea>" in page
    assert "برگردانده شد." in page
    assert "نیمه‌کاره" not in opened(sina, ticket).content.decode()
    key = Draft.objects.get().key
    sent(omid, ticket, submission_key=key, discard="1")
    assert "نیمه‌کاره" not in opened(omid, ticket).content.decode()


def test_sina_sees_that_omid_is_answering(a_ticket, sent, opened, omid, sina):
    ticket = a_ticket()
    sent(omid, ticket, body="نیمه‌کاره", save_draft="1")
    assert opened(sina, ticket).context["answering"] == [omid]
    assert opened(omid, ticket).context["answering"] == []
    Draft.objects.update(updated_at=timezone.now() - timedelta(seconds=61))
    assert opened(sina, ticket).context["answering"] == []


def test_the_key_of_somebody_else_is_a_404(a_ticket, sent, omid, sina):
    ticket, key = a_ticket(), str(uuid4())
    sent(sina, ticket, submission_key=key)
    assert sent(omid, ticket, submission_key=key).status_code == 404
    assert Message.objects.filter(kind="answer").count() == 1
