"""Sara's bell, and Omid's."""

from datetime import timedelta

import pytest
from django.utils import timezone

from announcements.models import Announcement
from autonax_support.notices.models import Notice

LIST, READ, BELL = "/notices/", "/notices/read/", "/notices/bell/"


@pytest.fixture
def an_answered_ticket(a_ticket, omid):
    """Answered half an hour ago, so that the people of the office are told."""
    now = timezone.now()
    ticket = a_ticket(at=now - timedelta(hours=1))
    ticket.answer(by=omid, at=now - timedelta(minutes=30), body="تصویر شناسنامه پیوست شود")
    return ticket


@pytest.fixture
def an_announcement(kaveh):
    def make(title="قطع موقت استعلام", **changes):
        published = timezone.now() - timedelta(hours=1)
        return Announcement.objects.create(title=title, **{"body": "متن", "author": kaveh, "published_at": published} | changes)

    return make


@pytest.fixture
def many_notices(an_answered_ticket):
    """A function: so many answers on one ticket, told to this person, the newest with the highest id."""

    def make(person, count):
        event = an_answered_ticket.events.filter(verb="answer").first()
        events = [event.__class__(**fields_of(event)) for _ in range(count)]
        stored = event.__class__.objects.bulk_create(events)
        return Notice.objects.bulk_create(
            Notice(recipient=person, kind="answered", ticket=an_answered_ticket, event=one, at=one.at) for one in stored
        )

    return make


def fields_of(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


def unread(person):
    return Notice.objects.visible_to(person).unread().count()


def told(person, kind, ticket=None, **changes):
    """A notice of a kind that no verb writes."""
    return Notice.objects.create(recipient=person, kind=kind, ticket=ticket, **{"at": timezone.now()} | changes)
