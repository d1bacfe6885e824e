"""Finding a ticket however it was typed; the same table on both databases."""

import pytest
from django.db import connection
from django.utils import timezone

from tickets.finding import as_fts5, as_query, as_tsquery
from tickets.models import SearchDoc, Ticket
from tickets.verbs.filing import Case

BODY = "هنگام تمدید پروانه، پلاک‌های خودرو كامل نمایش داده نمی‌شود. خطا: SIMFA-504"


@pytest.fixture
def ticket(a_ticket, omid) -> Ticket:
    ticket = a_ticket(subject="خطای کد ملی - تمدید پروانه تاکسیرانی", body=BODY)
    ticket.answer(by=omid, at=timezone.now(), body="تصویر شناسنامه را بفرستید")
    return ticket


@pytest.mark.parametrize(
    "query",
    [
        "پلاک",
        "پلاكها",
        "پلاک‌ها",
        "کامل",
        "نمی شود",
        "نمی‌شود",
        "تاکسی رانی",
        "simfa",
        "504",
        "۵۰۴",
        "شناسنامه",
        "خطا پلاک",
        "99010294000040",
        "۹۹۰۱۰۲۹۴۰۰۰۰۴۰",
        "٩٩٠١٠٢٩٤٠٠٠٠٤٠",
        "8520342272",
        "سارا",
    ],
)
def test_sara_finds_her_ticket_by(ticket, sara, query):
    assert list(Ticket.objects.visible_to(sara).matching(query, sara)) == [ticket]


def test_a_ticket_is_found_by_its_number_in_any_digits(ticket, sara):
    for number in (str(ticket.number), f"#{ticket.number}", str(ticket.number).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))):
        assert list(Ticket.objects.visible_to(sara).matching(number, sara)) == [ticket]


def test_the_numbers_of_a_ticket_are_not_taken_for_one(a_ticket):
    ticket = a_ticket(subject="خطای 504", case=Case("", "8520342272"))
    words = SearchDoc.objects.get(ticket=ticket, message=None).key.split()
    assert [word for word in words if word.isdigit()][:3] == ["504", str(ticket.pk), "8520342272"]


@pytest.mark.parametrize(
    "query",
    [
        "گواهینامه",
        "پلاک گواهینامه",
        "، . !",
        "",
        "\u200c\u200f",
        "%",
        "\\",
        "' OR 1=1 --",
        '"',
        "a:* & !b",
        "NEAR(",
        "()",
        "*",
        "می‌ها",
        "نمی تر",
        "می ها ها",
    ],
)
def test_what_is_not_there_is_not_found_and_breaks_nothing(ticket, sara, query):
    assert list(Ticket.objects.visible_to(sara).matching(query, sara)) == []


def test_a_long_query_is_answered(ticket, sara):
    assert list(Ticket.objects.visible_to(sara).matching("پلاک " * 40, sara)) == [ticket]


def test_neda_finds_nothing_of_office_a(ticket, neda):
    assert list(Ticket.objects.visible_to(neda).matching("پلاک", neda)) == []
    assert list(Ticket.objects.matching("پلاک", neda)) == []


def test_one_row_for_the_ticket_and_one_for_each_text(ticket):
    assert list(SearchDoc.objects.order_by("id").values_list("message__kind", flat=True)) == [None, "filed", "answer"]


def test_a_query_is_words_in_the_databases_own_language():
    terms = [("پلاک*", "پلا ک"), ("504",)]
    assert as_tsquery(terms) == "(('پلاک':*) | ('پلا' & 'ک')) & (('504'))"
    assert as_fts5(terms) == '(("پلاک"*) OR ("پلا" AND "ک")) AND (("504"))'


def test_the_index_of_sqlite_is_whole(ticket):
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO tickets_searchdoc_fts(tickets_searchdoc_fts, rank) VALUES ('integrity-check', 1)")
    assert SearchDoc.objects.filter(key__led_by=as_query([("پلاک*",)])).count() == 1
