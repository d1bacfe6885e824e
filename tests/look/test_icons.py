import re
from pathlib import Path

from django.template import engines

from autonax_support.look import STATUSES

ROOT = Path(__file__).resolve().parents[2]
SPRITE = (ROOT / "static" / "img" / "icons.svg").read_text()
IDS = re.findall(r'<symbol id="([^"]+)"', SPRITE)


def rendered(source: str) -> str:
    return engines["django"].from_string(source).render({})


def test_every_icon_of_a_template_is_in_the_sprite():
    used = {name for path in (ROOT / "templates").rglob("*.html") for name in re.findall(r'{[{%] ?icon[ (]"([^"]+)"', path.read_text())}
    assert used - set(IDS) == set()


def test_every_status_has_its_shape():
    assert [f"st-{shape}" for shape, _ in STATUSES.values() if f"st-{shape}" not in IDS] == []


def test_no_icon_is_drawn_twice():
    assert len(IDS) == len(set(IDS))


def test_an_icon_is_for_the_eye_only():
    html = rendered('{% icon "back" "icon--dir" %}')
    assert html == '<svg class="icon icon--dir" aria-hidden="true"><use href="/static/img/icons.svg#back"/></svg>'


def test_a_status_is_a_shape_and_a_word():
    icon = '<svg class="icon" aria-hidden="true"><use href="/static/img/icons.svg#st-dev"/></svg>'
    assert rendered('{% status "in_development" %}') == f'<span class="status status--dev">{icon}در دست توسعه</span>'
    assert rendered('{% status "closed" pill=True %}').startswith('<span class="status status--closed status--pill">')


def test_statuses_are_worded_as_on_the_tickets():
    from tickets.models import Ticket

    assert {code: word for code, (_, word) in STATUSES.items()} == dict(Ticket._meta.get_field("status").choices)


def test_the_star_can_be_filled():
    assert re.search(r'<symbol id="star"[^>]*fill', SPRITE) is None
