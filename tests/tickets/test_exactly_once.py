"""Impatient clicks: one form is sent many times at once, then by Back, then again because no answer came, and it is one message."""

import uuid
from dataclasses import dataclass

import pytest
from django.utils import timezone

from tests.racing import at_once, browser_of, digests, files, form_on, same_browser
from tickets.models import Draft, Event, Message, Rating, SearchDoc, Ticket
from tickets.verbs.filing import Case

pytestmark = pytest.mark.django_db(transaction=True)

TEXT = "در پرونده الکترونیکی پلاک خودرو اشتباه ثبت شده است"


@dataclass(frozen=True)
class Sent:
    """One way of sending a text with files: whose, on which page, by which button."""

    kind: str
    person: str
    page: str
    button: str
    verb: str


WAYS = [
    Sent("filed", "sara", "/tickets/new/", "ثبت تیکت", "file"),
    Sent("reply", "sara", "/inbox/{}/", "ارسال پاسخ", "reply"),
    Sent("answer", "omid", "/admin/tickets/ticket/{}/change/", "ارسال پاسخ", "answer"),
    Sent("note", "omid", "/admin/tickets/ticket/{}/change/", "ثبت یادداشت داخلی", "note"),
]
by_kind = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.kind)


@pytest.fixture
def form(way, request, technical):
    """A function that sends the form of this way, always the same one, in the same browser; and where it was opened."""
    person = request.getfixturevalue(way.person)
    ticket = None if way.verb == "file" else request.getfixturevalue("a_ticket")()
    browser = browser_of(person)
    address = way.page.format(ticket.pk if ticket else "")
    opened = form_on(browser, address, way.button)
    typed = {"body": TEXT}
    if way.verb == "file":
        typed |= {"subject": "پلاک خودرو", "department": technical.pk, "tracking_number": "۹۹۰۱۰۲۹۴۰۰۰۰۴۰"}
        address += f"?draft={opened.fields['submission_key'][0]}"
    filled = opened.filled_in(way.button, typed)

    def send(_=None):
        return same_browser(browser).post(opened.action, filled | {"attachments": files()})

    send.browser, send.address, send.person = browser, address, person
    return send


def sent_once(way, person) -> Ticket:
    message = Message.objects.get(kind=way.kind)
    assert (message.author, message.body) == (person, TEXT)
    assert sorted(message.attachments.values_list("received_sha256", flat=True)) == sorted(digests())
    assert Event.objects.filter(verb=way.verb, message=message).count() == Event.objects.filter(verb=way.verb).count() == 1
    assert Draft.objects.count() == 0
    return message.ticket


@by_kind
def test_twenty_posts_of_one_form_then_back_then_a_retry_send_once(way, form):
    answers = at_once(form, range(20))
    assert [answer.status_code for answer in answers] == [302] * 20
    ticket = sent_once(way, form.person)
    assert {answer.url for answer in answers} == {form().url}  # the line dropped before the answer came
    form.browser.get(form.address, follow=True)
    form()  # Back shows the form as the browser kept it
    assert sent_once(way, form.person) == ticket
    assert Ticket.objects.count() == 1
    assert SearchDoc.objects.filter(message__kind=way.kind).count() == 1


def test_ten_clerks_rating_at_once_leave_one_row_with_the_last_ones_stars(a_ticket, omid, office_a):
    from tests.cast import a_clerk

    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    clerks = [browser_of(a_clerk(f"clerk{place}", f"کاربر {place}", office_a)) for place in range(10)]

    def rate(place: int) -> int:
        return clerks[place].post(f"/inbox/{ticket.pk}/rate/", {"stars": place % 5 + 1, "remark": f"نظر {place}"}).status_code

    assert at_once(rate, range(10)) == [302] * 10
    rating, last = Rating.objects.get(), Event.objects.filter(verb="rate").order_by("-id").first()
    assert Event.objects.filter(verb="rate").count() == 10
    assert (rating.rated_by, rating.stars) == (last.actor, last.after["stars"])
    assert rating.remark == f"نظر {rating.rated_by.username.removeprefix('clerk')}"


def test_fifty_filings_at_once_keep_number_author_office_text_and_files_apart(sara, reza, neda, technical, training):
    from tickets.drafts import begin

    people, departments = [sara, reza, neda], [technical, training]
    browsers = [browser_of(person) for person in people]
    writings = [begin(people[turn % 3], Draft.Kind.FILING) for turn in range(50)]

    def file(turn: int) -> str:
        typed = {"subject": f"موضوع {turn}", "department": departments[turn % 2].pk, "no_case": "1", "body": f"متن {turn}"}
        keys = {"submission_key": str(writings[turn].key), "draft_token": writings[turn].token}
        mine = files({f"مدرک {turn}.txt": f"مدرک {turn}".encode()})
        return same_browser(browsers[turn % 3]).post("/tickets/new/", typed | keys | {"attachments": mine}).url

    places = at_once(file, range(50))
    assert len(set(places)) == Ticket.objects.count() == 50
    for turn, place in enumerate(places):
        ticket = Ticket.objects.get(pk=place.split("/")[2])
        message = ticket.messages.get()
        person = people[turn % 3]
        assert (ticket.subject, ticket.filed_by, ticket.office_id) == (f"موضوع {turn}", person, person.office_id)
        assert (ticket.department, message.author, message.body) == (departments[turn % 2], person, f"متن {turn}")
        assert message.submission_key == writings[turn].key
        file = message.attachments.get()
        assert (file.name, file.received_sha256) == (f"مدرک {turn}.txt", *digests({"": f"مدرک {turn}".encode()}))
    assert Draft.objects.count() == 0


@pytest.mark.parametrize(("verb", "person"), [("reply", "sara"), ("answer", "omid"), ("note", "omid")])
def test_one_key_said_twenty_times_to_a_verb_is_one_message(a_ticket, request, verb, person):
    by, key = request.getfixturevalue(person), uuid.uuid4()
    ticket = a_ticket()

    def say(_) -> int:
        return getattr(Ticket.objects.get(pk=ticket.pk), verb)(by=by, at=timezone.now(), body="سلام", key=key).pk

    assert len(set(at_once(say, range(20)))) == 1
    assert (Message.objects.filter(kind=verb).count(), Event.objects.filter(verb=verb).count()) == (1, 1)


def test_one_key_filed_twenty_times_is_one_ticket(sara, technical):
    key, case = uuid.uuid4(), Case("99010294000040")

    def file(_) -> int:
        return Ticket.file(by=sara, at=timezone.now(), subject="پلاک", department=technical, body="متن", case=case, key=key).pk

    assert len(set(at_once(file, range(20)))) == 1
    assert (Ticket.objects.count(), Event.objects.count()) == (1, 1)
