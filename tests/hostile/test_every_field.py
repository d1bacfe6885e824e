"""The naughty texts through every field of every form, as the pages have them: a clean answer, and nothing of the text alive in it."""

import pytest

from tests.asking import encoded
from tests.hostile.places import Place, every_form
from tests.hostile.reading import Page
from tests.hostile.strings import LINES, naughty, together
from tests.journeys.addresses import every_address
from tests.journeys.rows import rows_of

CLEAN = (200, 302, 400, 403, 404, 405, 409, 413, 414, 429)
TOGETHER = 5_000  # characters at once, in the normal run

SOME = {
    ("sara", "q"), ("sara", "subject"), ("sara", "body"), ("sara", "tracking_number"), ("sara", "national_id"), ("sara", "remark"),
    ("sara", "full_name"), ("omid", "q"), ("omid", "body"), ("omid", "reason"), ("omid", "remark"), ("omid", "promised"),
    ("kaveh", "title"), ("kaveh", "code"), ("kaveh", "name"), ("kaveh", "username"), ("nobody", "username"),
}  # fmt: skip


@pytest.fixture
def places(request, an_answered_ticket) -> list[Place]:
    people = {name: request.getfixturevalue(name) for name in ("sara", "omid", "kaveh")}
    addresses = every_address(**rows_of(people["sara"], people["kaveh"], an_answered_ticket))
    found = every_form({**people, "nobody": None}, addresses)
    assert {(place.person, field) for place in found for field in place.typed} >= SOME
    return found


@pytest.mark.slow
@pytest.mark.parametrize("half", [0, 1])
def test_a_naughty_text_in_any_field_gets_a_clean_answer(places, half, is_long):
    texts, dirty = naughty() if is_long else together(naughty(), TOGETHER, LINES), {}
    for place in places[half::2]:
        for text in texts:
            status, alive = answered(place, text)
            if status not in CLEAN or alive:
                dirty[str(place), text] = status, alive
    assert dirty == {}


def answered(place: Place, text: str) -> tuple[int, list[str]]:
    fields = encoded(place.sent(dict.fromkeys(place.typed, text)))
    if place.form.method == "post":
        response = place.asking.ask("POST", place.path, fields, count=False)[0]
    else:
        response = place.asking.ask("GET", f"{place.path}?{fields.decode()}", count=False)[0]
    is_page = not response.streaming and "html" in response.headers.get("Content-Type", "")
    return response.status_code, Page(response.content.decode()).alive if is_page else []
