import uuid
from datetime import timedelta

import pytest
from django.http import Http404
from django.utils import timezone

from autonax_support.notices.models import Notice
from tickets.models import Event, Message, Refused, Ticket, Unread


def stored(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_omid_answers_and_the_ball_is_with_the_office(a_ticket, omid):
    ticket, at = a_ticket(), timezone.now()
    ticket.answer(by=omid, at=at, body="تصویر کارت ملی پیوست شود")
    now = stored(ticket)
    assert (now.status, now.awaiting_support_since, now.first_answered_at, now.last_activity_at) == ("answered", None, at, at)
    assert now.assignee == omid


def test_the_answer_carries_name_and_department_as_they_were(a_ticket, omid, technical):
    message = a_ticket().answer(by=omid, at=timezone.now(), body="سلام")
    technical.name = "نام تازه"
    technical.save()
    message = Message.objects.get(pk=message.pk)
    assert (message.kind, message.side, message.author_name, message.author_department) == (
        "answer",
        "support",
        "امید رستمی",
        "پشتیبانی فنی",
    )


def test_everybody_in_the_office_has_it_unread_and_is_told(a_ticket, omid, sara, reza, leila, neda):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    people = {sara.pk, reza.pk, leila.pk}
    assert set(Unread.objects.filter(ticket=ticket).values_list("user_id", flat=True)) == people
    assert set(Notice.objects.filter(kind="answered", ticket=ticket).values_list("recipient_id", flat=True)) == people


def test_somebody_who_left_the_office_is_not_told(a_ticket, omid, reza):
    reza.is_active = False
    reza.save()
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    assert not Unread.objects.filter(user=reza).exists()


def test_one_event_says_what_changed(a_ticket, omid):
    ticket = a_ticket()
    message = ticket.answer(by=omid, at=timezone.now(), body="سلام")
    event = Event.objects.get(ticket=ticket, verb="answer")
    assert (event.message, event.before["status"], event.after["status"], event.after["assignee_id"]) == (
        message,
        "new",
        "answered",
        omid.pk,
    )


def test_an_assigned_ticket_stays_with_its_expert(a_ticket, omid, sina):
    ticket = a_ticket()
    ticket.assign(by=sina, at=timezone.now(), to=sina)
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    assert stored(ticket).assignee == sina


def test_the_second_answer_keeps_the_first_moment(a_ticket, omid):
    ticket, first = a_ticket(), timezone.now()
    ticket.answer(by=omid, at=first, body="یک")
    ticket.answer(by=omid, at=first + timedelta(hours=1), body="دو")
    assert stored(ticket).first_answered_at == first
    assert ticket.messages.filter(kind="answer").count() == 2


def test_in_development_the_status_stays_unless_it_is_done(a_ticket, omid):
    ticket = a_ticket()
    ticket.develop(by=omid, at=timezone.now(), promised=timezone.localdate() + timedelta(days=3))
    ticket.answer(by=omid, at=timezone.now(), body="در حال کار")
    assert stored(ticket).status == "in_development"
    ticket.answer(by=omid, at=timezone.now(), body="نسخه آمد", development_done=True)
    assert (stored(ticket).status, stored(ticket).promised_at) == ("answered", None)


def test_the_same_key_answers_once(a_ticket, omid):
    ticket, key = a_ticket(), uuid.uuid4()
    first = ticket.answer(by=omid, at=timezone.now(), body="سلام", key=key)
    assert ticket.answer(by=omid, at=timezone.now(), body="سلام", key=key) == first
    assert Message.objects.filter(kind="answer").count() == 1


def test_a_key_of_somebody_else_is_a_404(a_ticket, omid, sina):
    ticket, key = a_ticket(), uuid.uuid4()
    ticket.answer(by=omid, at=timezone.now(), body="سلام", key=key)
    with pytest.raises(Http404):
        ticket.answer(by=sina, at=timezone.now(), body="سلام", key=key)


def test_a_closed_ticket_takes_no_answer(a_ticket, omid):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    with pytest.raises(Refused, match="پیش‌تر بسته شده است"):
        ticket.answer(by=omid, at=timezone.now(), body="سلام")


def test_an_empty_answer_is_refused(a_ticket, omid):
    with pytest.raises(Refused, match="متن پیام را بنویسید"):
        a_ticket().answer(by=omid, at=timezone.now(), body="  \n ")


def test_a_clerk_does_not_answer(a_ticket, sara):
    with pytest.raises(Refused):
        a_ticket().answer(by=sara, at=timezone.now(), body="سلام")
