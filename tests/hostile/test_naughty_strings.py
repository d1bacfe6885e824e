"""Every naughty text through the fields that others read; stored by the stated rule, shown as text on every page.

In the long run each goes alone, otherwise as many together as a field takes.
"""

from urllib.parse import urljoin

import pytest
from django.utils import timezone

from autonax_support.persian.identity import ISOLATED, veil_national_ids
from tests.asking import Asking, encoded
from tests.hostile.reading import Page, stored, stored_line
from tests.hostile.strings import LINES, naughty, together
from tests.journeys.forms import Reader
from tickets.models import Message, Ticket

PARTS, A_PAGE = 4, 50
WAYS = ("reply", "answer", "note")
SUBJECT_MAX, TOGETHER = 200, 1_000
ELEMENTS = "[...document.querySelectorAll('.message__body *')].map(element => element.localName)"


@pytest.fixture(params=range(PARTS), ids="part {}".format)
def texts(request) -> list[str]:
    return naughty()[request.param :: PARTS]


@pytest.fixture
def asking(sara, omid, technical) -> dict[str, Asking]:
    return {"sara": Asking(sara), "omid": Asking(omid)}


def pages_of(asking: Asking, address: str) -> list[Page]:
    """The list from its first page to its last."""
    found = []
    while address:
        html = asking.do("GET", address).content.decode()
        found.append(Page(html))
        older = [href for words, href in Reader(html).links if "قدیمی‌تر" in words]
        address = urljoin(address, older[0]) if older else ""
    return found


def test_a_subject_and_a_body_are_stored_by_the_rule_and_shown_in_both_lists(asking, texts, technical, is_long):
    wanted, answers = [], {}
    unfit = [text for text in texts if not stored_line(text)]
    for text in texts if is_long else [*unfit, *together(texts, SUBJECT_MAX)]:
        fields = {"subject": text, "body": text, "department": technical.pk, "no_case": "on"}
        answers[text] = asking["sara"].do("POST", "/tickets/new/", encoded(fields)).status_code
        subject, body = stored_line(text), stored(text)
        is_fit = subject and body and len(subject) <= SUBJECT_MAX
        wanted += [(subject, body)] if is_fit else []
        answers[text] = (answers[text], 302 if is_fit else 200)
    assert {text: pair for text, pair in answers.items() if pair[0] != pair[1]} == {}
    assert list(Message.objects.order_by("pk").values_list("ticket__subject", "body")) == wanted
    for person, address in (("sara", "/inbox/"), ("omid", "/admin/tickets/ticket/?view=all")):
        pages = pages_of(asking[person], address)
        assert [alive for page in pages for alive in page.alive] == []
        shown = [
            veil_national_ids(subject, frame=ISOLATED) for subject, _ in wanted
        ]  # ten digits may be somebody's, and a list is no place for them
        assert [subject for subject in shown if not any(page.says(subject) for page in pages)] == []


def test_replies_answers_and_notes_are_stored_by_the_rule_and_shown_in_the_thread(asking, a_ticket, texts, is_long):
    """Fifty to a ticket."""
    said_each = texts if is_long else together(texts, TOGETHER, LINES)
    spoken = [(way, text) for text in said_each for way in WAYS]
    for start in range(0, len(spoken), A_PAGE):
        ticket, some = a_ticket(), spoken[start : start + A_PAGE]
        wrong = [text for way, text in some if speak(asking, ticket, way, text) != (302 if stored(text) else 200)]
        assert wrong == []
        said = list(ticket.messages.order_by("pk")[1:])
        assert [(message.kind, message.body) for message in said] == [(way, stored(text)) for way, text in some if stored(text)]
        office = Page(asking["sara"].do("GET", f"/inbox/{ticket.pk}/").content.decode())
        desk = Page(asking["omid"].do("GET", f"/admin/tickets/ticket/{ticket.pk}/change/").content.decode())
        assert (office.alive, desk.alive) == ([], [])
        assert [message.body for message in said if not desk.says(message.body)] == []
        assert [message.body for message in said if message.kind != "note" and not office.says(message.body)] == []


def speak(asking: dict[str, Asking], ticket: Ticket, way: str, text: str) -> int:
    if way == "reply":
        return asking["sara"].do("POST", f"/inbox/{ticket.pk}/reply/", encoded({"body": text})).status_code
    fields = {"body": text, "kind": way, "then": "stay"}
    return asking["omid"].do("POST", f"/admin/tickets/ticket/{ticket.pk}/change/", encoded(fields)).status_code


@pytest.mark.parametrize(("person", "part"), [("sara", 0), ("omid", 1), ("sara", 2), ("omid", 3)])
def test_fifty_to_a_page_a_browser_finds_nothing_alive(page_of, a_ticket, sara, omid, person, part):
    """No dialog, no error in the console, no element of theirs, no flag in the window."""
    reader, address = {"sara": (sara, "/inbox/{}/"), "omid": (omid, "/admin/tickets/ticket/{}/change/")}[person]
    texts = [stored(text) for text in naughty()[part::PARTS] if stored(text)]
    page = page_of(reader, "/help/")
    dialogs = []
    page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    for start in range(0, len(texts), A_PAGE):
        ticket, some = a_ticket(), texts[start : start + A_PAGE]
        for text in some:
            ticket.reply(by=sara, at=timezone.now(), body=text)
        page.goto(address.format(ticket.pk))
        page.mouse.move(600, 400)
        shown = page.locator(".message__body").all_text_contents()
        assert ["".join(body.split()) for body in shown[1:]] == ["".join(text.split()) for text in some]
        assert set(page.evaluate(ELEMENTS)) <= {"p", "br", "a", "bdi", "pre"}
        assert (page.evaluate("window.hostile === undefined"), dialogs) == (True, [])
