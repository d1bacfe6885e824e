"""One box for number, tracking number, national ID, subject and text, however they are typed."""

import pytest
from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.journeys.naughty import NOTHING, QUERIES, TOO_LONG
from tickets.verbs.filing import Case


@pytest.fixture
def ticket(a_ticket):
    a_ticket(subject="چاپ کارت", body="چاپگر روشن نمی‌شود", case=Case(tracking_number="99010447000041", national_id="8353199300"))
    return a_ticket(subject="خطای کد ملی - تمدید پروانه‌های تاکسیرانی", body="می‌خواهم پلاک خودرو را اصلاح کنم؛ کد AX-4021 آمد")


@pytest.mark.parametrize(
    "typed",
    [
        "99010294000040",
        "۹۹۰۱۰۲۹۴۰۰۰۰۴۰",
        "٩٩٠١٠٢٩٤٠٠٠٠٤٠",
        "8520342272",
        "۸۵۲۰۳۴۲۲۷۲",
        "تمدید پروانه‌های",
        "پروانه های تاکسیرانی",
        "پروانههای",
        "می‌خواهم",
        "می خواهم",
        "پلاك خودرو",
        "تاكسيراني",
        "ax-4021",
        "  اصلاح \u200f پلاک  ",
    ],
)
def test_sara_finds_her_ticket_by(numbers_at, sara, ticket, typed):
    assert numbers_at(sara, q=typed) == [ticket.pk]


@pytest.mark.parametrize("digits", [str, to_persian_digits])
def test_sara_finds_it_by_its_number_in_any_digits(numbers_at, sara, ticket, digits):
    assert numbers_at(sara, q=digits(ticket.pk)) == [ticket.pk]


def test_every_word_must_be_there(numbers_at, sara, ticket):
    assert numbers_at(sara, q="پلاک چاپگر") == []


def test_neda_finds_nothing_of_it(numbers_at, neda, ticket):
    assert [numbers_at(neda, q=typed) for typed in ("99010294000040", str(ticket.pk), "پلاک")] == [[], [], []]


def test_sara_finds_by_the_answer_but_never_by_a_note(numbers_at, sara, omid, ticket):
    ticket.answer(by=omid, at=timezone.now(), body="شناسنامه بفرستید")
    ticket.note(by=omid, at=timezone.now(), body="مشکوک به جعل")
    assert (numbers_at(sara, q="شناسنامه"), numbers_at(sara, q="جعل")) == ([ticket.pk], [])


def test_what_is_not_found_is_said_with_what_to_do(at_home, sara, ticket):
    page = at_home(sara).get("/inbox/", {"q": "هیچ<b>کجا"}).content.decode()
    assert "برای «<bdi>هیچ&lt;b&gt;کجا</bdi>» چیزی پیدا نشد. با شماره تیکت یا شماره پیگیری جستجو کنید" in page


@pytest.mark.parametrize(("count", "words"), [(1, "یک نتیجه"), (3, "۳ نتیجه"), (45, "۴۵ نتیجه")])
def test_the_number_of_results_is_said(at_home, sara, many_tickets, count, words):
    many_tickets(count)
    assert f"<span>{words}</span>" in at_home(sara).get("/inbox/?q=پروانه").content.decode()


def test_a_query_that_is_too_long_is_refused_at_the_field_and_the_list_stays(at_home, sara, ticket):
    response = at_home(sara).get("/inbox/", {"q": "پلاک " * 50})
    assert response.context["form"].errors == {"q": ["متن جستجو را کوتاه‌تر کنید؛ ۲۰۰ نویسه کافی است."]}
    assert len(response.context["page"].rows) == 2


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_nobody_means_gets_a_clean_list(at_home, sara, ticket, query):
    typed, said = QUERIES[query]
    response = at_home(sara).get(f"/inbox/?q={typed}")
    page, rows = response.content.decode(), response.context["page"].rows
    assert (response.status_code, [words for words in (TOO_LONG, NOTHING) if words in page]) == (200, [said] if said else [])
    assert (ticket in rows) is (said != NOTHING)


def test_not_even_a_huge_query_is_too_much(at_home, sara, ticket):
    assert TOO_LONG in at_home(sara).get("/inbox/", {"q": "م" * 200_000}).content.decode()
