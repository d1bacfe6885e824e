"""The naughty texts in the fields of all other forms: stored by the rule, and shown as text where it is read."""

import re
import unicodedata
from dataclasses import dataclass, field

import pytest
from django.db import transaction
from django.db.models import Model

from announcements.limits import BODY_MAX, TITLE_MAX
from announcements.models import Announcement
from autonax_support.accounts.models import City, Office, Province, User
from autonax_support.files.models import Upload
from tests.asking import Asking, encoded
from tests.hostile.places import Place, every_form
from tests.hostile.reading import Page, arrives, stored, stored_line
from tests.hostile.strings import ALIVE, DIRECTION, LINE, LINES, naughty, together
from tests.journeys.addresses import every_address
from tests.journeys.rows import rows_of
from tickets.drafts import begin
from tickets.limits import REASON_MAX, REMARK_MAX
from tickets.models import Department, Draft, Message, Rating, Ticket

JOINERS = "\u200c\u200d"
# as typed, and as the Markdown that it is
NEWS_PAGES = "/admin/announcements/announcement/{pk}/change/ /announcements/{pk}/"
DESK_PAGE = "/admin/tickets/ticket/{ticket}/change/"


@dataclass(frozen=True)
class Kept:
    """A field, the longest text it takes, the row and column it comes to, and the pages where Kaveh or its writer reads it."""

    person: str
    form: str
    field: str
    longest: int
    row: type[Model]
    column: str
    shown: str
    is_line: bool = True
    also: dict[str, object] = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.form} {self.field}"

    def by_the_rule(self, text: str) -> str:
        return stored_line(text) if self.is_line else stored(text)


FIELDS = [
    Kept("sara", "/accounts/me/", "full_name", 150, User, "full_name", "/accounts/me/"),
    Kept("kaveh", "/office/{pk}/change/", "title", 200, Office, "title", "/admin/accounts/office/"),
    Kept("kaveh", "/department/{pk}/change/", "name", 100, Department, "name", "/admin/tickets/department/"),
    Kept("kaveh", "/province/{pk}/change/", "name", 100, Province, "name", "/admin/accounts/province/"),
    Kept("kaveh", "/city/{pk}/change/", "name", 100, City, "name", "/admin/accounts/city/"),
    Kept("kaveh", "/announcement/{pk}/change/", "title", TITLE_MAX, Announcement, "title", "/announcements/{pk}/"),
    Kept("kaveh", "/announcement/{pk}/change/", "body", BODY_MAX, Announcement, "body", NEWS_PAGES, is_line=False),
    Kept("omid", "/transfer/", "reason", REASON_MAX, Message, "body", DESK_PAGE, is_line=False),
    Kept("omid", "/develop/", "reason", REASON_MAX, Message, "body", DESK_PAGE, is_line=False, also={"promised": "۱۴۱۰/۰۱/۱۵"}),
    Kept("omid", "/close/", "remark", REASON_MAX, Message, "body", DESK_PAGE, is_line=False, also={"reason": "other"}),
    Kept("sara", "/rate/", "remark", REMARK_MAX, Rating, "remark", DESK_PAGE, is_line=False, also={"stars": 4}),
]


@pytest.fixture
def ticket(an_answered_ticket) -> Ticket:
    return an_answered_ticket


@pytest.fixture
def places(request, ticket, training) -> list[Place]:
    people = {name: request.getfixturevalue(name) for name in ("sara", "omid", "kaveh")}
    return every_form(people, every_address(**rows_of(people["sara"], people["kaveh"], ticket)))


def found(places: list[Place], kept: Kept) -> Place:
    ending = re.compile(kept.form.replace("{pk}", r"\d+") + "$")
    return next(place for place in places if place.person == kept.person and ending.search(place.path) and kept.field in place.typed)


@pytest.mark.slow
def test_what_is_typed_in_any_other_form_is_stored_by_the_rule_and_shown_as_text(places, ticket, kaveh, is_long):
    """In the normal run each field gets another share of the texts, batch by batch."""
    wrong, reader = {}, Asking(kaveh)
    for place, kept in enumerate(FIELDS):
        batches = together(naughty(), kept.longest, LINE if kept.is_line else LINES)
        share = batches[place % len(batches) :: len(FIELDS)]
        for text in naughty() if is_long else share:
            if told := judged(found(places, kept), kept, text, ticket.pk, reader):
                wrong[str(kept), text] = told
    assert wrong == {}


def judged(place: Place, kept: Kept, text: str, ticket: int, reader: Asking) -> list[object]:
    """What is not as it must be."""
    wanted, pk = kept.by_the_rule(text), re.search(r"/(\d+)/change/$", place.path)
    is_fit = 0 < len(wanted) <= kept.longest
    with transaction.atomic():
        answer = place.asking.do("POST", place.path, encoded(place.sent(kept.also | {kept.field: text})))
        rows = kept.row.objects.filter(pk=pk[1]) if pk else kept.row.objects.order_by("-pk")
        rows = rows.filter(username=kept.person) if kept.row is User else rows
        stands = getattr(rows.first(), kept.column, "") if is_fit else ""
        asking = place.asking if kept.shown == place.path else reader
        shown = [asking.do("GET", path) for path in kept.shown.format(pk=pk and pk[1], ticket=ticket).split()] if is_fit else []
        pages = [Page(each.content.decode()) for each in [answer, *shown]]
        transaction.set_rollback(True)
    told = [] if stands == (wanted if is_fit else "") else [answer.status_code, stands]
    told += [alive for page in pages for alive in page.alive]
    is_there = not wanted or any(page.says(wanted if is_fit else arrives(text)) for page in pages)  # of some there is nothing to be seen
    told += [] if is_there else ["not shown"]
    return told  # what was refused stands in the form as it was typed


def test_a_draft_that_saves_by_itself_keeps_what_was_typed(sara, is_long):
    asking, wrong = Asking(sara), {}
    for text in naughty() if is_long else together(naughty(), 2_000, LINES):
        with transaction.atomic():
            writing = begin(sara, Draft.Kind.FILING)
            keys = {"submission_key": writing.key, "draft_token": writing.token, "draft_version": 0, "draft_page": writing.page}
            address = f"/drafts/{writing.key}/"
            asking.do("POST", address, encoded(keys | {"subject": text, "body": text}), HTTP_ACCEPT="application/json")
            draft = Draft.objects.filter(key=writing.key).first()
            kept = {name: stored(value) for name, value in draft.data.items()} if draft else {}
            pages = [Page(asking.do("GET", path).content.decode()) for path in ("/drafts/", f"/tickets/new/?draft={writing.key}")]
            transaction.set_rollback(True)
        wanted = {"subject": stored(text), "body": stored(text)} if stored(text) else {}
        if kept != wanted or any(page.alive for page in pages):
            wrong[text] = kept, [page.alive for page in pages]
    assert wrong == {}


@pytest.mark.slow
def test_a_file_is_named_in_one_clean_line_and_its_row_is_text(sara, is_long):
    asking, wrong = Asking(sara), {}
    for text in naughty() if is_long else [*ALIVE, *DIRECTION, *naughty()[::15]]:
        with transaction.atomic():
            writing = begin(sara, Draft.Kind.FILING)
            fields = {"draft_token": writing.token, "name": f"{text}.txt", "size": 4}
            answer = asking.do("POST", "/uploads/", encoded(fields), HTTP_ACCEPT="application/json")
            upload = Upload.objects.filter(owner=sara).first()
            name = upload.name if upload else ""
            page = Page(asking.do("GET", f"/tickets/new/?draft={writing.key}").content.decode())
            transaction.set_rollback(True)
        hidden = [letter for letter in name if letter not in JOINERS and unicodedata.category(letter) in ("Cc", "Cf", "Cs", "Co", "Cn")]
        is_clean = name.endswith(".txt") and not hidden and not {"/", "\\"}.intersection(name) and len(name.encode()) <= 240
        if answer.status_code != 201 or not is_clean or page.alive or not page.says(name):
            wrong[text] = answer.status_code, name, page.alive
    assert wrong == {}
