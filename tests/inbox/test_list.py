"""The inbox: what an office sees of its tickets."""

import re

import pytest
from django.utils import timezone

from tests.inbox.scenes import ago, hang
from tickets.models import Draft
from tickets.verbs.filing import Case

pytestmark = pytest.mark.once

COLUMNS = ["شماره", "موضوع", "تاریخ ثبت", "کد دفتر", "بخش", "وضعیت", "کاربر", "عملیات"]


def test_sara_sees_the_columns_of_the_guide_in_its_order(at_home, sara, a_ticket):
    a_ticket()
    page = at_home(sara).get("/inbox/").content.decode()
    assert re.findall(r'scope="col">([^<]+)<', page) == COLUMNS


def test_sara_reads_a_row_in_persian(at_home, sara, a_ticket):
    ticket = a_ticket()
    page = at_home(sara).get("/inbox/").content.decode()
    row = page[page.index("<tbody") :]
    number = str(ticket.pk).translate(str.maketrans("0123456789", "۰۱۲۳۴۵۶۷۸۹"))
    shown = [number, "پلاک خودرو اشتباه است", "۹۹۰۱۰۲۹۴۰۰۰۰۴۰", "۷۲۹۹۰۱۰۲۰۰۱", "پشتیبانی فنی", "جدید", "سارا محمدی", "مشاهده جزئیات"]
    assert [text for text in shown if text not in row] == []


def test_reza_sees_what_sara_filed_and_neda_does_not(numbers_at, reza, neda, a_ticket):
    ticket = a_ticket()
    assert (numbers_at(reza), numbers_at(neda)) == ([ticket.pk], [])


def test_the_newest_activity_stands_first(numbers_at, sara, a_ticket, omid):
    old, new = a_ticket(at=ago(hours=3)), a_ticket(at=ago(hours=2))
    assert numbers_at(sara) == [new.pk, old.pk]
    old.answer(by=omid, at=timezone.now(), body="بررسی شد")
    assert numbers_at(sara) == [old.pk, new.pk]


def test_an_answer_is_marked_until_the_one_who_looks_has_read_it(at_home, sara, reza, an_answered_ticket):
    at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/")
    marks = [at_home(person).get("/inbox/").content.decode().count("chip--new") for person in (sara, reza)]
    assert marks == [0, 1]


def test_an_unread_row_leads_to_what_is_new(at_home, sara, an_answered_ticket):
    page = at_home(sara).get("/inbox/").content.decode()
    assert f'href="/inbox/{an_answered_ticket.pk}/#new"' in page


def test_tabs_count_what_they_hold(at_home, sara, omid, a_ticket, an_answered_ticket):
    a_ticket()
    a_ticket().close(by=omid, at=timezone.now(), reason="solved")
    Draft.objects.create(owner=sara, kind="filing", updated_at=timezone.now())
    counts = {"awaiting_you": 1, "awaiting_support": 1, "in_development": 0, "closed": 1, "drafts": 1}
    assert at_home(sara).get("/inbox/").context["counts"] == counts


def test_a_full_tab_says_99_and_more(at_home, sara, many_tickets):
    many_tickets(120)
    page = at_home(sara).get("/inbox/").content.decode()
    assert 'در انتظار پشتیبانی<span class="count">۹۹+</span>' in page


def test_an_empty_tab_has_no_badge(at_home, sara, a_ticket):
    a_ticket()
    page = at_home(sara).get("/inbox/").content.decode()
    assert page.count('<span class="count') - page.count('<span class="count count--new">') == 1


def test_an_office_without_tickets_is_told_how_to_begin(at_home, neda):
    page = at_home(neda).get("/inbox/").content.decode()
    assert "هنوز تیکتی از دفتر شما ثبت نشده است. برای گزارش مشکل، «ثبت تیکت جدید» را بزنید." in page


def test_an_empty_tab_leads_to_all(at_home, sara, a_ticket):
    a_ticket()
    page = at_home(sara).get("/inbox/?status=closed").content.decode()
    assert "در این فهرست تیکتی نیست. «همه» را ببینید." in page


def test_attachments_are_counted_without_those_of_notes(at_home, sara, omid, a_ticket):
    ticket = a_ticket()
    hang(ticket.messages.get())
    hang(ticket.note(by=omid, at=timezone.now(), body="یادداشت"))
    row = at_home(sara).get("/inbox/").context["page"].rows[0]
    assert row.file_count == 1


def test_a_ticket_without_a_case_says_so(at_home, sara, a_ticket):
    a_ticket(case=Case())
    assert "بدون پرونده" in at_home(sara).get("/inbox/").content.decode()


def test_markup_in_a_subject_stays_text(at_home, sara, a_ticket):
    a_ticket(subject='<img src=x onerror="alert(1)">')
    page = at_home(sara).get("/inbox/").content.decode()
    assert "&lt;img src=x onerror=&#34;alert(1)&#34;&gt;" in page


@pytest.mark.parametrize(("subject", "direction"), [("Error 5 هنگام نصب", "rtl"), ("پلاک", "rtl"), ("Access denied (5)", "auto")])
def test_a_persian_line_reads_from_the_right_whatever_it_begins_with(at_home, sara, a_ticket, subject, direction):
    a_ticket(subject=subject)
    assert f'<bdi dir="{direction}">{subject}</bdi>' in at_home(sara).get("/inbox/").content.decode()


def test_omid_is_led_to_the_desk(at_home, omid):
    response = at_home(omid).get("/inbox/")
    assert (response.status_code, response.url) == (302, "/admin/")


def test_nobody_in_particular_is_asked_to_sign_in(client):
    assert client.get("/inbox/").status_code == 302


def test_the_list_takes_no_post(at_home, sara):
    assert at_home(sara).post("/inbox/").status_code == 405
