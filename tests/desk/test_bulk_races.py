"""The same bulk form, or its undo, sent twice at the same moment: one of them does it, and both tell of the same work."""

import pytest

from tests.desk.bulking import BULK, in_bulk
from tests.racing import at_once, browser_of, rounds
from tickets.models import Batch, Event, Ticket

KEY = "8d9c1a52-6a5b-4f6f-9a5e-1a5d0e6f7b11"


def transferred_by(browsers: list, tickets: list[Ticket], to: int) -> list:
    asked = {"department": to, "reason": "آموزشی است", "key": KEY}
    return at_once(lambda browser: in_bulk(browser, "transfer", tickets, **asked), browsers)


def undone_by(browsers: list, batch: Batch) -> list:
    return at_once(lambda browser: browser.post(f"{BULK}{batch.pk}/undo/"), browsers)


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_are_one_work(a_ticket, omid, training):
    for _ in range(rounds(3, 20)):
        tickets, browsers = [a_ticket() for _ in range(4)], [browser_of(omid) for _ in range(2)]
        answers = transferred_by(browsers, tickets, training.pk)
        batch = Batch.objects.latest("at")
        assert [(answer.status_code, str(batch.pk) in answer.url) for answer in answers] == [(302, True)] * 2
        assert (batch.events().count(), batch.refused) == (4, {})
        assert [answer.status_code for answer in undone_by(browsers, batch)] == [302] * 2
        assert (batch.undoings().count(), Ticket.objects.filter(department=training).count()) == (4, 0)
    assert Event.objects.filter(verb="undo").count() == Event.objects.filter(verb="transfer").count()
