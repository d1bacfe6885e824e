"""Events stay for ever, so none of them may hold what a person typed or is called: shown over every verb there is."""

import json
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from autonax_support.persian.calendar import tehran
from tests.hours import give_hours
from tests.privacy.conftest import FIELD
from tickets import models
from tickets.models import Event, SpecialDay, Ticket
from tickets.timeline import CAUSES
from tickets.verbs.filing import Case
from tickets.verbs.transitions import ALLOWED

TYPED = "«نوشته سارا و امید» O'Neil 09120000000"
CODES = {
    code
    for kind in (models.Status, models.Priority, models.ClosedReason, models.CaseKind)
    for code in kind.values
} | set(ALLOWED) | set(CAUSES)  # fmt: skip


@pytest.fixture
def a_whole_life(a_ticket, sara, reza, omid, sina, training, technical):
    """A ticket through every verb, with words of people wherever a verb takes any."""
    now = timezone.now()
    ticket = a_ticket(at=now - timedelta(days=90), subject=TYPED, body=TYPED, case=Case("99010294000040", FIELD))
    at = now - timedelta(days=89)
    tomorrow = tehran(at).date() + timedelta(days=1)
    ticket.read(by=omid, at=at)
    ticket.reveal(by=omid, at=at)
    if "see_file" in ALLOWED:
        ticket.see_file(uuid4(), by=omid, at=at)
    SpecialDay.objects.create(day=tehran(at).date() + timedelta(days=7), title=TYPED)
    give_hours(technical, spans=((600, 601),))
    Ticket.objects.get(pk=ticket.pk).reschedule(at=at, cause="holiday", day=tomorrow)
    ticket.note(by=omid, at=at, body=TYPED)
    ticket.prioritise(by=omid, at=at, priority="urgent")
    ticket.assign(by=omid, at=at, to=sina)
    ticket.undo(by=omid, at=at)
    ticket.develop(by=omid, at=at, promised=tomorrow, reason=TYPED)
    ticket.answer(by=omid, at=at, body=TYPED, development_done=True)
    ticket.forewarn(at=at, days=3)
    ticket.reply(by=reza, at=at, body=TYPED)
    ticket.transfer(by=omid, at=at, to=training, reason=TYPED)
    ticket.undo(by=omid, at=at)
    ticket.rate(by=sara, at=at, stars=1, remark=TYPED)
    ticket.close(by=omid, at=at, reason="other", remark=TYPED)
    ticket.reopen(by=sina, at=at)
    ticket.close(by=sara, at=at, reason="by_office")
    ticket.reply(by=sara, at=now, body=TYPED)
    return Event.objects.all()


def leaves(value):
    if isinstance(value, dict | list):
        return [leaf for item in (value.values() if isinstance(value, dict) else value) for leaf in leaves(item)]
    return [value]


def is_no_text(leaf):
    """An id, a moment or one of our own codes."""
    if leaf is None or isinstance(leaf, bool | int):
        return True
    return leaf == "" or leaf in CODES or parse_datetime(leaf) is not None or is_uuid(leaf)


def is_uuid(text):
    try:
        return bool(UUID(text))
    except ValueError:
        return False


def test_every_verb_was_played(a_whole_life):
    assert set(ALLOWED) - set(a_whole_life.values_list("verb", flat=True)) == set()


def test_no_event_of_any_verb_holds_text_or_a_name(a_whole_life):
    told = [leaf for event in a_whole_life for leaf in leaves([event.before, event.after])]
    assert [leaf for leaf in told if not is_no_text(leaf)] == []


def test_no_event_holds_the_words_or_numbers_of_people_even_in_part(a_whole_life, sara, omid):
    everything = json.dumps([[event.verb, event.before, event.after] for event in a_whole_life], ensure_ascii=False)
    personal = [*TYPED.split(), FIELD, "99010294000040", sara.full_name, sara.username, omid.full_name, "127.0.0.1"]
    assert [word for word in personal if word in everything] == []


def test_the_columns_of_an_event_have_no_room_for_text():
    kinds = {
        field.name: field.get_internal_type()
        for field in Event._meta.concrete_fields
        if field.get_internal_type() in ("CharField", "TextField")
    }
    assert kinds == {"verb": "CharField", "source": "CharField", "audience": "CharField"}
