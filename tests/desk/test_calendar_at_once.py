"""Two managers change the calendar at the same moment: one is told, neither sees an error of ours."""

import pytest
from django.db import connection

from tests.desk.test_calendar import CLOSURE, HOLIDAYS, SATURDAY, SPECIAL
from tests.desk.test_departments import form
from tests.racing import at_once, browser_of, open_transactions, rounds, same_browser
from tickets.models import Holiday, SpecialDay

pytestmark = pytest.mark.django_db(transaction=True)


def statuses(person, place, fields, times):
    client = browser_of(person)
    return sorted(answer.status_code for answer in at_once(lambda _: same_browser(client).post(place, fields), range(times)))


@pytest.mark.parametrize(("place", "fields", "model"), [(HOLIDAYS, SATURDAY, Holiday), (SPECIAL, CLOSURE, SpecialDay)])
def test_the_same_day_is_stored_once_and_the_other_is_told(kaveh, place, fields, model):
    for turn in range(rounds(5, 30)):
        row = fields | {"day": f"1407/10/{turn + 1:02}"}
        assert statuses(kaveh, f"{place}add/", row, 3) == [200, 200, 302]
    if connection.vendor == "postgresql":
        assert open_transactions() == 0


def test_the_same_week_is_stored_once(kaveh, technical):
    technical.work_spans.all().delete()
    place = f"/admin/tickets/department/{technical.pk}/change/"
    assert statuses(kaveh, place, form("فنی", "1"), 3) == [200, 200, 302]
    assert technical.work_spans.count() == 1
