"""develop, close, reopen"""

from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.notices.models import Notice
from autonax_support.persian.calendar import day_start
from tickets.models import Event, Refused, Ticket, Unread
from tickets.timeline import timeline


def stored(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def in_days(days: int):
    return timezone.localdate() + timedelta(days=days)


def test_omid_promises_a_date_the_office_sees(a_ticket, omid, sara, reza):
    ticket = a_ticket()
    ticket.develop(by=omid, at=timezone.now(), promised=in_days(7))
    now = stored(ticket)
    assert (now.status, now.promised_at, now.awaiting_support_since) == ("in_development", day_start(in_days(7)), None)
    assert now.queue_at == now.promised_at
    assert timeline(ticket, sara)[-1].promised == day_start(in_days(7))
    assert Unread.objects.filter(ticket=ticket).count() == Notice.objects.filter(kind="developed").count() == 2


def test_a_moved_promise_needs_a_reason_and_tells_both_dates(a_ticket, omid, sara):
    ticket = a_ticket()
    ticket.develop(by=omid, at=timezone.now(), promised=in_days(3))
    with pytest.raises(Refused, match="دلیل را بنویسید"):
        ticket.develop(by=omid, at=timezone.now(), promised=in_days(9))
    ticket.develop(by=omid, at=timezone.now(), promised=in_days(9), reason="آزمون طول کشید")
    line = timeline(ticket, sara)[-1]
    assert (line.promised_before, line.promised, line.reason) == (day_start(in_days(3)), day_start(in_days(9)), "آزمون طول کشید")
    assert Notice.objects.filter(kind="promise_moved").count() == 1


def test_a_promise_lies_today_or_later(a_ticket, omid):
    ticket = a_ticket()
    with pytest.raises(Refused, match="از امروز به بعد"):
        ticket.develop(by=omid, at=timezone.now(), promised=in_days(-1))
    ticket.develop(by=omid, at=timezone.now(), promised=in_days(0))
    assert stored(ticket).status == "in_development"


def test_an_expert_closes_with_a_reason(a_ticket, omid, sara, reza):
    ticket, at = a_ticket(), timezone.now()
    ticket.close(by=omid, at=at, reason="guided", remark="راهنما فرستاده شد")
    now = stored(ticket)
    assert (now.status, now.closed_at, now.closed_reason, now.awaiting_support_since) == ("closed", at, "guided", None)
    line = timeline(ticket, sara)[-1]
    assert (line.closed_reason, line.reason, line.closed_by_office) == ("راهنمایی انجام شد", "راهنما فرستاده شد", False)
    assert Unread.objects.filter(ticket=ticket).count() == Notice.objects.filter(kind="closed").count() == 2


def test_sara_says_it_is_solved_and_her_colleagues_are_told(a_ticket, sara, reza):
    ticket = a_ticket()
    ticket.close(by=sara, at=timezone.now(), reason="by_office")
    assert stored(ticket).closed_reason == "by_office"
    assert Unread.objects.get(ticket=ticket).user == reza
    assert Notice.objects.get(kind="closed").recipient == reza


def test_the_system_closes_what_is_quiet_but_never_against_a_promise(a_ticket, omid):
    quiet, promised = a_ticket(), a_ticket()
    quiet.answer(by=omid, at=timezone.now(), body="سلام")
    quiet.close(by=None, at=timezone.now(), reason="quiet")
    event = Event.objects.get(ticket=quiet, verb="close")
    assert (stored(quiet).status, event.actor, event.source) == ("closed", None, "worker")
    promised.develop(by=omid, at=timezone.now(), promised=in_days(3))
    with pytest.raises(Refused):
        promised.close(by=None, at=timezone.now(), reason="quiet")


@pytest.mark.parametrize(
    ("person", "reason"), [("omid", "by_office"), ("omid", "quiet"), ("omid", ""), ("omid", "other"), ("sara", "solved")]
)
def test_a_reason_that_does_not_fit_the_person_is_refused(a_ticket, omid, sara, person, reason):
    ticket = a_ticket()
    with pytest.raises(Refused, match="دلیل را بنویسید"):
        ticket.close(by={"omid": omid, "sara": sara}[person], at=timezone.now(), reason=reason)
    assert stored(ticket).status == "new"


def test_closing_twice_is_refused(a_ticket, omid, sara):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    with pytest.raises(Refused, match="پیش‌تر بسته شده است"):
        ticket.close(by=sara, at=timezone.now(), reason="by_office")


@pytest.mark.parametrize("status", ["new", "answered", "in_development"])
def test_reopening_goes_back_to_the_status_before(a_ticket, omid, status):
    ticket = a_ticket()
    if status == "answered":
        ticket.answer(by=omid, at=timezone.now(), body="سلام")
    if status == "in_development":
        ticket.develop(by=omid, at=timezone.now(), promised=in_days(3))
    before = stored(ticket)
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    ticket.reopen(by=omid, at=timezone.now())
    now = stored(ticket)
    assert (now.status, now.promised_at, now.awaiting_support_since) == (status, before.promised_at, before.awaiting_support_since)
    assert (now.closed_at, now.closed_reason, now.reopened_count) == (None, "", 1)


def test_an_open_ticket_cannot_be_reopened(a_ticket, omid):
    with pytest.raises(Refused, match="در وضعیت «جدید» ممکن نیست"):
        a_ticket().reopen(by=omid, at=timezone.now())


def test_a_clerk_reopens_by_replying_only(a_ticket, sara, omid):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    with pytest.raises(Refused):
        ticket.reopen(by=sara, at=timezone.now())


@pytest.mark.parametrize("verb", ["transfer", "assign", "prioritise", "develop"])
def test_a_closed_ticket_is_not_moved(a_ticket, omid, training, verb):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    arguments = {
        "transfer": {"to": training, "reason": "دلیل"},
        "assign": {"to": omid},
        "prioritise": {"priority": "urgent"},
        "develop": {"promised": in_days(3)},
    }
    with pytest.raises(Refused, match="پیش‌تر بسته شده است"):
        getattr(ticket, verb)(by=omid, at=timezone.now(), **arguments[verb])
