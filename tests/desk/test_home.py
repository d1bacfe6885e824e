"""The home of the desk: the expert's own numbers, those of the departments, what comes next and what offices say."""

from datetime import datetime, timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from autonax_support.persian.calendar import day_of, day_start
from tests.cast import a_department, a_member, an_expert
from tests.desk.reading import numbers
from tickets.admin.home import home_of
from tickets.models import Department, Promise, Rating, Ticket
from tickets.models.ticket import TicketQuerySet

HOME = "/admin/"


@pytest.fixture
def home(at_home):
    """A function: the page of this person."""

    def shown(person) -> str:
        return at_home(person).get(HOME).content.decode()

    return shown


def due(ticket: Ticket, at: datetime) -> Ticket:
    """As if the promise ran out then."""
    Ticket.objects.filter(pk=ticket.pk).update(due_at=at, queue_at=at)
    return ticket


def answered(ticket: Ticket, by, at: datetime, *, kept: bool = True) -> Promise:
    moments = {"started": at - timedelta(hours=1), "warn_at": at, "due": at, "answered": at}
    told = {"kind": "first", "department": ticket.department, "priority": "normal", "minutes": 60, "business_minutes": 60}
    return Promise.objects.create(ticket=ticket, expert=by, kept=kept, **moments, **told)


def late_today() -> datetime:
    return day_start(day_of(timezone.now()) + timedelta(days=1)) - timedelta(microseconds=1)


@pytest.fixture
def busy(a_ticket, omid, sina, mina, training, technical, sara):
    """Something behind every number, and beside it what it must not count."""
    at = timezone.now()
    for ticket in (late := due(a_ticket(), at - timedelta(hours=3))), (soon := due(a_ticket(), late_today())):
        ticket.refresh_from_db()
        ticket.assign(by=omid, at=at, to=omid)
    due(late, at - timedelta(hours=3)), due(soon, late_today())
    due(a_ticket(), at - timedelta(days=1))
    due(a_ticket(), late_today())
    due(a_ticket(), at + timedelta(days=2))
    a_ticket(department=training)
    done = a_ticket()
    done.answer(by=omid, at=at, body="انجام شد")
    closed = a_ticket()
    closed.assign(by=omid, at=at, to=omid)
    closed.close(by=omid, at=at, reason="solved")
    return done


def every_number(person) -> list:
    shown = home_of(person, timezone.now())
    return [*shown.numbers, *(number for line in shown.lines for number in line.numbers)]


@pytest.mark.parametrize("who", ["omid", "sina", "kaveh", "mina"])
def test_each_number_is_the_number_of_rows_behind_its_link(busy, at_home, request, who):
    person = request.getfixturevalue(who)
    client = at_home(person)
    page = client.get(HOME).content.decode()
    for number in every_number(person):
        assert f'href="{number.url.replace("&", "&amp;")}"' in page
        response = client.get(number.url)
        asked = parse_qs(urlsplit(number.url).query)["view"][0]
        assert (response.context["cl"].view.code, len(numbers(response))) == (asked, number.count), number


def test_omid_reads_his_own_numbers(busy, omid):
    shown = home_of(omid, timezone.now())
    assert [(number.title, number.count) for number in shown.numbers] == [("تیکت‌های من", 3), ("از مهلت گذشته", 1), ("مهلت امروز", 1)]
    assert [(number.title, number.count) for number in shown.lines[0].numbers] == [("باز", 6), ("از مهلت گذشته", 2), ("بدون کارشناس", 3)]


def test_the_head_reads_more_of_the_department_than_an_expert(busy, omid, sina):
    theirs, heads = (home_of(person, timezone.now()).lines[0] for person in (omid, sina))
    assert (theirs.is_headed, heads.is_headed) == (False, True)
    assert [number.title for number in heads.numbers][3:] == ["پاسخ امروز"]
    assert (heads.numbers[3].count, heads.kept) == (2, "۱۰۰٪")  # one answered, one closed with its reason
    assert len(theirs.numbers) == 3


def test_who_heads_one_department_and_works_in_another_has_the_figures_of_one(busy, sina, training):
    a_member(sina, training)
    shown = {line.department.name: line.is_headed for line in home_of(sina, timezone.now()).lines}
    assert shown == {"پشتیبانی فنی": True, "آموزش": False}


def test_kaveh_reads_the_figures_of_all_departments(busy, kaveh):
    shown = home_of(kaveh, timezone.now()).lines
    assert len(shown) == Department.objects.count() > 1
    assert {line.is_headed for line in shown} == {True}


def test_kept_in_time_looks_at_thirty_days(a_ticket, sina, omid):
    ticket, now = a_ticket(), timezone.now()
    for days, kept in ((1, True), (2, True), (29, False), (32, False), (300, False)):
        answered(ticket, omid, now - timedelta(days=days), kept=kept)
    assert home_of(sina, now).lines[0].kept == "۶۶٪"


def test_the_average_of_the_stars_looks_at_thirty_days(a_ticket, sina, omid, sara):
    now = timezone.now()
    for days, stars in ((1, 5), (2, 4), (40, 1)):
        ticket = a_ticket()
        ticket.answer(by=omid, at=now, body="پاسخ")
        ticket.rate(by=sara, at=now - timedelta(days=days), stars=stars)
    assert home_of(sina, now).lines[0].stars == "۴٫۵"


def test_where_nothing_was_answered_or_rated_stands_a_dash(home, sina):
    assert home(sina).count("<dd>–</dd>") == 2


def test_the_next_tickets_stand_in_turn_with_their_time(a_ticket, home, working, omid):
    now = timezone.now()
    later, first = due(a_ticket(subject="دومی"), now + timedelta(days=3)), due(a_ticket(subject="اولی"), now - timedelta(days=3))
    page = home(omid)
    assert [ticket.pk for ticket in home_of(omid, now).coming] == [first.pk, later.pk]
    assert page.index("اولی") < page.index("دومی")
    assert "left--late" in page
    assert f"/admin/tickets/ticket/{first.pk}/change/" in page


def test_ratings_show_the_remark_with_its_national_id_veiled(a_ticket, home, omid, sara):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="پاسخ")
    ticket.rate(by=sara, at=timezone.now(), stars=4, remark="برای 8520342272 خوب بود")
    page = home(omid)
    assert ("۴ ستاره" in page, "خوب بود" in page) == (True, True)
    assert ("8520342272" in page, "۸۵۲۰۳۴۲۲۷۲" in page) == (False, False)


def test_mina_reads_nothing_of_technicals_tickets(busy, home, mina, sara):
    busy.refresh_from_db()
    busy.rate(by=sara, at=timezone.now(), stars=1, remark="فقط برای فنی")
    assert ("فقط برای فنی" in home(mina), f"/{busy.pk}/change/" in home(mina)) == (False, False)


def test_a_rating_goes_with_the_ticket_that_was_transferred_away(busy, home, omid, mina, sara, training):
    busy.refresh_from_db()
    busy.rate(by=sara, at=timezone.now(), stars=1, remark="فقط برای فنی")
    busy.transfer(by=omid, at=timezone.now(), to=training, reason="آموزشی")
    assert "فقط برای فنی" not in home(omid)


def test_who_is_in_no_department_yet_is_told_so(home, technical):
    page = home(an_expert("new", "نو آمده"))
    assert "هنوز عضو بخشی نیستید" in page
    assert "صف شما خالی است" in page


def test_a_long_queue_is_counted_to_a_hundred(a_ticket, home, omid):
    ticket = a_ticket()
    values = {field.attname: getattr(ticket, field.attname) for field in Ticket._meta.concrete_fields if not field.primary_key}
    Ticket.objects.bulk_create(Ticket(**values) for _ in range(150))
    assert home_of(omid, timezone.now()).lines[0].numbers[0].count == 100
    assert "<strong>۹۹+</strong>" in home(omid)


@pytest.mark.parametrize("rows", [1, pytest.param(60, marks=pytest.mark.once)])
@pytest.mark.parametrize("who", ["omid", "sina", "kaveh"])
def test_the_home_takes_eleven_queries_for_any_number_of_departments_and_tickets(a_ticket, at_home, request, sara, rows, who):
    person = request.getfixturevalue(who)
    for place in range(rows):
        department = a_department(f"بخش‌نام {place}")
        a_member(person, department, is_head=who == "sina")
        ticket = a_ticket(department=department)
        ticket.answer(by=person, at=timezone.now(), body="پاسخ")
        ticket.rate(by=sara, at=timezone.now(), stars=5)
        a_ticket(department=department)
    client = at_home(person)
    client.get(HOME)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(HOME).status_code == 200
    assert (
        sum(not query["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN")) for query in captured) <= 11
    )  # one of them asks for canned replies to keep
    assert Rating.objects.count() == rows


def test_overdue_is_a_tab_of_the_queue_and_the_numbers_have_none(at_home, omid):
    client = at_home(omid)
    assert "از مهلت گذشته" in [view.title for view in client.get("/admin/tickets/ticket/").context["cl"].views]
    shown = client.get("/admin/tickets/ticket/?view=today").context["cl"]
    assert ([view.code for view in shown.views].count("today"), shown.view.title) == (1, "مهلت امروز")
    assert "today" not in [view.code for view in client.get("/admin/tickets/ticket/").context["cl"].views]


def test_overdue_counts_by_the_clock_and_leaves_out_what_waits_for_the_office(a_ticket, omid):
    now = timezone.now()
    late, ready = due(a_ticket(), now - timedelta(minutes=1)), a_ticket()
    ready.answer(by=omid, at=now, body="پاسخ")
    due(ready, now - timedelta(minutes=1))
    tickets: TicketQuerySet = Ticket.objects.all()
    assert [ticket.pk for ticket in tickets.overdue(now)] == [late.pk]
