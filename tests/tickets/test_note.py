from django.utils import timezone

from autonax_support.notices.models import Notice
from tickets.models import Event, Message, Ticket, Unread
from tickets.timeline import timeline


def test_a_note_changes_nothing_and_tells_nobody(a_ticket, omid):
    ticket = a_ticket()
    ticket.note(by=omid, at=timezone.now(), body="با تهران هماهنگ شد")
    now = Ticket.objects.get(pk=ticket.pk)
    assert (now.status, now.last_activity_at) == ("new", ticket.filed_at)
    assert (Unread.objects.count(), Notice.objects.count()) == (0, 0)
    assert Event.objects.get(verb="note").audience == "desk"


def test_clerks_never_meet_a_note(a_ticket, omid, sara):
    ticket = a_ticket()
    note = ticket.note(by=omid, at=timezone.now(), body="یکتاواژه")
    assert note not in Message.objects.visible_to(sara)
    assert [entry.verb for entry in timeline(ticket, sara)] == ["file"]
    assert list(Ticket.objects.visible_to(sara).matching("یکتاواژه", sara)) == []


def test_experts_see_and_find_it(a_ticket, omid, sina):
    ticket = a_ticket()
    ticket.note(by=omid, at=timezone.now(), body="یکتاواژه")
    assert [entry.verb for entry in timeline(ticket, sina)] == ["file", "note"]
    assert list(Ticket.objects.visible_to(sina).matching("یکتاواژه", sina)) == [ticket]


def test_a_closed_ticket_still_takes_a_note(a_ticket, omid):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    ticket.note(by=omid, at=timezone.now(), body="برای بعد")
    assert Ticket.objects.get(pk=ticket.pk).status == "closed"
