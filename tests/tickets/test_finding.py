"""Numbers come first, searching has its time, and what is shown of a result says why it is one."""

import threading

import pytest
from django.db import connection, connections, transaction
from django.test import Client
from django.utils import timezone

from autonax_support.persian.text import query_terms
from tickets import finding
from tickets.finding import identifier_in, illustrate
from tickets.models import Ticket
from tickets.models.search_doc import way_to
from tickets.verbs.filing import Case


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("100001", "100001"),
        ("#۱۰۰۰۰۱", "100001"),
        (" ٩٩٠١٠٢٩٤٠٠٠٠٤٠ ", "99010294000040"),
        ("852-034227-2", "8520342272"),
        ("\u200f8520342272\u200e", "8520342272"),
        ("9901 0294 0000 40", "99010294000040"),
        ("12345678901234567", ""),
        ("پلاک 12", ""),
        ("12ب345", ""),
        ("#", ""),
        ("", ""),
        ("²", ""),
        ("१२३", ""),
    ],
)
def test_a_query_that_is_nothing_but_a_number(typed, digits):
    assert identifier_in(typed) == digits


@pytest.fixture
def tickets(a_ticket) -> dict[str, Ticket]:
    """One that has the number, and newer ones that speak of it."""
    own = a_ticket(case=Case("99010294000040", "8520342272"))
    speaks = [
        a_ticket(subject=f"ادامه {own.pk}", body="شماره ۹۹۰۱۰۲۹۴۰۰۰۰۴۰ و 8520342272", case=Case("99010447000041", "")) for _ in range(2)
    ]
    return {"own": own, "speaks": speaks}


@pytest.mark.parametrize("number", ["99010294000040", "۸۵۲۰۳۴۲۲۷۲", "own"])
@pytest.mark.parametrize("who", ["sara", "omid"])
def test_the_ticket_that_has_the_number_comes_before_newer_ones_that_name_it(tickets, request, at_home, number, who):
    typed = str(tickets["own"].pk) if number == "own" else number
    address = {"sara": "/inbox/", "omid": "/admin/tickets/ticket/"}[who]
    context = at_home(request.getfixturevalue(who)).get(address, {"q": typed}).context
    shown = [ticket.pk for ticket in (context["page"].rows if who == "sara" else context["cl"].result_list)]
    assert shown == [tickets["own"].pk, *(ticket.pk for ticket in reversed(tickets["speaks"]))]


def test_it_comes_once_however_many_pages_there_are(a_ticket, at_home, sara):
    own = a_ticket(case=Case("99010294000040", ""))
    for _ in range(25):
        a_ticket(body="۹۹۰۱۰۲۹۴۰۰۰۰۴۰", case=Case("99010447000041", ""))
    client = at_home(sara)
    first = client.get("/inbox/?q=99010294000040").context
    second = client.get(f"/inbox/{first['older']}").context
    numbers = [ticket.pk for context in (first, second) for ticket in context["page"].rows]
    assert (numbers[0], len(numbers), len(set(numbers)), str(first["found"])) == (own.pk, 26, 26, "۲۶ نتیجه")


def test_a_number_of_another_office_or_department_is_not_found(tickets, neda, sina, mina):
    own = tickets["own"]
    for stranger in (neda, mina):
        assert list(Ticket.objects.visible_to(stranger).identified_by(str(own.pk))) == []


def test_the_desk_lists_an_office_by_its_code(a_ticket, omid, reza):
    ticket = a_ticket()
    assert list(Ticket.objects.visible_to(omid).matching(reza.office.code, omid)) == [ticket]


@pytest.fixture
def few(monkeypatch):
    monkeypatch.setattr("tickets.models.search_doc.MANY", 2)


def test_frequent_and_rare_words_find_the_same_by_either_way(few, a_ticket, sara, neda, omid):
    tickets = [a_ticket(body=f"پلاک خودرو {'زرافه' if place == 1 else ''}") for place in range(4)]
    tickets[0].note(by=omid, at=timezone.now(), body="پلاک یادداشت")
    hers = a_ticket(
        by=neda, body=" و ".join(f"{place}گ" for place in range(120))
    )  # below 100 words PostgreSQL does not trust its statistics
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    assert [way_to(query_terms(word)).often for word in ("پلاک", "زرافه", "!")] == [True, False, False]
    visible = Ticket.objects.visible_to(sara)
    assert set(visible.matching("پلاک", sara)) == set(tickets)
    assert list(visible.matching("زرافه", sara)) == [tickets[1]]
    assert (list(visible.matching("یادداشت", sara)), list(Ticket.objects.visible_to(neda).matching("پلاک", neda))) == ([], [hers])


def pieces(found) -> str:
    return "".join(f"[{piece.text}]" if piece.is_hit else piece.text for piece in found)


def test_a_result_shows_its_hits_in_the_subject_and_in_the_newest_text_that_has_them(a_ticket, sara, omid):
    ticket = a_ticket(subject="تمدید پروانه", body="پلاك خودرو اشتباه است")
    ticket.answer(by=omid, at=timezone.now(), body=f"{'سلام. ' * 30}پلاک‌های خودرو را ببینید")
    ticket.note(by=omid, at=timezone.now(), body="پلاک محرمانه")
    for person, wanted in ((sara, "[پلاک‌های] خودرو را ببینید"), (omid, "[پلاک] محرمانه")):
        illustrate([ticket], "پلاک", person)
        assert pieces(ticket.excerpt).endswith(wanted)
    illustrate([ticket], "پروانه", sara)
    assert (pieces(ticket.subject_pieces), ticket.excerpt) == ("تمدید [پروانه]", [])


def test_national_ids_stay_masked_in_what_is_shown(a_ticket, at_home, sara):
    a_ticket(subject="کد ملی 8520342272", body="کد ملی 8520342272 اشتباه است")
    page = at_home(sara).get("/inbox/?q=اشتباه").content.decode()
    assert ("<mark>اشتباه</mark>" in page, "8520342272" in page.replace('value="8520342272"', "")) == (True, False)


def test_markup_of_a_text_is_text_in_its_excerpt(a_ticket, at_home, sara):
    a_ticket(subject="<b>پلاک</b>", body="<script>پلاک</script>")
    page = at_home(sara).get("/inbox/?q=پلاک").content.decode()
    assert "&lt;script&gt;<mark>پلاک</mark>&lt;/script&gt;" in page
    assert "&lt;b&gt;<mark>پلاک</mark>&lt;/b&gt;" in page


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("who", "address"), [("sara", "/inbox/"), ("omid", "/admin/tickets/ticket/")])
def test_a_search_that_takes_too_long_is_stopped_and_says_what_to_do(a_ticket, request, monkeypatch, who, address):
    monkeypatch.setattr(finding, "SECONDS", 0.2)
    a_ticket()
    client, locked, done = Client(), threading.Event(), threading.Event()
    client.force_login(request.getfixturevalue(who))

    def hold():
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute("LOCK TABLE tickets_searchdoc")
                locked.set()
                done.wait(10)
        finally:
            connections.close_all()

    holder = threading.Thread(target=hold)
    holder.start()
    try:
        assert locked.wait(10)
        answer = client.get(address, {"q": "پلاک"})
    finally:
        done.set()
        holder.join()
    assert (answer.status_code, finding.TOO_BROAD in answer.content.decode()) == (200, True)
    assert finding.TOO_BROAD not in client.get(address, {"q": "پلاک"}).content.decode()
