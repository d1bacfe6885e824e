"""The tab «از مهلت گذشته»: what is past its due time with support to answer it, the longest first."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests.desk.reading import QUEUE, numbers
from tickets.admin.queue import VIEWS, queue_url
from tickets.models import Ticket


@pytest.fixture
def late(a_ticket):
    """A function: a ticket that was due so many hours ago."""

    def filed(hours: int, **changes) -> Ticket:
        ticket = a_ticket(**changes)
        due = timezone.now() - timedelta(hours=hours)
        Ticket.objects.filter(pk=ticket.pk).update(due_at=due, queue_at=due)
        return Ticket.objects.get(pk=ticket.pk)

    return filed


def test_the_longest_late_comes_first(late, a_ticket, at_home, omid):
    little, much = late(1), late(30)
    a_ticket()
    late(-1)
    assert numbers(at_home(omid).get(QUEUE, {"view": "overdue"})) == [much.pk, little.pk]
    assert numbers(at_home(omid).get(QUEUE))[:2] == [much.pk, little.pk]


def test_what_is_answered_closed_or_promised_is_not_late(late, at_home, omid):
    at = timezone.now()
    answered, closed, developed = (late(hours) for hours in (1, 2, 3))
    answered.answer(by=omid, at=at, body="پاسخ")
    closed.close(by=omid, at=at, reason="solved")
    developed.develop(by=omid, at=at, promised=timezone.localdate() + timedelta(days=3))
    assert numbers(at_home(omid).get(QUEUE, {"view": "overdue"})) == []


def test_one_department_alone_is_linked_to(late, at_home, kaveh, technical, training):
    mine, _ = late(2), late(3, department=training)
    assert numbers(at_home(kaveh).get(queue_url(view="overdue", department=technical.pk))) == [mine.pk]


def test_it_stands_between_development_and_all(at_home, omid):
    assert [view.code for view in VIEWS][-3:] == ["development", "overdue", "all"]
    assert ">از مهلت گذشته</a>" in at_home(omid).get(QUEUE).content.decode()
