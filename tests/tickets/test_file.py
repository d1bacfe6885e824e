import uuid

import pytest
from django.http import Http404
from django.utils import timezone

from tickets.models import CaseKind, Department, Event, Message, Status, Ticket
from tickets.verbs.filing import Case


def test_sara_files_and_the_ticket_waits_for_support(a_ticket, sara, technical):
    at = timezone.now()
    ticket = Ticket.objects.get(pk=a_ticket(at=at).pk)
    assert (ticket.status, ticket.office, ticket.department, ticket.filed_by_name) == (Status.NEW, sara.office, technical, "سارا محمدی")
    assert (ticket.filed_at, ticket.awaiting_support_since, ticket.last_activity_at) == (at, at, at)
    assert ticket.support_unread is True


def test_numbers_begin_at_100001_and_rise(a_ticket):
    first, second = a_ticket(), a_ticket()
    assert first.number >= 100001
    assert second.number > first.number


def test_the_text_is_the_first_message_and_keeps_its_author(a_ticket, sara):
    ticket = a_ticket(body="پلاک اشتباه است")
    message = ticket.messages.get()
    assert (message.kind, message.side, message.author, message.author_name) == ("filed", "office", sara, "سارا محمدی")
    assert message.body == "پلاک اشتباه است"


def test_filing_writes_one_event_without_any_text(a_ticket, sara, technical):
    ticket = a_ticket()
    event = Event.objects.get(ticket=ticket)
    assert (event.verb, event.actor, event.source, event.audience) == ("file", sara, "web", "office")
    assert (event.before, event.after) == ({}, {"department_id": technical.pk})


def test_the_same_key_gives_the_same_ticket_once(a_ticket):
    key = uuid.uuid4()
    assert a_ticket(key=key) == a_ticket(key=key, subject="موضوع دیگر")
    assert (Ticket.objects.count(), Message.objects.count(), Event.objects.count()) == (1, 1, 1)


def test_a_key_of_somebody_else_is_a_404(a_ticket, neda):
    key = uuid.uuid4()
    a_ticket(key=key)
    with pytest.raises(Http404):
        a_ticket(key=key, by=neda)
    assert Ticket.objects.count() == 1


def test_a_ticket_may_concern_no_case(a_ticket):
    ticket = a_ticket(case=Case())
    assert (ticket.case_kind, ticket.tracking_number, ticket.has_case) == (CaseKind.NONE, "", False)


def test_the_office_is_fixed_at_filing(a_ticket, sara, office_a, office_b):
    ticket = a_ticket()
    sara.office = office_b
    sara.save()
    assert Ticket.objects.get(pk=ticket.pk).office == office_a


def test_the_departments_of_the_guide_are_there_from_the_start(db):
    assert list(Department.objects.values_list("name", flat=True)) == ["پشتیبانی فنی", "آموزش", "اجرا و راه‌اندازی سیستم"]
