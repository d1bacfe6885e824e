"""An expert writes, a colleague transfers: nothing is sent, and no word is lost."""

import pytest
from django.utils import timezone

from tickets.drafts import begin
from tickets.models import Draft, Message


@pytest.fixture
def typed(a_ticket, omid):
    ticket = a_ticket()
    writing = begin(omid, Draft.Kind.ANSWER, ticket)
    return ticket, {"body": "پاسخ بلند من", "kind": "answer", "submission_key": str(writing.key), "draft_token": writing.token}


def test_omid_is_told_where_it_went_and_sees_his_text(at_home, typed, omid, sina, training):
    ticket, form = typed
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    response = at_home(omid).post(f"/admin/tickets/ticket/{ticket.pk}/change/", form)
    assert response.status_code == 409
    page = response.content.decode()
    assert "در این فاصله به بخش" in page
    assert "پاسخ بلند من" in page
    assert (Message.objects.filter(kind="answer").count(), Draft.objects.get().data["body"]) == (0, "پاسخ بلند من")


def test_his_text_stands_in_the_box_again_once_the_ticket_is_back(at_home, typed, omid, sina, training):
    ticket, form = typed
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    client = at_home(omid)
    client.post(f"/admin/tickets/ticket/{ticket.pk}/change/", form)
    ticket.undo(by=sina, at=timezone.now())
    assert "پاسخ بلند من" in client.get(f"/admin/tickets/ticket/{ticket.pk}/change/").content.decode()


def test_an_answer_sent_before_the_transfer_is_not_kept_again(at_home, typed, omid, sina, training):
    ticket, form = typed
    client = at_home(omid)
    client.post(f"/admin/tickets/ticket/{ticket.pk}/change/", form)
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    response = client.post(f"/admin/tickets/ticket/{ticket.pk}/change/", form, follow=True)
    assert (response.status_code, "فرستاده شد." in response.content.decode()) == (200, True)
    assert (Message.objects.filter(kind="answer").count(), Draft.objects.count()) == (1, 0)
    response = client.post(f"/admin/tickets/ticket/{ticket.pk}/change/", form | {"body": "پاسخ بلند من، و یک نکته"})
    assert (response.status_code, Draft.objects.get().data["body"]) == (409, "پاسخ بلند من، و یک نکته")


def test_what_came_after_the_session_had_ended_is_found_at_the_tickets_address(client, at_home, typed, omid, sina, training):
    ticket, form = typed
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    address = f"/admin/tickets/ticket/{ticket.pk}/change/"
    assert "login" in client.post(address, form).headers["Location"]
    page = at_home(omid).get(address)
    assert (page.status_code, "در این فاصله به بخش" in page.content.decode(), "پاسخ بلند من" in page.content.decode()) == (200, True, True)
    assert (client.put(address).status_code, at_home(sina).get(address).status_code) == (405, 404)


def test_opening_it_without_a_text_of_ones_own_is_a_404(at_home, typed, omid, sina, training):
    ticket, _ = typed
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    assert at_home(omid).get(f"/admin/tickets/ticket/{ticket.pk}/change/").status_code == 404


def test_who_lost_the_department_gets_a_404_and_writes_nothing(at_home, typed, omid, sina, training):
    ticket, form = typed
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    omid.memberships.all().delete()
    assert at_home(omid).post(f"/admin/tickets/ticket/{ticket.pk}/change/", form).status_code == 404
    assert Draft.objects.count() == 0


def test_a_stranger_gets_a_404(at_home, typed, mina):
    ticket, form = typed
    assert at_home(mina).post(f"/admin/tickets/ticket/{ticket.pk}/change/", {"body": "x", "kind": "answer"}).status_code == 404


def test_opening_what_leaves_in_that_very_moment_is_a_404(typed, omid, sina, training, rf):
    from django.http import Http404

    from tickets.admin.opening import _read
    from tickets.models import Ticket

    ticket, _ = typed
    loaded = Ticket.objects.get(pk=ticket.pk)
    ticket.transfer(by=sina, at=timezone.now(), to=training, reason="آموزش")
    request = rf.get("/")
    request.user = omid
    with pytest.raises(Http404):
        _read(request, loaded, timezone.now())
