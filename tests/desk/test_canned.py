"""The answer box with canned replies, without scripts, and the list that the script asks for."""

from html import unescape
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import address, told
from tests.journeys.naughty import HUGE_NUMBERS, TEXTS
from tickets.models import CannedReply, Draft, Event, Message

GONE = "این پاسخ آماده دیگر در دسترس نیست. یکی دیگر انتخاب کنید؛ متن شما سر جای خود است."
BY_SCRIPT = {"HX-Request": "true"}
SENDABLE = [text for text in TEXTS if "\ud800" not in text]
GAP = "جای شماره پیگیری در پاسخ آماده خالی مانده است. آن را پر کنید."


@pytest.fixture
def reply(technical):
    return CannedReply.objects.create(title="درخواست تصویر", body="سلام {نام کاربر}، تیکت {شماره تیکت}", department=technical)


@pytest.fixture
def chosen(at_desk):
    """A function: this person presses a reply of the list."""

    def press(person, ticket, canned, **fields):
        return at_desk(person, ticket, "change", **({"kind": "answer", "submission_key": str(uuid4()), "canned": str(canned)} | fields))

    return press


def box(response) -> str:
    return response.context["answer"]["body"].value()


def test_it_goes_to_the_end_of_the_text_and_nothing_to_the_ticket(a_ticket, chosen, reply, omid):
    ticket = a_ticket()
    events = Event.objects.count()
    response = chosen(omid, ticket, reply.pk, body="دیدم.")
    assert response.status_code == 200
    assert box(response).startswith(f"دیدم.\n\nسلام {ticket.filed_by_name}، تیکت {to_persian_digits(ticket.pk)}")
    assert (Message.objects.count(), Event.objects.count()) == (1, events)
    assert Draft.objects.get(owner=omid).data["body"] == box(response)


def test_kind_and_files_stay(a_ticket, chosen, reply, omid):
    file = SimpleUploadedFile("شرح.txt", "متن".encode())
    response = chosen(omid, a_ticket(), reply.pk, kind="note", attachments=file)
    assert response.context["answer"]["kind"].value() == "note"
    assert [kept.name for kept in response.context["kept"]] == ["شرح.txt"]


def test_pressed_twice_it_stands_there_once(a_ticket, chosen, reply, omid):
    ticket, key = a_ticket(), str(uuid4())
    for _ in range(2):
        response = chosen(omid, ticket, reply.pk, body="دیدم.", submission_key=key)
    assert Draft.objects.get().data["body"].count("سلام") == 1
    assert response.status_code in (200, 409)


def test_the_list_alone_keeps_the_text_and_leaves_no_empty_draft(a_ticket, chosen, reply, omid):
    ticket = a_ticket()
    response = chosen(omid, ticket, "list", body="", kind="note")
    page = response.content.decode()
    assert f'name="canned" value="{reply.pk}"' in page
    assert response.context["answer"]["kind"].value() == "note"
    assert not Draft.objects.exists()
    assert box(chosen(omid, ticket, "list", body="نیمه‌کاره")) == "نیمه‌کاره"


def test_the_page_itself_holds_the_opener_and_no_list(a_ticket, opened, reply, omid):
    page = opened(omid, a_ticket()).content.decode()
    assert page.count("data-canned>") == 1
    assert reply.title not in page


@pytest.mark.parametrize("what", ["foreign", "inactive", "x", "", *HUGE_NUMBERS, *SENDABLE])
def test_a_reply_that_is_not_of_this_ticket_is_refused_and_the_text_stays(a_ticket, chosen, omid, training, technical, what):
    rows = {
        "foreign": CannedReply.objects.create(title="دیگر", body="محرمانه", department=training),
        "inactive": CannedReply.objects.create(title="کنار", body="محرمانه", department=technical, is_active=False),
    }
    response = chosen(omid, a_ticket(), rows[what].pk if what in rows else what, body="متن من")
    assert told(response) == [GONE]
    assert box(response) == "متن من"
    assert "محرمانه" not in response.content.decode()


def test_after_a_transfer_the_old_departments_replies_are_refused(a_ticket, chosen, reply, omid, kaveh, training):
    ticket = a_ticket()
    ticket.transfer(by=omid, at=timezone.now(), to=training, reason="آموزشی است")
    response = chosen(kaveh, ticket, reply.pk, body="متن من")
    assert (told(response), box(response)) == ([GONE], "متن من")
    kept = chosen(omid, ticket, reply.pk, body="متن امید")
    assert kept.status_code == 409
    assert Draft.objects.get(owner=omid).data["body"] == "متن امید"


@pytest.mark.parametrize("kind", ["answer", "note"])
def test_what_is_unfilled_is_not_sent(a_ticket, at_desk, omid, kind):
    ticket, key = a_ticket(), str(uuid4())
    text = "پرونده {شماره پيگيري} را دیدم {این متن است}"
    response = at_desk(omid, ticket, "change", body=text, kind=kind, submission_key=key)
    assert response.status_code == 200
    assert GAP in unescape(response.content.decode())
    assert "{شماره" in box(response)
    assert Message.objects.count() == 1
    assert Draft.objects.get().data["kind"] == kind
    sent = at_desk(omid, ticket, "change", body="پرونده را دیدم {این متن است}", kind=kind, submission_key=key)
    assert sent.status_code == 302
    assert Message.objects.filter(kind=kind).count() == 1


def test_a_closed_ticket_takes_it_into_a_note(a_ticket, chosen, reply, omid):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    assert "سلام" in box(chosen(omid, ticket, reply.pk, kind="note"))


@pytest.mark.once
@pytest.mark.parametrize("text", TEXTS)
def test_hostile_texts_stand_there_as_text(a_ticket, chosen, technical, omid, text):
    stored = text.replace("\x00", "").encode("utf-8", "ignore").decode()
    reply = CannedReply.objects.create(title=stored[:100], body=stored, department=technical)
    ticket = a_ticket()
    response = chosen(omid, ticket, reply.pk)
    listed = chosen(omid, ticket, "list").content.decode()
    for page in (response.content.decode(), listed):
        assert "<script>alert(1)" not in page
        assert "<img src=x" not in page
    assert response.status_code == 200


def test_the_list_for_the_script(a_ticket, at_home, reply, omid, mina, sara, client):
    ticket = a_ticket()
    CannedReply.objects.create(title="پرونده", body="پرونده {موعد}")
    assert at_home(omid).get(address(ticket, "canned"))["Location"] == address(ticket)
    page = at_home(omid).get(address(ticket, "canned"), headers=BY_SCRIPT).content.decode()
    assert page.count('role="option"') == 2
    assert f"سلام {ticket.filed_by_name}" in page
    assert 'data-gap="{موعد}"' in page
    for stranger in (mina, sara):
        assert at_home(stranger).get(address(ticket, "canned")).status_code == 404
    assert at_home(omid).post(address(ticket, "canned")).status_code == 405


def test_a_department_without_replies_is_told_so(a_ticket, at_home, omid):
    page = at_home(omid).get(address(a_ticket(), "canned"), headers=BY_SCRIPT).content.decode()
    assert "برای این بخش پاسخ آماده‌ای ثبت نشده است." in page
