"""Status, department and a range of Jalali days."""

from datetime import UTC, datetime
from urllib.parse import parse_qsl

import pytest
from django.utils import timezone

from autonax_support.persian.calendar import day_start, from_jalali
from tests.inbox.scenes import ago


@pytest.fixture
def answered(an_answered_ticket):
    return an_answered_ticket


@pytest.fixture
def in_training(a_ticket, training):
    return a_ticket(department=training, at=day_start(from_jalali(1405, 6, 31)))


@pytest.mark.parametrize("status", ["answered", "awaiting_you"])
def test_an_answered_ticket_waits_for_the_office(numbers_at, sara, answered, in_training, status):
    assert numbers_at(sara, status=status) == [answered.pk]


def test_a_new_ticket_waits_for_support(numbers_at, sara, answered, in_training):
    assert numbers_at(sara, status="awaiting_support") == [in_training.pk]


def test_each_status_finds_its_tickets(numbers_at, sara, omid, a_ticket, answered, in_training):
    seen, told, later, done = (a_ticket(at=ago(hours=hours)) for hours in (9, 8, 7, 6))
    seen.read(by=omid, at=timezone.now())
    told.answer(by=omid, at=timezone.now(), body="پاسخ")
    told.reply(by=sara, at=timezone.now(), body="نشد")
    later.develop(by=omid, at=timezone.now(), promised=timezone.localdate())
    done.close(by=sara, at=timezone.now(), reason="by_office")
    codes = ["new", "read", "answered", "followed_up", "in_development", "closed"]
    found = [numbers_at(sara, status=code) for code in codes]
    assert found == [[ticket.pk] for ticket in (in_training, seen, answered, told, later, done)]


def test_a_department_finds_its_tickets(numbers_at, sara, answered, in_training, training):
    assert numbers_at(sara, department=training.pk) == [in_training.pk]


@pytest.mark.parametrize(
    ("days", "is_found"),
    [
        ({"from": "۱۴۰۵/۰۶/۳۱"}, True),
        ({"from": "1405/7/1"}, False),
        ({"to": "۱۴۰۵/۰۶/۳۱"}, True),
        ({"to": "1405-06-30"}, False),
        ({"from": "۱۴۰۵/۰۶/۳۱", "to": "۱۴۰۵/۰۶/۳۱"}, True),
    ],
)
def test_the_days_of_a_range_count_whole(numbers_at, sara, in_training, days, is_found):
    assert numbers_at(sara, **days) == ([in_training.pk] if is_found else [])


def test_the_last_minute_of_a_day_in_tehran_belongs_to_it(numbers_at, sara, a_ticket):
    ticket = a_ticket(at=datetime(2026, 9, 22, 20, 29, tzinfo=UTC))  # 23:59 of 31 Shahrivar 1405
    assert [numbers_at(sara, to="1405/06/31"), numbers_at(sara, **{"from": "1405/07/01"})] == [[ticket.pk], []]


@pytest.mark.parametrize(
    ("days", "errors"),
    [
        ({"from": "دیروز"}, {"from": ["تاریخ را به شکل ۱۴۰۵/۰۹/۰۲ وارد کنید."]}),
        ({"to": "1405/12/30"}, {"to": ["این روز در تقویم نیست؛ اسفند سال ۱۴۰۵ فقط ۲۹ روز دارد."]}),
        ({"from": "1405/02/01", "to": "1405/01/01"}, {"to": ["تاریخ پایان پیش از تاریخ آغاز است. یکی از دو تاریخ را تغییر دهید."]}),
    ],
)
def test_a_wrong_day_is_told_at_its_field_and_the_list_stays(at_home, sara, answered, days, errors):
    response = at_home(sara).get("/inbox/", days)
    assert (response.context["form"].errors, len(response.context["page"].rows)) == (errors, 1)
    assert errors[next(iter(errors))][0] in response.content.decode()


@pytest.mark.parametrize("garbage", ["0", "-1", "x", "9" * 40, "\x00", "۱", "' --", "closed\x00"])
@pytest.mark.parametrize("name", ["status", "department", "after", "before", "filters", "unknown"])
def test_garbage_filters_nothing(numbers_at, sara, answered, name, garbage):
    assert numbers_at(sara, **{name: garbage}) == [answered.pk]


def test_filters_work_together_and_stay_in_every_link(at_home, sara, many_tickets, technical):
    many_tickets(30)
    query = {"q": "پروانه", "status": "awaiting_support", "department": technical.pk, "from": "1400/01/01"}
    response = at_home(sara).get("/inbox/", query)
    links = [response.context["older"], f"?{response.context['tab_address']}", f"?{response.context['filters_address']}"]
    kept = [{name: str(value) for name, value in query.items()} for _ in links]
    del kept[1]["status"]  # the tab says it
    assert [read(link) for link in links] == kept


def read(link):
    return {name: value for name, value in parse_qsl(link.lstrip("?")) if name not in ("after", "filters")}


def test_on_a_phone_one_link_opens_the_filters(at_home, sara, answered):
    closed, opened = (at_home(sara).get(address).content.decode() for address in ("/inbox/", "/inbox/?filters=1"))
    assert ('href="?filters=1"' in closed, "filters--open" in closed) == (True, False)
    assert ('href="?filters=1"' in opened, "filters--open" in opened) == (False, True)
