from django.utils import timezone

from tickets.models import Event, Ticket


def test_opening_a_new_ticket_marks_it_read(a_ticket, omid):
    ticket = a_ticket()
    ticket.read(by=omid, at=timezone.now())
    stored = Ticket.objects.get(pk=ticket.pk)
    assert (stored.status, stored.support_unread) == ("read", False)
    assert stored.awaiting_support_since == stored.filed_at


def test_reading_twice_makes_one_event(a_ticket, omid):
    ticket = a_ticket()
    ticket.read(by=omid, at=timezone.now())
    ticket.read(by=omid, at=timezone.now())
    assert Event.objects.filter(ticket=ticket, verb="read").count() == 1


def test_two_experts_reading_at_once_make_one_change(a_ticket, omid, sina):
    ticket = a_ticket()
    stale = Ticket.objects.get(pk=ticket.pk)
    ticket.read(by=omid, at=timezone.now())
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    stale.read(by=sina, at=timezone.now())
    assert Ticket.objects.get(pk=ticket.pk).status == "answered"
    assert Event.objects.filter(verb="read").count() == 1


def test_reading_does_not_move_the_ticket_in_the_inbox(a_ticket, omid):
    ticket = a_ticket()
    ticket.read(by=omid, at=timezone.now())
    assert Ticket.objects.get(pk=ticket.pk).last_activity_at == ticket.filed_at


def test_opening_a_reply_clears_the_mark_without_an_event(a_ticket, omid, sara):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    ticket.reply(by=sara, at=timezone.now(), body="باز هم")
    events = Event.objects.count()
    ticket.read(by=omid, at=timezone.now())
    assert (Ticket.objects.get(pk=ticket.pk).support_unread, Event.objects.count()) == (False, events)


def test_nobody_but_a_member_of_the_department_reads_for_it(a_ticket, sara, kaveh):
    ticket = a_ticket()
    for person in (sara, kaveh):
        ticket.read(by=person, at=timezone.now())
    stored = Ticket.objects.get(pk=ticket.pk)
    assert (stored.status, stored.support_unread, Event.objects.filter(verb="read").count()) == ("new", True, 0)
