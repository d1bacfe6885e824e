"""From a ticket to the next and the previous one of «بعدی برای من»."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.desk.reading import QUEUE, address, told


@pytest.fixture
def turned(at_home):
    def turn(person, ticket, way):
        return at_home(person).get(address(ticket, way))

    return turn


@pytest.fixture
def three(a_ticket):
    return [a_ticket() for _ in range(3)]


def test_omid_goes_on_and_back(turned, three, omid):
    first, second, third = three
    assert [turned(omid, first, "next").url, turned(omid, second, "next").url] == [address(second), address(third)]
    assert [turned(omid, third, "previous").url, turned(omid, second, "previous").url] == [address(second), address(first)]


def test_at_both_ends_a_sentence_and_the_queue(turned, three, omid):
    end, beginning = turned(omid, three[-1], "next"), turned(omid, three[0], "previous")
    assert (end.url, told(end)) == (QUEUE, ["به انتهای صف رسیدید."])
    assert (beginning.url, told(beginning)[-1]) == (QUEUE, "به ابتدای صف رسیدید.")


def test_a_colleagues_ticket_is_passed_over(turned, three, omid, sina):
    three[1].assign(by=sina, at=timezone.now(), to=sina)
    assert turned(omid, three[0], "next").url == address(three[2])


def test_from_a_ticket_that_does_not_wait_the_queue_begins(turned, three, omid):
    three[1].answer(by=omid, at=timezone.now(), body="پاسخ")
    assert turned(omid, three[1], "next").url == address(three[0])


def test_what_was_answered_before_opens_at_its_newest_message(turned, three, omid, sara):
    three[1].answer(by=omid, at=timezone.now(), body="پاسخ")
    three[1].reply(by=sara, at=timezone.now(), body="نشد")
    for other in (three[0], three[2]):
        other.close(by=omid, at=timezone.now(), reason="solved")
    assert turned(omid, three[0], "next").url == f"{address(three[1])}#newest"


@pytest.mark.parametrize("way", ["next", "previous"])
def test_strangers_get_a_404_and_a_post_is_refused(turned, at_home, a_ticket, mina, sara, omid, way):
    ticket = a_ticket()
    assert [turned(person, ticket, way).status_code for person in (mina, sara)] == [404, 404]
    assert at_home(omid).post(address(ticket, way)).status_code == 405


def test_it_takes_three_queries_of_its_own(turned, three, client, omid):
    turned(omid, three[0], "next")
    with CaptureQueriesContext(connection) as captured:
        client.get(address(three[0], "next"))
    assert len([query for query in captured if not query["sql"].startswith(("BEGIN", "SAVEPOINT", "RELEASE"))]) <= 7
