from datetime import date, timedelta

import pytest
from django.http import QueryDict
from django.utils import timezone

from autonax_support.persian.calendar import numeric
from tests.desk.reading import QUEUE, numbers, stored
from tests.journeys.naughty import KEY_OF_ANNOUNCEMENTS, NOTHING, QUERIES, THERE, TOO_LONG
from tickets.admin.queue import VIEWS
from tickets.verbs.filing import Case


@pytest.fixture
def queue(at_home):
    def shown(person, **query):
        return at_home(person).get(QUEUE, query)

    return shown


def test_omid_sees_what_awaits_his_department(a_ticket, queue, omid, training):
    mine = a_ticket()
    a_ticket(department=training)
    assert numbers(queue(omid)) == [mine.pk]


def test_a_row_tells_subject_office_city_department_status_and_what_is_new(a_ticket, queue, omid, office_a):
    a_ticket(at=timezone.now())
    page = queue(omid).content.decode()
    for words in (
        "پلاک خودرو اشتباه است",
        office_a.title,
        office_a.city.name,
        "پشتیبانی فنی",
        "جدید",
        "بدون کارشناس",
        "پیام جدید",
        "همین حالا",
    ):
        assert words in page


def test_the_promised_date_stands_in_the_row(a_ticket, queue, omid):
    a_ticket().develop(by=omid, at=timezone.now(), promised=date(2027, 1, 5))
    assert "۱۴۰۵/۱۰/۱۵" in queue(omid, view="development").content.decode()


def test_the_oldest_of_equals_comes_first_and_all_begins_with_the_newest(a_ticket, queue, omid):
    first, second = a_ticket(), a_ticket()
    assert numbers(queue(omid)) == [first.pk, second.pk]
    assert numbers(queue(omid, view="all")) == [second.pk, first.pk]


def test_each_tab_shows_its_own(a_ticket, queue, omid, sina):
    at = timezone.now()
    new, his, answered, developed, closed = (a_ticket() for _ in range(5))
    his.assign(by=sina, at=at, to=omid)
    answered.answer(by=sina, at=at, body="پاسخ")
    developed.develop(by=sina, at=at, promised=timezone.localdate() + timedelta(days=3))
    closed.close(by=sina, at=at, reason="solved")
    shown = {view.code: set(numbers(queue(omid, view=view.code))) for view in VIEWS if view.code != "overdue"}
    assert shown == {
        "next": {new.pk, his.pk},
        "unassigned": {new.pk},
        "mine": {his.pk},
        "waiting": {answered.pk},
        "development": {developed.pk},
        "all": {new.pk, his.pk, answered.pk, developed.pk, closed.pk},
    }


def test_what_is_next_for_omid_is_his_or_nobodys(a_ticket, queue, omid, sina):
    free, his, hers = (a_ticket() for _ in range(3))
    his.assign(by=sina, at=timezone.now(), to=omid)
    hers.assign(by=sina, at=timezone.now(), to=sina)
    assert numbers(queue(omid)) == [free.pk, his.pk]


def test_the_support_manager_sees_all_departments(a_ticket, queue, kaveh, training):
    tickets = [a_ticket(), a_ticket(department=training)]
    assert numbers(queue(kaveh)) == [ticket.pk for ticket in tickets]


def test_pages_follow_each_other_by_key(a_ticket, queue, omid):
    filed = [a_ticket().pk for _ in range(33)]
    first = queue(omid)
    assert numbers(first) == filed[:30]
    second = queue(omid, **query_of(first.context["cl"].following))
    assert numbers(second) == filed[30:]
    assert second.context["cl"].following is None


def test_all_is_paged_by_number(a_ticket, queue, omid):
    filed = [a_ticket().pk for _ in range(31)]
    first = queue(omid, view="all")
    assert numbers(queue(omid, **query_of(first.context["cl"].following))) == filed[:1]


@pytest.mark.parametrize("key", ["x", "-", "1", "99999999999999999999-1", "999999999999999999-9999999999", "۱۲-۳", "1-1-1", "\x00"])
def test_a_garbage_key_shows_the_first_page(a_ticket, queue, omid, key):
    ticket = a_ticket()
    response = queue(omid, after=key)
    assert response.status_code == 200
    assert numbers(response) in ([ticket.pk], [])
    if key != "999999999999999999-9999999999":
        assert numbers(response) == [ticket.pk]


def test_a_key_of_another_list_shows_the_first_page_and_of_another_tab_goes_on_at_its_place(a_ticket, at_home, queue, omid, sara):
    filed = [a_ticket().pk for _ in range(31)]
    by_turn, by_number = (query_of(queue(omid, view=view).context["cl"].following)["after"] for view in ("next", "all"))
    of_inbox = at_home(sara).get("/inbox/").context["page"].older
    for key in (by_number, of_inbox, KEY_OF_ANNOUNCEMENTS):
        assert numbers(queue(omid, after=key)) == filed[:30]
    for key in (by_turn, of_inbox, KEY_OF_ANNOUNCEMENTS):
        assert numbers(queue(omid, view="all", after=key)) == numbers(queue(omid, q="پلاک", after=key)) == filed[:0:-1]
    assert [numbers(queue(omid, view=view, after=by_turn)) for view in ("unassigned", "waiting", "mine")] == [filed[30:], [], []]
    assert [numbers(queue(omid, after=by_number, **asked)) for asked in ({"q": "پلاک"}, {"q": "هیچ"})] == [filed[:1], []]


def test_nothing_of_the_address_becomes_a_lookup(a_ticket, queue, omid):
    ticket = a_ticket()
    response = queue(omid, filed_by__username="nobody", office__code="1", o="2", p="9", department__id__exact="x")
    assert numbers(response) == [ticket.pk]


@pytest.mark.parametrize("typed", ["99010294000040", "۹۹۰۱۰۲۹۴۰۰۰۰۴۰", "٨٥٢٠٣٤٢٢٧٢", "پلاك", "الکترونیکی"])
def test_omid_finds_by_number_and_word_however_typed(a_ticket, queue, omid, typed):
    ticket = a_ticket()
    a_ticket(subject="چاپ پروانه", body="چیزی دیگر", case=Case())
    assert numbers(queue(omid, q=typed)) == [ticket.pk]


def test_omid_finds_by_a_note_and_beyond_the_tab(a_ticket, queue, omid):
    ticket = a_ticket()
    ticket.note(by=omid, at=timezone.now(), body="سیمفا ناپایدار است")
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    assert numbers(queue(omid, q="سیمفا", view="next")) == [ticket.pk]


def test_omid_finds_nothing_of_another_department(a_ticket, queue, omid, training):
    a_ticket(department=training)
    assert numbers(queue(omid, q="پلاک")) == []


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"status": "read"}, ["read"]),
        ({"assignee": "me"}, ["read"]),
        ({"assignee": "nobody"}, ["urgent"]),
        ({"priority": "urgent"}, ["urgent"]),
        ({"status": "nonsense", "priority": "x", "assignee": "7"}, ["urgent", "read"]),
    ],
)
def test_filters_narrow(a_ticket, queue, omid, query, found):
    tickets = {"read": a_ticket(), "urgent": a_ticket()}
    tickets["read"].read(by=omid, at=timezone.now())
    tickets["read"].assign(by=omid, at=timezone.now(), to=omid)
    tickets["urgent"].prioritise(by=omid, at=timezone.now(), priority="urgent")
    assert numbers(queue(omid, **query)) == [tickets[name].pk for name in found]


def test_the_department_filter_offers_only_ones_own(a_ticket, queue, omid, kaveh, technical, training):
    ticket = a_ticket(department=training)
    assert numbers(queue(kaveh, department=training.pk)) == [ticket.pk]
    assert numbers(queue(omid, department=training.pk)) == []
    assert "آموزش" not in queue(omid).content.decode()


def test_the_filing_dates_are_jalali_and_inclusive(a_ticket, queue, omid):
    old = a_ticket(at=timezone.now() - timedelta(days=3))
    a_ticket()
    day = old.filed_at
    assert numbers(queue(omid, **{"from": numeric(day), "to": numeric(day)})) == [old.pk]


def test_a_wrong_date_is_told_in_persian(a_ticket, queue, omid):
    ticket = a_ticket()
    response = queue(omid, **{"from": "2026-11-23"})
    assert numbers(response) == [ticket.pk]
    assert response.context["cl"].form.errors["from"] == ["این سال پذیرفته نمی‌شود؛ سال شمسی را از ۱۳۰۰ تا ۱۴۹۹ وارد کنید."]


def test_too_long_a_search_is_told_in_persian(a_ticket, queue, omid):
    a_ticket()
    response = queue(omid, q="پلاک " * 60)
    assert numbers(response) == []
    assert "متن جستجو را کوتاه‌تر کنید؛ ۲۰۰ نویسه کافی است." in response.content.decode()


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_nobody_means_gets_a_clean_list(a_ticket, at_home, omid, query):
    ticket, (typed, said) = a_ticket(), QUERIES[query]
    response = at_home(omid).get(f"{QUEUE}?q={typed}")
    page = response.content.decode()
    assert (response.status_code, [words for words in (TOO_LONG, NOTHING) if words in page]) == (200, [said] if said else [])
    assert numbers(response) == ([ticket.pk] if said == THERE else [])


def test_an_empty_queue_says_what_to_do(queue, omid):
    assert "صف شما خالی است. تیکت‌های بدون کارشناس را ببینید." in queue(omid).content.decode()


def test_the_queue_takes_no_post(at_home, omid, a_ticket):
    ticket = a_ticket()
    assert at_home(omid).post(QUEUE, {"action": "delete_selected", "_selected_action": ticket.pk}).status_code == 405
    assert stored(ticket).pk == ticket.pk


def test_the_home_of_the_desk_leads_to_the_tabs(at_home, omid):
    page = at_home(omid).get("/admin/").content.decode()
    assert "میز کار" in page
    assert f"{QUEUE}?view=unassigned" in page


def test_the_home_names_the_queue_once(at_home, omid, kaveh):
    assert "تیکت‌ها</a></h2>" not in at_home(omid).get("/admin/").content.decode()
    page = at_home(kaveh).get("/admin/").content.decode()
    assert ("بخش‌ها</a>" in page, f'<a href="{QUEUE}">' in page) == (True, False)


def query_of(address: str) -> dict[str, str]:
    return QueryDict(address.lstrip("?")).dict()
