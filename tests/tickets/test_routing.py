"""transfer, assign, prioritise, reveal"""

from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.notices.models import Notice
from tickets.models import Event, Message, Refused, Ticket, Unread
from tickets.timeline import timeline


def stored(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def test_omid_transfers_with_a_reason_the_office_sees(a_ticket, omid, mina, training, sara, reza):
    ticket = a_ticket()
    ticket.assign(by=omid, at=timezone.now(), to=omid)
    ticket.transfer(by=omid, at=timezone.now(), to=training, reason="آموزش لازم است")
    now = stored(ticket)
    assert (now.department, now.assignee, now.status, now.support_unread) == (training, None, "new", True)
    line = timeline(ticket, sara)[-1]
    assert (line.who, line.from_department, line.to_department, line.reason) == ("امید رستمی", "پشتیبانی فنی", "آموزش", "آموزش لازم است")
    assert Unread.objects.filter(ticket=ticket).count() == 2
    assert Notice.objects.filter(kind="transferred").count() == 2


def test_after_a_transfer_the_other_department_sees_it(a_ticket, omid, mina, training):
    ticket = a_ticket()
    ticket.transfer(by=omid, at=timezone.now(), to=training, reason="آموزش")
    assert list(Ticket.objects.visible_to(mina)) == [ticket]
    assert list(Ticket.objects.visible_to(omid)) == []


def test_a_transfer_keeps_how_long_the_office_has_waited(a_ticket, omid, training):
    ticket = a_ticket()
    ticket.transfer(by=omid, at=timezone.now(), to=training, reason="آموزش")
    assert stored(ticket).awaiting_support_since == ticket.filed_at


@pytest.mark.parametrize(("change", "sentence"), [("same", "هم‌اکنون در همین بخش"), ("closed", "دیگر تیکت نمی‌پذیرد"), ("reason", "دلیل را")])
def test_a_transfer_that_makes_no_sense_is_refused(a_ticket, omid, technical, training, change, sentence):
    training.is_active = change != "closed"
    training.save()
    to, reason = (technical if change == "same" else training), ("" if change == "reason" else "دلیل")
    ticket = a_ticket()
    with pytest.raises(Refused, match=sentence):
        ticket.transfer(by=omid, at=timezone.now(), to=to, reason=reason)
    assert (Event.objects.filter(verb="transfer").count(), Message.objects.filter(kind="reason").count()) == (0, 0)


def test_assigning_tells_the_colleague_and_nobody_else(a_ticket, omid, sina):
    ticket = a_ticket()
    ticket.assign(by=omid, at=timezone.now(), to=sina)
    assert stored(ticket).assignee == sina
    assert Notice.objects.get().recipient == sina
    assert Event.objects.get(verb="assign").audience == "desk"


def test_taking_a_ticket_for_oneself_tells_nobody(a_ticket, omid):
    ticket = a_ticket()
    ticket.assign(by=omid, at=timezone.now(), to=omid)
    assert Notice.objects.count() == 0


def test_a_ticket_is_assigned_to_nobody_again(a_ticket, omid):
    ticket = a_ticket()
    ticket.assign(by=omid, at=timezone.now(), to=omid)
    ticket.assign(by=omid, at=timezone.now(), to=None)
    assert stored(ticket).assignee is None


def test_mina_of_another_department_cannot_be_assigned(a_ticket, omid, mina):
    with pytest.raises(Refused, match="مینا صادقی عضو بخش پشتیبانی فنی نیست"):
        a_ticket().assign(by=omid, at=timezone.now(), to=mina)


def test_priority_changes_with_an_event(a_ticket, omid):
    ticket = a_ticket()
    ticket.prioritise(by=omid, at=timezone.now(), priority="urgent")
    event = Event.objects.get(verb="prioritise")
    assert (stored(ticket).priority, event.before["priority"], event.after["priority"]) == ("urgent", "normal", "urgent")
    assert set(event.before) == {"priority", "due_at"}


def test_an_unknown_priority_is_refused(a_ticket, omid):
    with pytest.raises(Refused):
        a_ticket().prioritise(by=omid, at=timezone.now(), priority="highest")


def test_a_reveal_is_audited_once_in_half_an_hour(a_ticket, omid, sina):
    ticket, at = a_ticket(), timezone.now()
    for minutes in (0, 10, 29, 31):
        ticket.reveal(by=omid, at=at + timedelta(minutes=minutes))
    assert Event.objects.filter(verb="reveal", audience="audit").count() == 2
    assert ticket.is_revealed_to(omid, at + timedelta(minutes=40))
    assert not ticket.is_revealed_to(sina, at + timedelta(minutes=40))


def test_clerks_and_the_thread_never_see_a_reveal(a_ticket, omid, sara):
    ticket = a_ticket()
    ticket.reveal(by=omid, at=timezone.now())
    assert [entry.verb for entry in timeline(ticket, omid)] == ["file"]
