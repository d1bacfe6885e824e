"""New tickets that are nobody's: told together, in the department's hours (Saturday to Wednesday, 8 to 16), none twice."""

from datetime import timedelta

import pytest

from autonax_support.notices.models import Channels, Notice
from autonax_support.persian.text import to_persian_digits as fa
from autonax_support.work import worker
from tests.hours import at, give_hours
from tests.notices.telling import deliveries, letter_of, reachable
from tickets.digesting import digest_queues
from tickets.models import Ticket

NOON, LATER = at(1405, 9, 4, 12), at(1405, 9, 4, 12, 30)
MINUTE = timedelta(minutes=1)


def told() -> set[tuple[str, str, int]]:
    """Who has which unread digest, of how many."""
    return set(Notice.objects.filter(kind="queue_digest").unread().values_list("recipient__username", "department__name", "count"))


def of(count: int, *people, department="پشتیبانی فنی"):
    return {(person.username, department, count) for person in people}


def test_every_expert_of_the_department_hears_of_all_together(working, a_ticket, omid, sina, mina):
    for minutes in (60, 20, 2):
        a_ticket(at=NOON - minutes * MINUTE)
    digest_queues(None, NOON)
    assert told() == of(3, omid, sina)


def test_of_none_twice_and_of_nothing_nobody(working, a_ticket, omid, sina):
    digest_queues(None, NOON)
    assert told() == set()
    a_ticket(at=NOON + MINUTE)
    for moment in (LATER, LATER, LATER + 30 * MINUTE):
        digest_queues(None, moment)
    assert Notice.objects.filter(kind="queue_digest").count() == 2


def test_the_newer_digest_takes_the_place_of_the_unread_one(working, a_ticket, omid, sina):
    a_ticket(at=NOON - 5 * MINUTE)
    digest_queues(None, NOON)
    for _ in range(2):
        a_ticket(at=NOON + MINUTE)
    digest_queues(None, LATER)
    assert told() == of(2, omid, sina)


def test_what_is_taken_or_answered_is_nobodys_no_more(working, a_ticket, omid, sina):
    taken, answered = a_ticket(at=NOON - 5 * MINUTE), a_ticket(at=NOON - 5 * MINUTE)
    taken.assign(by=sina, at=NOON - 3 * MINUTE, to=omid)
    answered.answer(by=omid, at=NOON - 3 * MINUTE, body="سلام")
    digest_queues(None, NOON)
    assert told() == set()


def test_what_was_brought_from_another_department_is_new_here(working, a_ticket, omid, sina, mina, training):
    ticket = a_ticket(at=NOON - timedelta(days=20), department=training)
    digest_queues(None, NOON - timedelta(hours=2))
    ticket.transfer(by=mina, at=NOON - 5 * MINUTE, to=working, reason="فنی است")
    digest_queues(None, NOON)
    assert told() == of(1, omid, sina)


def test_what_came_in_the_night_is_told_in_the_morning(working, a_ticket, omid, sina):
    digest_queues(None, NOON)
    a_ticket(at=at(1405, 9, 4, 22))
    digest_queues(None, at(1405, 9, 4, 23))
    digest_queues(None, at(1405, 9, 5, 9))  # a Thursday
    assert told() == set()
    digest_queues(None, at(1405, 9, 7, 8))
    assert told() == of(1, omid, sina)


def test_a_department_without_hours_is_told_at_any_hour(a_ticket, mina, training):
    give_hours(training, spans=())
    a_ticket(at=at(1405, 9, 5, 23), department=training)
    digest_queues(None, at(1405, 9, 5, 23, 5))
    assert told() == of(1, mina, department="آموزش")


def test_what_is_just_being_filed_waits_for_the_next(working, a_ticket, omid, sina):
    a_ticket(at=NOON - timedelta(seconds=30))
    digest_queues(None, NOON)
    assert told() == set()
    digest_queues(None, LATER)
    assert told() == of(1, omid, sina)


def test_each_department_has_its_own(working, a_ticket, omid, sina, mina, training):
    give_hours(training)
    a_ticket(at=NOON - 5 * MINUTE)
    a_ticket(at=NOON - 5 * MINUTE, department=training)
    digest_queues(None, NOON)
    assert told() == of(1, omid, sina) | of(1, mina, department="آموزش")


def test_the_mail_names_the_department_and_the_numbers_and_leads_to_its_queue(working, a_ticket, omid):
    reachable(omid, email="omid@example.ir", mobile="09121234567")
    Channels.objects.create(user=omid, email=True, sms=True, quiet_from=0, quiet_until=0)
    older, newer = a_ticket(at=NOON - 9 * MINUTE), a_ticket(at=NOON - 5 * MINUTE)
    digest_queues(None, NOON)
    mail = letter_of(deliveries()[0], NOON)
    assert mail.subject == "۲ تیکت جدید در بخش پشتیبانی فنی"
    assert f"است: {fa(newer.pk)}، {fa(older.pk)}." in mail.text
    assert f"view=unassigned&department={working.pk}" in mail.text
    assert deliveries("sms") == []


def test_what_is_all_taken_when_the_mail_goes_is_not_sent(working, a_ticket, omid, sina):
    reachable(omid, email="omid@example.ir")
    ticket = a_ticket(at=NOON - 5 * MINUTE)
    digest_queues(None, NOON)
    Ticket.objects.get(pk=ticket.pk).assign(by=sina, at=NOON + MINUTE, to=omid)
    digest = Notice.objects.get(kind="queue_digest", recipient=omid).deliveries.get()
    assert letter_of(digest, NOON + 2 * MINUTE) is None


def test_who_left_the_department_meanwhile_is_not_told_of_it(working, a_ticket, omid):
    reachable(omid, email="omid@example.ir")
    a_ticket(at=NOON - 5 * MINUTE)
    digest_queues(None, NOON)
    omid.memberships.all().delete()
    assert letter_of(deliveries()[0], NOON + 2 * MINUTE) is None


@pytest.mark.parametrize("moment", [NOON, LATER])
def test_the_worker_does_it(working, a_ticket, omid, sina, moment):
    a_ticket(at=NOON - 5 * MINUTE)
    worker(clock=lambda: moment).run_once()
    assert told() == of(1, omid, sina)
