"""Fourteen days without a word: the office is told on the eleventh, and the ticket closes by itself on the fourteenth."""

from datetime import timedelta

import pytest

from autonax_support.notices.models import Job, Notice
from autonax_support.persian.calendar import numeric
from autonax_support.persian.text import to_persian_digits as fa
from autonax_support.work import worker
from tests.hours import at
from tests.notices.telling import deliveries, letter_of, reachable
from tickets.models import Event, Message, Refused, Ticket
from tickets.quiet import close_quiet
from tickets.timeline import timeline

DAY = timedelta(days=1)
ANSWERED = at(1405, 9, 4, 15)


@pytest.fixture(autouse=True)
def fourteen_days(settings):
    settings.QUIET_DAYS = 14


@pytest.fixture
def ticket(a_ticket, omid) -> Ticket:
    ticket = a_ticket(at=ANSWERED - DAY)
    ticket.answer(by=omid, at=ANSWERED, body="تصویر شناسنامه پیوست شود")
    Notice.objects.all().delete()
    return ticket


def after(days: float) -> None:
    moment = ANSWERED + days * DAY
    close_quiet(Job.objects.create(kind="close_quiet", run_at=moment, created_at=moment), moment)


def life(ticket: Ticket) -> tuple[str, list[str]]:
    told = list(ticket.events.filter(verb__in=["forewarn", "close"]).order_by("id").values_list("verb", flat=True))
    return Ticket.objects.get(pk=ticket.pk).status, told


def test_nothing_happens_before_its_time(ticket):
    after(10.9)
    assert life(ticket) == ("answered", [])


def test_the_office_is_told_three_days_before_and_once(ticket, sara, reza, neda):
    for days in (11, 11.5, 13.9):
        after(days)
    assert life(ticket) == ("answered", ["forewarn"])
    assert set(Notice.objects.values_list("recipient", "kind", "count")) == {(sara.pk, "closing_soon", 3), (reza.pk, "closing_soon", 3)}


def test_then_it_closes_and_everybody_of_the_office_hears_it(ticket, sara, reza):
    after(11)
    after(14)
    after(15)
    closed = Ticket.objects.get(pk=ticket.pk)
    assert (closed.closed_reason, closed.closed_at) == ("quiet", ANSWERED + 14 * DAY)
    assert life(ticket) == ("closed", ["forewarn", "close"])
    assert Notice.objects.filter(kind="closed").count() == 2
    assert Event.objects.get(verb="close").actor is None


def test_where_nobody_was_told_in_time_the_notice_comes_first(ticket):
    after(40)
    after(42.9)
    assert life(ticket) == ("answered", ["forewarn"])
    after(43)
    assert life(ticket) == ("closed", ["forewarn", "close"])


@pytest.mark.parametrize("spoken", [12, 13.99])
def test_a_word_of_the_office_keeps_it_open(ticket, sara, spoken):
    after(11)
    ticket.reply(by=sara, at=ANSWERED + spoken * DAY, body="هنوز نشده است")
    after(14)
    assert life(ticket) == ("followed_up", ["forewarn"])


def test_another_answer_begins_the_days_anew_with_a_notice_of_its_own(ticket, omid):
    after(11)
    ticket.answer(by=omid, at=ANSWERED + 12 * DAY, body="مدرک نرسید")
    after(22.9)
    assert life(ticket) == ("answered", ["forewarn"])
    after(23)
    assert life(ticket) == ("answered", ["forewarn", "forewarn"])
    after(26)
    assert life(ticket)[0] == "closed"


def test_a_note_among_experts_is_no_word_to_the_office(ticket, omid):
    after(11)
    ticket.note(by=omid, at=ANSWERED + 12 * DAY, body="تلفن زدم")
    after(14)
    assert life(ticket)[0] == "closed"


@pytest.mark.parametrize("answered", [True, False])
def test_one_with_a_promised_date_never_closes(ticket, omid, answered):
    ticket.develop(by=omid, at=ANSWERED, promised=(ANSWERED + 5 * DAY).date())
    if answered:
        ticket.answer(by=omid, at=ANSWERED, body="در نسخه بعد")
    after(60)
    after(90)
    assert life(ticket) == ("in_development", [])


def test_what_waits_for_support_never_closes(a_ticket):
    waiting = a_ticket(at=ANSWERED)
    after(60)
    after(90)
    assert life(waiting) == ("new", [])


def test_zero_days_is_never(ticket, settings):
    settings.QUIET_DAYS = 0
    after(400)
    assert life(ticket) == ("answered", [])


def test_an_office_that_everybody_has_left_is_closed_as_well(ticket, sara, reza):
    for person in (sara, reza):
        person.is_active = False
        person.save()
    after(11)
    after(14)
    assert life(ticket)[0] == "closed"


def test_many_are_gone_through_in_batches(a_ticket, omid, monkeypatch):
    monkeypatch.setattr("tickets.quiet.BATCH", 2)
    for _ in range(5):
        a_ticket(at=ANSWERED).answer(by=omid, at=ANSWERED, body="سلام")
    after(11)
    after(14)
    assert set(Ticket.objects.values_list("status", flat=True)) == {"closed"}
    assert Event.objects.filter(verb="forewarn").count() == 5


def test_the_thread_tells_when_and_then_why(ticket, sara, at_home):
    after(11)
    line = timeline(ticket, sara)[-1]
    assert (line.verb, line.closes) == ("forewarn", ANSWERED + 14 * DAY)
    page = at_home(sara).get(f"/inbox/{ticket.pk}/").content.decode()
    assert f"{numeric(ANSWERED + 14 * DAY)}</time> پیامی نرسد، تیکت خودکار بسته می‌شود" in page
    after(14)
    assert "تیکت پس از ۱۴ روز بی‌پاسخ ماندن خودکار بسته شد" in at_home(sara).get(f"/inbox/{ticket.pk}/").content.decode()


def test_no_person_forewarns(ticket, omid, sara):
    for person in (omid, sara):
        with pytest.raises(Refused), ticket._acting("forewarn", by=person, at=ANSWERED):
            pass


def test_what_is_sent_names_the_day(ticket, sara):
    reachable(sara, email="sara@example.ir", mobile="09121234567")
    after(11)
    [delivery] = deliveries()
    mail = letter_of(delivery, ANSWERED + 11 * DAY)
    day = numeric(ANSWERED + 14 * DAY)
    assert mail.subject == f"تیکت {fa(ticket.pk)}: بستن خودکار در {day}"
    assert f"اگر تا {day} پیامی نرسد، تیکت خودکار بسته می‌شود" in mail.text
    assert letter_of(deliveries("sms")[0], ANSWERED + 11 * DAY).parameters == {"number": str(ticket.pk), "date": "1405/09/18"}


def test_what_the_office_has_written_to_meanwhile_is_not_sent(ticket, sara):
    reachable(sara, email="sara@example.ir")
    after(11)
    ticket.reply(by=sara, at=ANSWERED + 11 * DAY + timedelta(minutes=1), body="هنوز نشده است")
    assert letter_of(deliveries()[0], ANSWERED + 11 * DAY + timedelta(minutes=2)) is None


def test_the_worker_does_it(ticket):
    worker(clock=lambda: ANSWERED + 11 * DAY).run_once()
    assert life(ticket) == ("answered", ["forewarn"])
    assert Message.objects.filter(ticket=ticket).count() == 2
