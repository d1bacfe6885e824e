"""What is said of promises that move or run out. Filed on Wednesday at 15, due on Saturday at 15."""

import pytest

from autonax_support.notices.models import Channels, Notice
from autonax_support.persian.calendar import from_jalali
from autonax_support.persian.templatetags.persian import fa
from tests.hours import at, give_hours
from tests.notices.telling import deliveries, letter_of, reachable
from tickets.models import SpecialDay, Ticket
from tickets.watching import watch_promises
from tickets.working_time import calendar_changed

FILED, NEAR, LATE = at(1405, 9, 4, 15), at(1405, 9, 7, 13, 30), at(1405, 9, 7, 15, 1)


@pytest.fixture
def ticket(working, a_ticket, omid, sina) -> Ticket:
    for person in (omid, sina):
        reachable(person, email=f"{person.username}@example.ir", mobile="09121234567")
        Channels.objects.create(user=person, email=True, sms=True, quiet_from=0, quiet_until=0)
    ticket = a_ticket(at=FILED)
    ticket.assign(by=sina, at=FILED, to=omid)
    return ticket


def said(channel="email", moment=NEAR):
    return letter_of(deliveries(channel)[-1], moment)


def test_a_warning_tells_what_is_left(ticket):
    watch_promises(None, NEAR)
    assert (said().target, said().subject) == ("omid@example.ir", f"تیکت {fa(ticket.pk)}: ۱ ساعت و ۳۰ دقیقه کاری تا پایان مهلت")
    assert said("sms").text == f"اتوناکس: مهلت تیکت {fa(ticket.pk)} ساعت ۱۵:۰۰ تمام می‌شود."


def test_a_breach_names_department_time_and_expert(ticket):
    watch_promises(None, LATE)
    mail = said(moment=LATE)
    assert mail.target == "sina@example.ir"
    assert mail.subject == f"تیکت {fa(ticket.pk)} از مهلت گذشت"
    assert "(بخش پشتیبانی فنی)، شنبه ۷ آذر" in mail.text.translate({0x2068: None, 0x2069: None})
    assert "کارشناس مسئول: امید رستمی." in mail.text.translate({0x2068: None, 0x2069: None})
    assert said("sms", LATE).text == f"اتوناکس: تیکت {fa(ticket.pk)} از مهلت پاسخ گذشت."


def test_what_is_answered_meanwhile_is_not_told_any_more(ticket, omid):
    watch_promises(None, LATE)
    Ticket.objects.get(pk=ticket.pk).answer(by=omid, at=LATE, body="سلام")
    assert said(moment=LATE) is None


def test_a_warning_that_comes_too_late_says_that_the_time_is_over(ticket):
    """Its gateway was away, or the hours were quiet."""
    watch_promises(None, NEAR)
    assert said(moment=LATE).subject == f"تیکت {fa(ticket.pk)} از مهلت گذشت"
    assert said("sms", LATE).text == f"اتوناکس: تیکت {fa(ticket.pk)} از مهلت پاسخ گذشت."


def test_a_breach_is_not_told_of_a_time_that_has_moved_on(ticket):
    watch_promises(None, LATE)
    SpecialDay.objects.create(day=from_jalali(1405, 9, 7), title="قطع برق")
    calendar_changed()
    Ticket.objects.get(pk=ticket.pk).reschedule(at=LATE, cause="closure", day=from_jalali(1405, 9, 7))
    assert said(moment=LATE) is None


def test_a_new_due_time_says_why(ticket, sara):
    reachable(sara, email="sara@example.ir")
    SpecialDay.objects.create(day=from_jalali(1405, 9, 7), title="قطع برق")
    calendar_changed()
    Ticket.objects.get(pk=ticket.pk).reschedule(at=NEAR, cause="closure", day=from_jalali(1405, 9, 7))
    mail = said()
    assert mail.subject == f"تیکت {fa(ticket.pk)}: مهلت جدید پاسخ"
    assert "دلیل: تعطیلی موردی ۱۴۰۵/۰۹/۰۷." in mail.text
    assert "یکشنبه ۸ آذر، ساعت ۱۵:۰۰ تغییر کرد" in mail.text


def test_the_first_due_time_is_given_and_has_not_changed(a_ticket, sara, technical):
    """Its department had no hours when the ticket came."""
    reachable(sara, email="sara@example.ir")
    give_hours(technical, spans=())
    ticket = a_ticket(at=FILED)
    assert ticket.due_at is None
    give_hours(technical)
    Ticket.objects.get(pk=ticket.pk).reschedule(at=NEAR, cause="hours")
    mail = said()
    assert mail.subject == f"تیکت {fa(ticket.pk)}: مهلت پاسخ"
    assert (f"مهلت پاسخ تیکت {fa(ticket.pk)} تعیین شد: " in mail.text, "تغییر کرد" in mail.text) == (True, False)


def test_a_holiday_that_moves_many_tickets_is_one_mail(ticket, a_ticket, sara, working):
    reachable(sara, email="sara@example.ir")
    others = [a_ticket(at=FILED) for _ in range(24)]
    SpecialDay.objects.create(day=from_jalali(1405, 9, 7), title="قطع برق")
    calendar_changed()
    for row in [ticket, *others]:
        Ticket.objects.get(pk=row.pk).reschedule(at=NEAR, cause="closure", day=from_jalali(1405, 9, 7))
    [delivery] = [row for row in deliveries() if row.target == "sara@example.ir"]
    mail = letter_of(delivery, NEAR)
    assert mail.subject == "مهلت جدید پاسخ ۲۵ تیکت"
    assert [mail.text.count(words) for words in ("تغییر کرد", "و ۵ تیکت دیگر", "مشاهده تیکت‌ها", "/inbox/")] == [20, 1, 1, 1]


def test_a_breach_in_a_department_without_a_head_is_told_to_the_managers(ticket, sina, kaveh):
    sina.memberships.update(is_head=False)
    watch_promises(None, LATE)
    assert list(Notice.objects.filter(kind="breached").values_list("recipient", flat=True)) == [kaveh.pk]
