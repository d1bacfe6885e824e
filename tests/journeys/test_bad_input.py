"""Hostile and broken input in addresses, searches and forms meets a clean answer. What is typed in fields: tests/hostile."""

from urllib.parse import quote

import pytest
from django.test import Client

from tests.journeys.naughty import GARBAGE, HUGE_NUMBERS, SURROGATE, TEXTS
from tickets.models import Message, Ticket

CLEAN = (200, 302, 400, 403, 404, 405, 413, 414)
SEARCHED = {
    "sara": ["/inbox/"],
    "omid": ["/admin/tickets/ticket/"],
    "kaveh": ["/admin/announcements/announcement/", "/admin/accounts/user/", "/admin/accounts/office/"],
}
TURNED = {
    "sara": ["/inbox/", "/announcements/"],
    "omid": ["/admin/tickets/ticket/"],
    "kaveh": ["/admin/announcements/announcement/"],
}
OWN = ["q", "after", "before", "status", "department", "from", "to", "tab", "view", "assignee", "priority", "undo"]
PARAMETERS = [OWN, ["p", "o", "e", "id__exact"]]


@pytest.fixture
def browsers(a_ticket, sara, omid, kaveh) -> dict[str, Client]:
    a_ticket()
    clients = {person.username: Client(raise_request_exception=False) for person in (sara, omid, kaveh)}
    for person in (sara, omid, kaveh):
        clients[person.username].force_login(person)
    return clients


def encoded(text: str) -> str:
    return quote(text.encode("utf-8", "surrogatepass"))


def unclean(client: Client, addresses) -> dict[str, int]:
    answers = {address: client.get(address).status_code for address in addresses}
    return {address: status for address, status in answers.items() if status not in CLEAN}


@pytest.mark.parametrize("person", SEARCHED)
def test_naughty_texts_in_a_search_find_their_way_or_nothing(browsers, person):
    addresses = [f"{page}?q={encoded(text)}" for page in SEARCHED[person] for text in TEXTS]
    assert unclean(browsers[person], addresses) == {}


@pytest.mark.parametrize("person", TURNED)
def test_garbage_in_any_parameter_shows_a_clean_page(browsers, person):
    queries = ["&".join(f"{name}={value}" for name in names) for names in PARAMETERS for value in GARBAGE]
    addresses = [f"{page}?{query}" for page in TURNED[person] for query in queries]
    assert unclean(browsers[person], addresses) == {}


@pytest.mark.parametrize("key", ["after", "before"])
def test_a_page_key_that_is_garbage_shows_the_first_page(browsers, key):
    subject = Ticket.objects.get().subject
    pages = [browsers["sara"].get(f"/inbox/?{key}={value}") for value in GARBAGE]
    assert [(page.status_code, subject in page.content.decode()) for page in pages] == [(200, True)] * len(GARBAGE)


@pytest.mark.parametrize("person", SEARCHED)
def test_a_query_of_ten_thousand_characters_is_answered(browsers, person):
    texts = ["الف" * 3334, "ا ب " * 2500, "(" * 10000, "*" * 10000, "\u200c" * 10000]
    assert unclean(browsers[person], [f"{page}?q={encoded(text)}" for page in SEARCHED[person] for text in texts]) == {}


def test_numbers_beyond_every_ticket_are_no_page(browsers):
    rooms = {
        "sara": ["/inbox/{}/", "/announcements/{}/"],
        "omid": ["/admin/tickets/ticket/{}/change/"],
        "kaveh": ["/admin/accounts/user/{}/change/"],
    }
    numbers = [*HUGE_NUMBERS, "%00", SURROGATE, "1%00", "a", "1%2F2"]
    for person, patterns in rooms.items():
        answers = {(path, number): browsers[person].get(path.format(number)).status_code for path in patterns for number in numbers}
        assert answers == dict.fromkeys(answers, 404)


@pytest.mark.parametrize(
    "place", ["/attachments/{}/", "/attachments/{}/thumbnail/", "/drafts/{}/", "/tickets/new/?draft={}", "/accounts/login/?next={}"]
)
def test_keys_that_are_none_are_no_page(browsers, place):
    keys = [*GARBAGE[1:], "00000000-0000-0000-0000-000000000000", "//example.com", "javascript:alert(1)", "..%2F..%2Fetc%2Fpasswd"]
    assert unclean(browsers["sara"], [place.format(key) for key in keys]) == {}


FURTHER = [*(f"sample_{name}_{row}" for row in (1, 2, 3) for name in ("tracking", "national_id")), "owner_national_id", "buyer_national_id"]
OF_CASE = ["case_for", "case_kind", "seller_national_id", "file_anyway"]
# who sends where, and the fields of that form; {} is the ticket's number
FORMS = [
    ("sara", "/tickets/new/", ["subject", "body", "tracking_number", "national_id", "department", "submission_key", "draft_token"]),
    ("sara", "/tickets/new/", [*FURTHER, *OF_CASE]),
    ("sara", "/tickets/new/", ["body", "add_to"]),
    ("sara", "/tickets/new/", ["body", "case_for", "case_kind", "change_case"]),
    ("sara", "/inbox/{}/reply/", ["body", "seen", "remove", "submission_key"]),
    ("sara", "/inbox/{}/rate/", ["stars", "remark"]),
    ("sara", "/accounts/me/", ["full_name"]),
    ("sara", "/accounts/me/password/", ["old_password", "new_password1", "new_password2"]),
    ("sara", "/accounts/theme/", ["theme", "next"]),
    ("sara", "/accounts/login/", ["username", "password", "next"]),
    ("omid", "/admin/tickets/ticket/{}/change/", ["body", "kind", "then", "seen", "submission_key"]),
    ("omid", "/admin/tickets/ticket/{}/transfer/", ["department", "reason"]),
    ("omid", "/admin/tickets/ticket/{}/assign/", ["assignee"]),
    ("omid", "/admin/tickets/ticket/{}/prioritise/", ["priority"]),
    ("omid", "/admin/tickets/ticket/{}/develop/", ["promised", "reason"]),
    ("omid", "/admin/tickets/ticket/{}/close/", ["reason", "remark"]),
    ("kaveh", "/admin/announcements/announcement/add/", ["title", "body", "published_at", "expires_at", "level", "kind"]),
    ("kaveh", "/admin/accounts/user/add/", ["username", "full_name", "role", "office", "email", "mobile"]),
    ("kaveh", "/admin/accounts/office/add/", ["code", "title", "city", "phone"]),
    ("kaveh", "/admin/tickets/department/add/", ["name", "position"]),
]
BROKEN = {"bad utf-8": "%F0%28%8C%28%00", "200 kB": quote("متن " * 25000), "many digits": "9" * 400}


def sent(client: Client, path: str, fields: dict[str, str]):
    """As bytes of our own making: the client would refuse to send some of it."""
    body = "&".join(f"{name}={text}" for name, text in fields.items())
    return client.post(path, body, content_type="application/x-www-form-urlencoded")


@pytest.mark.parametrize("text", BROKEN.values(), ids=BROKEN)
def test_broken_text_in_the_fields_is_answered_cleanly(browsers, text):
    number = Ticket.objects.get().pk
    answers = {path: sent(browsers[person], path.format(number), dict.fromkeys(fields, text)).status_code for person, path, fields in FORMS}
    assert {path: status for path, status in answers.items() if status not in CLEAN} == {}


def test_a_text_of_200_kb_is_refused_at_its_field_and_stands_in_it(browsers):
    page = sent(browsers["sara"], f"/inbox/{Ticket.objects.get().pk}/reply/", {"body": BROKEN["200 kB"]}).content.decode()
    assert "حداکثر ۲۰٬۰۰۰ نویسه پذیرفته می‌شود." in page
    assert "متن " * 20000 in page
    assert Message.objects.count() == 1
