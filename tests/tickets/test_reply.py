import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.notices.models import Notice
from tickets.models import Event, Message, Refused, Ticket


def stored(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


@pytest.fixture
def answered(a_ticket, omid) -> Ticket:
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="تصویر پیوست شود")
    return ticket


def test_reza_replies_to_the_ticket_of_his_office(answered, reza, omid):
    at = timezone.now()
    message = answered.reply(by=reza, at=at, body="پیوست شد")
    now = stored(answered)
    assert (now.status, now.awaiting_support_since, now.support_unread) == ("followed_up", at, True)
    assert (message.kind, message.side, message.author_name) == ("reply", "office", "رضا کریمی")
    assert Notice.objects.get(kind="replied").recipient == omid


def test_a_second_reply_keeps_waiting_since_the_first(answered, sara):
    first = timezone.now()
    answered.reply(by=sara, at=first, body="یک")
    answered.reply(by=sara, at=first + timedelta(minutes=5), body="دو")
    assert stored(answered).awaiting_support_since == first


def test_in_development_the_status_and_the_promised_date_stay(a_ticket, omid, sara):
    ticket = a_ticket()
    ticket.develop(by=omid, at=timezone.now(), promised=timezone.localdate() + timedelta(days=3))
    promised, at = stored(ticket).promised_at, timezone.now()
    ticket.reply(by=sara, at=at, body="چه شد؟")
    now = stored(ticket)
    assert (now.status, now.promised_at, now.awaiting_support_since) == ("in_development", promised, at)


def test_a_reply_opens_a_closed_ticket_again(answered, sara, settings):
    at = timezone.now()
    answered.close(by=sara, at=at, reason="by_office")
    answered.reply(by=sara, at=at + timedelta(days=settings.REOPEN_DAYS), body="دوباره خراب شد")
    now = stored(answered)
    assert (now.status, now.reopened_count, now.closed_at, now.closed_reason) == ("followed_up", 1, None, "")


def test_long_after_closing_a_reply_files_a_ticket_that_continues_it(answered, sara, reza, settings):
    at = timezone.now()
    answered.close(by=sara, at=at, reason="by_office")
    message = answered.reply(by=reza, at=at + timedelta(days=settings.REOPEN_DAYS, seconds=1), body="دوباره خراب شد")
    new = message.ticket
    assert (new.continues, new.subject, new.tracking_number, new.filed_by, new.status) == (
        answered,
        answered.subject,
        answered.tracking_number,
        reza,
        "new",
    )
    assert stored(answered).status == "closed"
    assert Event.objects.get(ticket=answered, verb="continue").after == {"ticket": new.pk}


def test_a_continuing_reply_with_the_same_key_files_once(answered, sara):
    at, key = timezone.now(), uuid.uuid4()
    answered.close(by=sara, at=at, reason="by_office")
    late = at + timedelta(days=60)
    first = answered.reply(by=sara, at=late, body="باز هم", key=key)
    assert answered.reply(by=sara, at=late, body="باز هم", key=key) == first
    assert Ticket.objects.count() == 2


def test_an_empty_reply_is_refused(answered, sara):
    with pytest.raises(Refused, match="متن پیام را بنویسید یا فایلی پیوست کنید"):
        answered.reply(by=sara, at=timezone.now(), body="")
    assert Message.objects.filter(kind="reply").count() == 0


def test_an_expert_does_not_reply(answered, omid):
    with pytest.raises(Refused):
        answered.reply(by=omid, at=timezone.now(), body="سلام")


@pytest.mark.parametrize("lost", ["the department", "the account"])
def test_a_reply_to_who_sees_the_ticket_no_more_is_told_to_the_department(a_ticket, sara, omid, sina, lost):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="پاسخ")
    if lost == "the department":
        omid.memberships.all().delete()
    else:
        omid.is_active = False
        omid.save()
    Ticket.objects.get(pk=ticket.pk).reply(by=sara, at=timezone.now(), body="نشد")
    assert list(Notice.objects.filter(kind="replied").values_list("recipient", flat=True)) == [sina.pk]
