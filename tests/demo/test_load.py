"""`manage.py demo`: who and what is there after it."""

from itertools import pairwise

from django.core.management import call_command
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.accounts.models import User
from autonax_support.demo.people import PASSWORD
from autonax_support.files.models import Attachment
from inbox.listing import PAGE_SIZE
from tickets.admin.queue import NEXT
from tickets.admin.ticket import TicketAdmin
from tickets.models import Event, Message, Status, Ticket, Unread


def everything() -> list:
    return [list(model.objects.order_by("pk").values()) for model in (User, Ticket, Message, Event, Unread, Attachment, Announcement)]


def test_a_second_run_changes_nothing_and_keeps_what_people_did(demo):
    demo["sara"].set_password("another word")
    demo["sara"].save()
    Ticket.objects.get(pk=118201).note(by=demo["omid"], at=timezone.now(), body="یادداشت امید")
    before = everything()
    call_command("demo", verbosity=0)
    assert everything() == before


def test_it_prints_who_can_sign_in(demo, capsys):
    call_command("demo")
    printed = capsys.readouterr().out
    able = sorted(name for name, user in demo.items() if user.check_password(PASSWORD))
    assert able == ["kaveh", "leila", "mina", "neda", "omid", "reza", "sara", "sina"]
    assert [name for name in able if f"  {name}" not in printed] == []
    assert [name for name, user in demo.items() if user.has_usable_password() and name not in able] == []


def test_sara_s_inbox_and_omid_s_queue_have_several_pages(demo):
    inbox = Ticket.objects.visible_to(demo["sara"])
    queue = NEXT.of(Ticket.objects.visible_to(demo["omid"]), demo["omid"])
    assert (inbox.count() > 2 * PAGE_SIZE, queue.count() > TicketAdmin.list_per_page) == (True, True)


def test_every_status_is_there_and_time_never_runs_backwards(demo):
    assert set(Ticket.objects.values_list("status", flat=True)) == set(Status.values)
    moments = list(Event.objects.order_by("ticket", "id").values_list("ticket", "at"))
    assert [b for a, b in pairwise(moments) if a[0] == b[0] and b[1] < a[1]] == []
    assert Event.objects.filter(at__gt=timezone.now()).count() == 0


def test_announcements_are_in_every_state(demo):
    now = timezone.now()
    assert {announcement.state(now) for announcement in Announcement.objects.all()} == set(Announcement.State)


def test_stored_text_is_what_the_forms_would_have_stored(demo):
    assert Message.objects.filter(body__regex="[يك]").count() == 0
