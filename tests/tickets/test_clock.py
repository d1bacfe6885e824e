"""What the clock of a ticket shows. Filed on Wednesday at 15, due on Saturday at 15; an hour and 36 minutes are a fifth of it."""

from datetime import timedelta

import pytest

from tests.hours import at, give_hours
from tickets.clock import clock_of, offers, until
from tickets.models import Ticket

FILED = at(1405, 9, 4, 15)


@pytest.fixture
def ticket(working, a_ticket) -> Ticket:
    return a_ticket(at=FILED)


def shown(ticket, moment) -> tuple[str, str, int]:
    clock = clock_of(Ticket.objects.select_related("department").get(pk=ticket.pk), moment)
    return clock.state, clock.left_words, clock.used_percent


@pytest.mark.parametrize(
    ("moment", "seen"),
    [
        (FILED, ("running", "۸ ساعت کاری", 0)),
        (at(1405, 9, 6, 12), ("running", "۷ ساعت کاری", 12)),  # Friday: only the hour of Wednesday is gone
        (at(1405, 9, 7, 13, 23), ("running", "۱ ساعت و ۳۷ دقیقه کاری", 80)),
        (at(1405, 9, 7, 13, 24), ("soon", "۱ ساعت و ۳۶ دقیقه کاری", 80)),
        (at(1405, 9, 7, 15), ("soon", "کمتر از یک دقیقه", 100)),
        (at(1405, 9, 7, 15, 40), ("late", "۴۰ دقیقه کاری", 100)),
        (at(1405, 9, 8, 9), ("late", "۲ ساعت کاری", 100)),
        (at(1407, 9, 8, 9), ("late", "بیش از ۵۱۲ ساعت کاری", 100)),
    ],
)
def test_it_counts_business_time(ticket, moment, seen):
    assert shown(ticket, moment) == seen


def test_it_rests_with_the_office_and_at_a_promised_date(ticket, omid):
    ticket.answer(by=omid, at=FILED, body="سلام")
    assert clock_of(ticket, FILED).state == "paused"
    ticket.develop(by=omid, at=FILED, promised=FILED.date() + timedelta(days=9))
    assert (clock_of(ticket, FILED).state, clock_of(ticket, FILED).due) == ("promised", ticket.promised_at)
    ticket.close(by=omid, at=FILED, reason="solved")
    assert clock_of(ticket, FILED) is None


def test_without_hours_there_is_none(a_ticket, technical):
    give_hours(technical, weekdays=())
    assert clock_of(a_ticket(at=FILED), FILED).state == "none"


@pytest.mark.parametrize(
    ("moment", "due", "opens"),
    [
        (at(1405, 9, 4, 10), "شنبه ۷ آذر، ساعت ۱۰:۰۰", ""),
        (at(1405, 9, 4, 17), "شنبه ۷ آذر، ساعت ۱۶:۰۰", "شنبه ساعت ۸:۰۰"),
        (at(1405, 9, 7, 7), "امروز ساعت ۱۶:۰۰", "امروز ساعت ۸:۰۰"),
        (at(1405, 9, 7, 9), "فردا ساعت ۹:۰۰", ""),
    ],
)
def test_who_files_now_is_told_what_to_expect(working, moment, due, opens):
    (offer,) = offers([working], moment)
    assert (offer.due, offer.opens) == (due, opens)


def test_the_form_and_what_follows_tell_it(working, training, at_home, sara):
    give_hours(training, weekdays=())
    page = at_home(sara).get("/tickets/new/", follow=True).content.decode()
    assert "پشتیبانی فنی: اگر اکنون ثبت کنید، تا" in page
    assert "آموزش: برای این بخش ساعت کاری تعیین نشده است؛ پاسخ را در صندوق پیام می‌بینید." in page


def test_nothing_is_said_of_what_is_late_already(ticket):
    assert until(ticket.due_at, FILED, "؛ ") == "تا شنبه ۷ آذر، ساعت ۱۵:۰۰ پاسخ می‌گیرید؛ "
    assert (until(ticket.due_at, at(1405, 9, 7, 15), "."), until(None, FILED, ".")) == ("", "")


def test_the_thread_and_the_desk_show_it(ticket, at_home, sara, omid):
    assert "مهلت پاسخ" in at_home(sara).get(f"/inbox/{ticket.pk}/").content.decode()
    assert 'class="promise' in at_home(omid).get(f"/admin/tickets/ticket/{ticket.pk}/change/").content.decode()
    assert "زمان مانده" in at_home(omid).get("/admin/tickets/ticket/").content.decode()
