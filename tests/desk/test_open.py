from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.desk.reading import stored
from tickets.models import Event


def test_opening_marks_it_read_once(a_ticket, opened, omid, sina):
    ticket = a_ticket()
    assert opened(omid, ticket).status_code == 200
    opened(sina, ticket)
    assert (stored(ticket).status, stored(ticket).support_unread) == ("read", False)
    assert Event.objects.get(verb="read").actor == omid


def test_a_prefetch_or_a_head_reads_nothing(a_ticket, opened, at_home, omid):
    ticket = a_ticket()
    assert opened(omid, ticket, sec_purpose="prefetch").status_code == 200
    assert at_home(omid).head(f"/admin/tickets/ticket/{ticket.pk}/change/").status_code == 200
    assert stored(ticket).status == "new"


def test_the_page_holds_the_case_the_office_and_the_whole_thread(a_ticket, opened, omid, office_a):
    ticket = a_ticket()
    office_a.phone = "02155501234"
    office_a.save()
    ticket.note(by=omid, at=timezone.now(), body="یادداشتی برای همکار")
    ticket.answer(by=omid, at=timezone.now(), body="پاسخی به دفتر")
    page = opened(omid, ticket).content.decode()
    for words in (
        "در پرونده الکترونیکی پلاک خودرو اشتباه ثبت شده است",
        "یادداشتی برای همکار",
        "پاسخی به دفتر",
        "۹۹۰۱۰۲۹۴۰۰۰۰۴۰",
        "۸۵۲****۲۷۲",
        office_a.title,
        to_persian_digits(office_a.code),
        office_a.city.province.name,
        "۰۲۱۵۵۵۰۱۲۳۴",
        "سارا محمدی",
    ):
        assert words in page
    assert "8520342272" not in page
    assert "۸۵۲۰۳۴۲۲۷۲" not in page


def test_the_case_link_follows_the_setting(a_ticket, opened, omid, settings):
    ticket = a_ticket()
    assert "نمایش مستندات پرونده" not in opened(omid, ticket).content.decode()
    settings.HOST_CASE_URL = "https://autonax.example/case/{tracking_number}/"
    assert 'href="https://autonax.example/case/99010294000040/"' in opened(omid, ticket).content.decode()


def test_other_tickets_of_the_case_are_those_omid_may_see(a_ticket, opened, omid, training):
    ticket, same, foreign = a_ticket(), a_ticket(subject="همین پرونده"), a_ticket(subject="نزد آموزش", department=training)
    response = opened(omid, ticket)
    assert response.context["same_case"] == [same]
    assert foreign.subject not in response.content.decode()


def test_the_rating_is_shown(a_ticket, opened, omid, sara):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="پاسخ")
    ticket.rate(by=sara, at=timezone.now(), stars=4, remark="سپاس")
    page = opened(omid, ticket).content.decode()
    assert 'aria-label="۴ ستاره"' in page
    assert "سپاس" in page


def test_other_methods_are_refused(a_ticket, at_home, omid):
    assert at_home(omid).put(f"/admin/tickets/ticket/{a_ticket().pk}/change/").status_code == 405
