"""The text is stored before anything that may go wrong is tried."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.tickets.test_new import PNG
from tickets.drafts import begin, read_token
from tickets.models import Draft, Message, Ticket


@pytest.fixture
def typed(sara, technical) -> dict:
    writing = begin(sara, Draft.Kind.FILING)
    words = {"subject": "پلاک", "department": technical.pk, "tracking_number": "99010294000040", "body": "نیم ساعت نوشتن"}
    return words | {"submission_key": str(writing.key), "draft_token": writing.token}


def test_a_disk_that_takes_no_files_costs_no_text(at_home, sara, typed, attachments_folder):
    attachments_folder.parent.mkdir(parents=True, exist_ok=True)
    attachments_folder.write_text("a file stands where the folder should be")
    response = at_home(sara).post("/tickets/new/", typed | {"attachments": SimpleUploadedFile("خطا.png", PNG)})
    assert response.status_code == 200
    assert "فایل‌ها ذخیره نشد" in response.content.decode()
    assert (Draft.objects.get().data["body"], Ticket.objects.count()) == ("نیم ساعت نوشتن", 0)


def test_a_rescue_of_an_emptied_form_does_not_empty_the_draft(client, sara, typed):
    client.force_login(sara)
    client.post("/tickets/new/", typed | {"save_draft": "1"})
    client.logout()
    client.post("/tickets/new/", {name: typed[name] for name in ("submission_key", "draft_token")})
    assert Draft.objects.get().data["body"] == "نیم ساعت نوشتن"


@pytest.mark.parametrize(
    "payload",
    [1, None, "zz", [], [1, "zz", "filing", None], ["a", "0" * 32, "filing", None], [1, "0" * 32, "x", None], [1, "0" * 32, "reply", None]],
)
def test_a_token_of_another_version_is_no_token(payload):
    from django.core import signing

    assert read_token(signing.dumps(payload, salt="tickets.draft")) is None


def test_a_clerk_who_changed_offices_neither_counts_nor_reads_what_was_there(at_home, sara, omid, a_ticket, office_b):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    Draft.objects.create(owner=sara, kind="reply", ticket=ticket, data={"body": "متن"}, updated_at=timezone.now())
    sara.office = office_b
    sara.save()
    client = at_home(sara)
    page = client.get("/drafts/")
    assert (page.context["header"].unread_answers, list(page.context["drafts"])) == (0, [])
    assert client.get(f"/drafts/{Draft.objects.get().key}/").status_code == 404


def test_files_stand_in_the_order_they_were_chosen(at_home, sara, typed):
    names = [f"مدرک {place}.txt" for place in (3, 1, 2, 5, 4)]
    files = [SimpleUploadedFile(name, f"متن {name}".encode()) for name in names]
    at_home(sara).post("/tickets/new/", typed | {"attachments": files})
    page = at_home(sara).get(f"/inbox/{Ticket.objects.get().pk}/")
    assert [file.name for file in page.context["entries"][0].attachments] == names
    assert Message.objects.count() == 1
