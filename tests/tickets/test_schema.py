"""What the database itself holds true."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from tickets.models import Event, Message, Rating, Ticket, Unread
from tickets.schema import FTS_TRIGGERS, ensure_schema


@pytest.mark.parametrize("change", ["update", "delete"])
def test_events_are_append_only(a_ticket, change):
    a_ticket()
    with pytest.raises(IntegrityError), transaction.atomic():
        Event.objects.update(verb="forged") if change == "update" else Event.objects.all()._raw_delete("default")


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "unknown"},
        {"status": "answered"},
        {"awaiting_support_since": None},
        {"status": "closed", "awaiting_support_since": None},
        {"status": "in_development"},
        {"closed_reason": "solved"},
        {"tracking_number": "99-0102940"},
        {"tracking_number": "123456789"},
        {"tracking_number": "۹۹۰۱۰۲۹۴۰۰۰۰۴۰"},
        {"national_id": "85203"},
        {"case_kind": "none"},
        {"tracking_number": "", "case_kind": "other"},
        {"subject": ""},
        {"subject": "م" * 201},
        {"priority": "highest"},
    ],
)
def test_a_ticket_that_makes_no_sense_cannot_be_stored(a_ticket, wrong):
    from django.db import DataError

    ticket = a_ticket()
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        Ticket.objects.filter(pk=ticket.pk).update(**wrong)


def test_a_message_is_at_most_20000_characters_long(a_ticket):
    ticket = a_ticket(body="م" * 20_000)
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.filter(ticket=ticket).update(body="م" * 20_001)


def test_a_ticket_is_filed_with_one_text(a_ticket):
    ticket = a_ticket()
    with pytest.raises(IntegrityError), transaction.atomic():
        Message.objects.create(ticket=ticket, kind="filed", side="office", created_at=timezone.now())


@pytest.mark.parametrize("stars", [0, 6])
def test_stars_are_one_to_five(a_ticket, sara, omid, technical, stars):
    with pytest.raises(IntegrityError), transaction.atomic():
        Rating.objects.create(ticket=a_ticket(), rated_by=sara, stars=stars, expert=omid, department=technical, at=timezone.now())


def test_unread_is_one_mark_for_each_person_and_ticket(a_ticket, sara):
    ticket = a_ticket()
    Unread.objects.mark(ticket, [sara])
    Unread.objects.mark(ticket, [sara])
    assert Unread.objects.count() == 1


def test_after_every_migrate_what_only_sql_says_is_there_again(db):
    if connection.vendor != "sqlite":
        ensure_schema(None)
        return
    with connection.cursor() as cursor:
        for name in FTS_TRIGGERS:
            cursor.execute(f"DROP TRIGGER {name}")
        ensure_schema(None)
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND tbl_name LIKE 'tickets_%'")
        triggers = {name for (name,) in cursor.fetchall()}
    assert triggers == {*FTS_TRIGGERS, "append_only_tickets_event_update", "append_only_tickets_event_delete"}
