"""What Sara and the desk see of a ticket whose text is past its time, and what can still be done with it."""

import pytest
from django.urls import reverse
from django.utils import timezone

from autonax_support.files.models import Attachment
from tests.privacy.conftest import ago
from tickets.erasing import empty_closed
from tickets.models import Draft, Message, Ticket

GONE = "متن این پیام پس از مدت نگهداری پاک شده است."
FILE_GONE = "این فایل پاک شده است و دیگر نگهداری نمی‌شود."


@pytest.fixture
def emptied(closed):
    ticket = closed(400)
    empty_closed([ticket.pk], closed_before=ago(days=365), at=timezone.now())
    ticket.refresh_from_db()
    return ticket


@pytest.fixture
def desk_page(emptied, at_home, mina):
    def opened():
        return at_home(mina).get(reverse("admin:tickets_ticket_change", args=[emptied.pk])).content.decode()

    return opened


def test_saras_thread_says_so_in_place_of_each_text(emptied, at_home, sara):
    page = at_home(sara).get(f"/inbox/{emptied.pk}/").content.decode()
    assert (page.count(GONE), page.count("متن دلیل پاک شده است"), page.count(FILE_GONE)) == (2, 1, 1)
    assert "تیکت را بست: دلیل دیگر،" in page
    assert "/attachments/" not in page


def test_the_desk_says_when_it_went_and_offers_no_box(emptied, desk_page):
    page = desk_page()
    assert (page.count(GONE), page.count(FILE_GONE)) == (3, 1)
    assert "پس از مدت نگهداری پاک شد." in page
    assert 'id="answer"' not in page
    assert reverse("admin:tickets_ticket_reopen", args=[emptied.pk]) not in page


@pytest.mark.parametrize("name", ["attachment", "thumbnail"])
def test_the_file_is_gone_in_persian_for_who_could_see_it_and_404_for_a_stranger(emptied, at_home, sara, neda, name):
    file = Attachment.objects.get(message__ticket=emptied)
    address = reverse(f"files:{name}", args=[file.pk])
    response = at_home(sara).get(address)
    assert response.status_code == {"attachment": 410, "thumbnail": 404}[name]
    assert ("این فایل دیگر نگهداری نمی‌شود" in response.content.decode()) == (name == "attachment")
    assert at_home(neda).get(address).status_code == 404


def test_saras_reply_becomes_a_new_ticket_that_takes_no_text_along(emptied, at_home, sara):
    response = at_home(sara).post(f"/inbox/{emptied.pk}/reply/", {"body": "مشکل دوباره پیش آمد"})
    new = Ticket.objects.exclude(pk=emptied.pk).get()
    assert response.url == f"/inbox/{new.pk}/"
    assert (new.continues, new.national_id, new.tracking_number) == (emptied, "", emptied.tracking_number)
    number = str(emptied.pk).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    assert (new.subject, new.messages.get().body) == (f"ادامه تیکت {number}", "مشکل دوباره پیش آمد")


@pytest.mark.parametrize("verb", ["note", "reopen"])
def test_nothing_is_added_that_would_have_to_go_again(emptied, at_home, mina, verb):
    client = at_home(mina)
    if verb == "note":
        response = client.post(reverse("admin:tickets_ticket_change", args=[emptied.pk]), {"body": "دیر رسید", "kind": "note"})
        assert "دیر رسید" in response.content.decode()  # refused, and not lost
        assert Draft.objects.get().data["body"] == "دیر رسید"
    else:
        response = client.post(reverse("admin:tickets_ticket_reopen", args=[emptied.pk]), follow=True)
    assert "متن این تیکت پس از مدت نگهداری پاک شده است؛ این کار دیگر ممکن نیست." in response.content.decode()
    emptied.refresh_from_db()
    assert (emptied.status, Message.objects.exclude(body="").count()) == ("closed", 0)


@pytest.mark.parametrize("verb", ["reveal", "read"])
def test_looking_at_it_fails_nowhere(emptied, at_home, mina, verb):
    address = reverse(f"admin:tickets_ticket_{'reveal' if verb == 'reveal' else 'change'}", args=[emptied.pk])
    client = at_home(mina)
    assert (client.post(address) if verb == "reveal" else client.get(address)).status_code in (200, 302)


def test_lists_show_the_sentence_in_place_of_the_subject(emptied, at_home, sara, mina):
    assert emptied.subject in at_home(sara).get("/inbox/").content.decode()
    assert emptied.subject in at_home(mina).get("/admin/tickets/ticket/?view=all").content.decode()
