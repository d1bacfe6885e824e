"""Narrowing the queue by expert, office, province and rating: what is none of ours narrows nothing and tells nothing."""

import pytest
from django.utils import timezone

from autonax_support.accounts.models import City, Office, Province
from tests.cast import a_member, an_expert, an_office
from tests.desk.reading import QUEUE, numbers
from tickets.admin.choosing import OFFICES_MAX
from tickets.admin.filters import MANY_OFFICES, NO_OFFICE


@pytest.fixture
def narrowed(at_home):
    """A function: which tickets this person sees of all, narrowed so."""

    def shown(person, **query):
        return numbers(at_home(person).get(QUEUE, {"view": "all"} | query))

    return shown


@pytest.fixture
def tickets(a_ticket, sara, neda):
    """One of office A, one of office B."""
    return {"a": a_ticket().pk, "b": a_ticket(by=neda).pk}


def test_any_expert_of_ones_departments_may_be_asked_for(a_ticket, narrowed, at_home, omid, sina, mina):
    hers, free = a_ticket(), a_ticket()
    hers.assign(by=omid, at=timezone.now(), to=sina)
    assert narrowed(omid, assignee=sina.pk) == [hers.pk]
    assert narrowed(omid, assignee="nobody") == [free.pk]
    page = at_home(omid).get(QUEUE).content.decode()
    assert (sina.full_name in page, mina.full_name in page) == (True, False)


def test_an_expert_who_has_left_is_still_a_choice(a_ticket, narrowed, omid, sina):
    ticket = a_ticket()
    ticket.assign(by=omid, at=timezone.now(), to=sina)
    type(sina).objects.filter(pk=sina.pk).update(is_active=False)
    assert narrowed(omid, assignee=sina.pk) == [ticket.pk]


@pytest.mark.parametrize(
    "query", [{"assignee": "{mina}"}, {"department": "{training}"}, {"province": "999"}, {"rating": "6"}, {"rating": "x"}]
)
def test_what_is_none_of_ours_narrows_nothing(tickets, narrowed, omid, mina, training, query):
    asked = {name: value.format(mina=mina.pk, training=training.pk) for name, value in query.items()}
    assert narrowed(omid, **asked) == [tickets["b"], tickets["a"]]


@pytest.mark.parametrize("value", ["\x00", "9" * 60, "-1", "%", "_", "' OR 1=1 --", "۱" * 300, "𝟘"])
@pytest.mark.parametrize("name", ["assignee", "department", "province", "rating", "office"])
def test_no_value_breaks_it(tickets, at_home, omid, name, value):
    assert at_home(omid).get(QUEUE, {"view": "all", name: value}).status_code == 200


@pytest.mark.parametrize(
    "typed", ["72990102001", "۷۲۹۹۰۱۰۲۰۰۱", "٧٢٩٩٠١٠٢٠٠١", " 7299 0102 001 ", "دفتر شهر نمونه ۱", "نمونه 1", "شهر نمونه"]
)
def test_an_office_is_found_by_code_and_name_in_any_digits(tickets, narrowed, omid, typed):
    assert narrowed(omid, office=typed) == [tickets["a"]]


def test_a_beginning_of_codes_means_all_that_begin_so_but_a_whole_one_itself(tickets, a_ticket, narrowed, omid, neda):
    assert narrowed(omid, office="7299") == [tickets["b"], tickets["a"]]
    an_office("7299", "دفتر کوتاه")
    assert narrowed(omid, office="7299") == []


def test_an_office_that_is_none_is_told_and_finds_nothing(tickets, at_home, omid):
    response = at_home(omid).get(QUEUE, {"view": "all", "office": "نیست"})
    assert (numbers(response), response.context["cl"].form.errors["office"]) == ([], [NO_OFFICE])
    assert NO_OFFICE in response.content.decode()


def test_too_many_offices_are_told_and_find_nothing(tickets, at_home, omid, office_a):
    Office.objects.bulk_create(Office(city=office_a.city, code=str(10_000 + place), title="دفتر") for place in range(OFFICES_MAX))
    response = at_home(omid).get(QUEUE, {"view": "all", "office": "دفتر"})
    assert (numbers(response), response.context["cl"].form.errors["office"]) == ([], [MANY_OFFICES])


def test_a_foreign_departments_tickets_of_the_office_stay_hidden(tickets, narrowed, mina, office_a):
    assert narrowed(mina, office=office_a.code, province=office_a.city.province_id) == []


def test_a_province_narrows(tickets, a_ticket, narrowed, omid, office_b):
    far = Province.objects.create(name="دور")
    Office.objects.filter(pk=office_b.pk).update(city=City.objects.create(province=far, name="دورترین"))
    assert narrowed(omid, province=far.pk) == [tickets["b"]]


@pytest.mark.parametrize(("asked", "found"), [("any", ["bad", "good"]), ("1", ["bad"]), ("5", ["good"]), ("3", [])])
def test_stars_narrow(a_ticket, narrowed, omid, sara, asked, found):
    at, rated = timezone.now(), {"good": a_ticket(), "bad": a_ticket(), "none": a_ticket()}
    for name, stars in (("good", 5), ("bad", 1)):
        rated[name].answer(by=omid, at=at, body="پاسخ")
        rated[name].rate(by=sara, at=at, stars=stars)
    assert narrowed(omid, rating=asked) == [rated[name].pk for name in found]


def test_all_together_narrow_and_are_carried_to_the_next_page(a_ticket, at_home, omid, sina, office_a):
    at = timezone.now()
    for _ in range(31):
        a_ticket().assign(by=omid, at=at, to=sina)
    query = {"view": "mine", "assignee": str(sina.pk), "office": "نمونه", "province": str(office_a.city.province_id)}
    page = at_home(omid).get(QUEUE, query | {"view": "all"})
    assert len(numbers(page)) == 30
    assert len(numbers(at_home(omid).get(f"{QUEUE}{page.context['cl'].following}"))) == 1


def test_kaveh_may_ask_for_everybody(at_home, kaveh, omid, mina):
    a_member(an_expert("nima", "نیما راد"), mina.memberships.get().department)
    page = at_home(kaveh).get(QUEUE).content.decode()
    assert [name in page for name in (omid.full_name, mina.full_name, "نیما راد")] == [True] * 3


@pytest.mark.parametrize(
    ("query", "is_open"),
    [({"q": "پلاک"}, False), ({"priority": "urgent"}, True), ({"office": "؟؟"}, True), ({"filters": "1"}, True), ({}, False)],
)
def test_on_a_phone_a_search_shows_what_it_found_and_not_the_filters(at_home, omid, tickets, query, is_open):
    page = at_home(omid).get(QUEUE, {"view": "all"} | query).content.decode()
    assert ("only-wide" not in page) == is_open
