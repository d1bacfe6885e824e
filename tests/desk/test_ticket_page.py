"""What the ticket page shows beside the thread: the office's tickets, and what became of the promise."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.reading import address
from tickets.models import Draft, Message
from tickets.verbs.filing import Case
from tickets.watching import watch_promises

pytestmark = pytest.mark.once

KEPT = "در مهلت پاسخ داده شد"
TOLD = "به سرپرست بخش خبر داده شده است؛ نیازی به تماس نیست."
OTHER_CASE = Case(tracking_number="99010294000999")


def test_the_last_ten_of_the_office_stand_beside_it_the_newest_activity_first(a_ticket, opened, omid):
    at = timezone.now()
    tickets = [a_ticket(at=at - timedelta(hours=20 - place), case=OTHER_CASE) for place in range(12)]
    response = opened(omid, tickets[0])
    assert response.context["of_office"] == tickets[:1:-1]
    assert "۱۰ تیکت آخر این دفتر" in response.content.decode()


def test_of_those_only_what_this_expert_may_see_and_none_of_another_office(a_ticket, opened, omid, neda, training):
    ticket = a_ticket()
    a_ticket(department=training, subject="محرمانه آموزش")
    a_ticket(by=neda, subject="دفتر دیگر")
    response = opened(omid, ticket)
    assert response.context["of_office"] == []
    assert "محرمانه آموزش" not in response.content.decode()


@pytest.mark.parametrize("person", ["omid", "sara"])
def test_an_answer_in_time_is_said_so_to_desk_and_office(a_ticket, working, at_home, request, omid, person):
    ticket, client = a_ticket(), at_home(request.getfixturevalue(person))
    page = address(ticket) if person == "omid" else f"/inbox/{ticket.pk}/"
    assert KEPT not in client.get(page).content.decode()
    ticket.answer(by=omid, at=timezone.now(), body="پاسخ")
    assert KEPT in client.get(page).content.decode()


def test_an_answer_that_came_late_is_not_said_to_have_been_in_time(a_ticket, working, at_home, sara, omid):
    ticket = a_ticket(at=timezone.now() - timedelta(days=30))
    ticket.answer(by=omid, at=timezone.now(), body="پاسخ")
    assert KEPT not in at_home(sara).get(f"/inbox/{ticket.pk}/").content.decode()


def test_the_last_answer_counts_and_not_the_first(a_ticket, working, at_home, sara, omid):
    now = timezone.now()
    ticket = a_ticket(at=now - timedelta(days=60))
    ticket.answer(by=omid, at=now - timedelta(days=60), body="پاسخ")
    ticket.reply(by=sara, at=now - timedelta(days=40), body="نشد")
    ticket.answer(by=omid, at=now, body="پاسخ دیر")
    assert KEPT not in at_home(sara).get(f"/inbox/{ticket.pk}/").content.decode()


def test_the_office_hears_of_the_head_only_when_a_head_was_told(a_ticket, working, at_home, sara, sina):
    ticket = a_ticket(at=timezone.now() - timedelta(days=30))
    client = at_home(sara)
    assert TOLD not in client.get(f"/inbox/{ticket.pk}/").content.decode()
    watch_promises(None, timezone.now())
    assert TOLD in client.get(f"/inbox/{ticket.pk}/").content.decode()


def test_where_there_is_no_head_nobody_was_told(a_ticket, working, at_home, sara, omid):
    ticket = a_ticket(at=timezone.now() - timedelta(days=30))
    watch_promises(None, timezone.now())
    assert TOLD not in at_home(sara).get(f"/inbox/{ticket.pk}/").content.decode()


def test_a_file_of_a_colleagues_draft_is_not_taken_away(a_ticket, at_desk, omid, sina):
    from django.core.files.uploadedfile import SimpleUploadedFile

    ticket = a_ticket()
    at_desk(sina, ticket, "change", kind="answer", save_draft="1", attachments=SimpleUploadedFile("سینا.txt", b"x"))
    theirs = Draft.objects.get().attachments.get()
    at_desk(omid, ticket, "change", body="پاسخ", kind="answer", then="stay", remove=str(theirs.pk))
    answer = Message.objects.get(kind="answer")
    assert (answer.attachments.count(), Draft.objects.get().attachments.get()) == (0, theirs)
