"""Generated posts against every address that takes them: no failure, no foreign word, and no row that a success did not tell of."""

import os
import re

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.asking import Asking
from tests.hostile.places import Place, every_form
from tests.hostile.posts import posts
from tests.journeys.addresses import every_address
from tests.journeys.rows import rows_of

POSTS = 10_000 if os.environ.get("TEST_LONG") else 250
PEOPLE = ("sara", "neda", "omid", "mina", "kaveh")
OFFICE_WORD, DESK_WORD = "زمرد۷۳", "یاقوت۸۴"  # in the body of Sara's ticket; in a note on it
FOREIGN = {"sara": [DESK_WORD], "neda": [OFFICE_WORD, DESK_WORD], "mina": [OFFICE_WORD, DESK_WORD], "omid": [], "kaveh": []}
# what a request that was refused, or told of an error, may leave behind: a text kept for its author, and that it was tried
KEPT = {"tickets_draft", "files_attachment", "files_upload", "accounts_auditentry", "notices_job", "tickets_event", "tickets_unread"}
SHRINKS = {"tickets_draft", "files_attachment", "files_upload", "tickets_unread"}

FILLED = {
    "subject": "پلاک",
    "body": "متن",
    "remark": "توضیح",
    "reason": "دلیل",
    "title": "عنوان",
    "name": "نام",
    "full_name": "نام",
    "code": "72990101",
}


def plausible(place: Place) -> dict[str, str]:
    return {name: text for name, text in FILLED.items() if name in place.typed} | (
        {"no_case": "on"} if "no_case" in place.form.choices else {}
    )


@pytest.fixture
def world(request, a_ticket, sara, omid, training):
    """The addresses that take a POST, with what the person's own forms there would send: {person: [(path, fields)]}."""
    ticket = a_ticket(body=OFFICE_WORD)
    ticket.note(by=omid, at=timezone.now(), body=DESK_WORD)
    people = {name: request.getfixturevalue(name) for name in PEOPLE}
    addresses = every_address(**rows_of(sara, people["kaveh"], ticket))
    return people, addresses


@pytest.mark.slow
@pytest.mark.parametrize("person", PEOPLE)
def test_no_post_breaks_anything(world, person):
    people, addresses = world
    asking = Asking(people[person])
    own = {person: people[person]}
    forms = [(place.path, place.sent(plausible(place))) for place in every_form(own, addresses) if place.form.method == "post"]
    anywhere = [(address.path, {}) for address in addresses]

    @settings(
        max_examples=POSTS // len(PEOPLE),
        deadline=None,
        database=None,
        derandomize=POSTS == 250,
        suppress_health_check=list(HealthCheck),
    )
    @given(st.data())
    def send(data) -> None:
        path, fields = data.draw(st.sampled_from(forms) | st.sampled_from(forms) | st.sampled_from(anywhere))
        post = data.draw(posts(fields))
        response, grown = asking.ask("POST", path, post.body, post.content_type)
        assert response.status_code < 500
        body = "" if response.streaming else response.content.decode("utf-8", "replace")
        assert [word for word in FOREIGN[person] if word in body] == []
        assert {table for table, rows in grown.items() if rows < 0} <= SHRINKS
        if not 300 <= response.status_code < 400 and b"_popup" not in post.body:  # a window of the admin is told in a page
            assert set(grown) <= KEPT
        if "tickets_ticket" in grown:
            assert (grown["tickets_ticket"], grown["tickets_message"]) == (1, 1)
            assert re.fullmatch(r"/inbox/\d+/(#\w+)?", response.url)

    send()
