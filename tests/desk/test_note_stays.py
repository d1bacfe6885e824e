"""A note never leaves the desk: one word that stands nowhere else is looked for wherever words go out."""

import json
import zipfile
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.files.checks import check
from autonax_support.files.models import Attachment
from autonax_support.notices.models import Delivery, Notice
from tests.desk.reading import QUEUE, address
from tests.files.crafting import upload
from tests.notices.telling import letter_of, reachable
from tickets.models import Event, SearchDoc

WORD = "زرافشانک"


@pytest.fixture
def ticket(a_ticket, sara, omid, sina, kaveh, settings):
    """Notes at each stage of a ticket's life, between all that the office is told of; with a file that bears the word as its name."""
    settings.SITE_URL = "https://support.example"
    reachable(sara, email="sara@example.ir", mobile="09120000000")
    at = timezone.now() - timedelta(hours=2)
    ticket = a_ticket(at=at)
    minutes = iter(range(1, 60))

    def noted() -> None:
        ticket.note(by=omid, at=at + timedelta(minutes=next(minutes)), body=f"به دفتر نگویید: {WORD}")

    noted()
    ticket.answer(by=omid, at=at + timedelta(minutes=next(minutes)), body="تصویر کارت پیوست شود")
    noted()
    ticket.reply(by=sara, at=at + timedelta(minutes=next(minutes)), body="پیوست شد")
    noted()
    ticket.develop(by=omid, at=at + timedelta(minutes=next(minutes)), promised=timezone.localdate() + timedelta(days=3))
    ticket.answer(by=omid, at=at + timedelta(minutes=next(minutes)), body="اصلاح شد", development_done=True)
    ticket.close(by=sina, at=at + timedelta(minutes=next(minutes)), reason="solved")
    noted()
    note = ticket.messages.filter(kind="note").latest("pk")
    Attachment.objects.keep(check(upload(f"{WORD}.txt", WORD.encode())), owner=omid, message=note, at=timezone.now())
    Announcement.objects.create(title="اطلاعیه", body="متن", author=kaveh, published_at=timezone.now())
    return ticket


def of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def test_the_word_is_there_for_experts(ticket, omid):
    client = of(omid)
    assert client.get(address(ticket)).content.decode().count(WORD) >= 5
    assert WORD in client.get(QUEUE, {"q": WORD}).content.decode()
    assert SearchDoc.objects.filter(is_note=True).count() == 4


@pytest.mark.parametrize("person", ["sara", "reza", "leila"])
def test_no_page_of_the_office_holds_it(ticket, request, person):
    client = of(request.getfixturevalue(person))
    pages = [
        "/inbox/",
        f"/inbox/{ticket.pk}/",
        "/inbox/?q=پلاک",
        "/notices/",
        "/drafts/",
        "/announcements/",
        "/accounts/me/",
        "/tickets/new/",
    ]
    assert [page for page in pages if WORD in client.get(page).content.decode()] == []


@pytest.mark.parametrize("query", [WORD, WORD[:5], f"{WORD}.txt", f"پلاک {WORD}"])
def test_no_search_of_the_office_finds_by_it(ticket, sara, query):
    response = of(sara).get("/inbox/", {"q": query})
    assert (list(response.context["page"].rows), response.content.decode().count("table__excerpt")) == ([], 0)


def test_its_file_is_a_404_to_the_office(ticket, sara, omid):
    file = Attachment.objects.get(message__kind="note")
    assert [of(person).get(f"/attachments/{file.pk}/").status_code for person in (omid, sara)] == [200, 404]


def test_no_event_and_no_notice_of_a_note_reaches_the_office(ticket, sara):
    assert not Event.objects.visible_to(sara).filter(verb="note").exists()
    assert not Notice.objects.filter(recipient=sara, event__verb="note").exists()
    stored = json.dumps([*Event.objects.values_list("before", "after")], ensure_ascii=False)
    assert WORD not in stored


def test_no_mail_and_no_sms_holds_it(ticket):
    letters = [letter_of(delivery, timezone.now()) for delivery in Delivery.objects.filter(target__in=("sara@example.ir", "09120000000"))]
    assert {type(letter).__name__ for letter in letters} == {"Mail", "Sms"}
    assert [letter for letter in letters if WORD in repr(letter)] == []


@pytest.mark.parametrize("person", ["sara", "leila"])
def test_no_export_of_the_offices_people_holds_it(ticket, person, tmp_path, request):
    request.getfixturevalue(person)
    path = tmp_path / "out.zip"
    call_command("export_person", to=path, user=person, stdout=StringIO())
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        texts = [archive.read(name).decode() for name in names]
    assert ("data.json" in names, [text for text in [*names, *texts] if WORD in text]) == (True, [])


def test_no_export_of_the_citizen_holds_it(ticket, tmp_path):
    path = tmp_path / "out.zip"
    call_command("export_person", to=path, national_id=ticket.national_id, stdout=StringIO())
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        assert [name for name in [*names, *(archive.read(name).decode() for name in names)] if WORD in name] == []
