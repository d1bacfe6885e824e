"""Who is told which way, and what becomes one message: rows beside the notices, in the verb's transaction."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.template.loader import get_template

from announcements.models import Announcement
from autonax_support.notices.models import Channels, Delivery, Notice
from autonax_support.notices.queueing import SMS_KINDS, queue_deliveries
from tests.cast import a_clerk
from tests.notices.conftest import AT
from tests.notices.telling import deliveries, reachable
from tickets.models import Ticket

MINUTE = timedelta(minutes=1)
AT_NIGHT = AT  # 23:30 of Tehran
BY_DAY = AT + timedelta(hours=12)


@pytest.fixture
def ticket(a_ticket, sara, omid):
    reachable(sara, email="sara@example.ir", mobile="09121234567")
    return a_ticket(at=AT - timedelta(hours=1))


def keys(channel="email"):
    return [delivery.ordering_key for delivery in deliveries(channel)]


def test_an_answer_goes_by_mail_and_sms_two_minutes_later(ticket, sara, omid):
    ticket.answer(by=omid, at=BY_DAY, body="پاسخ")
    mail, sms = Delivery.objects.order_by("pk")
    assert (mail.channel, mail.target, mail.run_at, mail.state) == ("email", "sara@example.ir", BY_DAY + 2 * MINUTE, "queued")
    assert (sms.channel, sms.target, sms.run_at) == ("sms", "09121234567", BY_DAY + 2 * MINUTE)
    assert [list(delivery.notices.all()) for delivery in (mail, sms)] == [list(Notice.objects.all())] * 2
    assert mail.ordering_key == f"email:{sara.pk}:{ticket.pk}"


def test_nothing_goes_out_when_the_verb_is_taken_back(ticket, omid):
    with transaction.atomic():
        ticket.answer(by=omid, at=BY_DAY, body="پاسخ")
        assert Delivery.objects.count() == 2
        transaction.set_rollback(True)
    assert Delivery.objects.count() == 0


def test_what_follows_within_two_minutes_joins(ticket, omid):
    ticket.answer(by=omid, at=BY_DAY, body="یک")
    ticket.answer(by=omid, at=BY_DAY + MINUTE, body="دو")
    ticket.close(by=omid, at=BY_DAY + 1.9 * MINUTE, reason="solved")
    [mail] = deliveries()
    assert (mail.notices.count(), mail.run_at) == (3, BY_DAY + 2 * MINUTE)


def test_what_follows_later_is_another_message(ticket, omid):
    ticket.answer(by=omid, at=BY_DAY, body="یک")
    ticket.answer(by=omid, at=BY_DAY + 2 * MINUTE, body="دو")
    assert [mail.notices.count() for mail in deliveries()] == [1, 1]


def test_what_a_worker_has_in_hand_is_not_joined(ticket, omid):
    ticket.answer(by=omid, at=BY_DAY, body="یک")
    Delivery.objects.update(leased_until=BY_DAY + MINUTE, leased_by="w")
    ticket.answer(by=omid, at=BY_DAY + MINUTE / 2, body="دو")
    assert len(deliveries()) == 2


def test_two_tickets_are_two_messages(ticket, a_ticket, omid):
    other = a_ticket(at=AT)
    ticket.answer(by=omid, at=BY_DAY, body="یک")
    other.answer(by=omid, at=BY_DAY, body="دو")
    assert len(set(keys())) == 2


def test_a_transfer_is_told_by_mail_alone(ticket, omid, training):
    ticket.transfer(by=omid, at=BY_DAY, to=training, reason="به آموزش مربوط است")
    assert (len(deliveries()), deliveries("sms")) == (1, [])


def test_an_sms_of_the_night_waits_for_the_morning_and_a_mail_does_not(ticket, omid):
    ticket.answer(by=omid, at=AT_NIGHT, body="پاسخ")
    assert [deliveries()[0].run_at, deliveries("sms")[0].run_at] == [AT_NIGHT + 2 * MINUTE, AT_NIGHT + timedelta(hours=8.5)]


def test_all_of_a_night_is_one_sms(ticket, omid):
    for hours in (0, 3, 6):
        ticket.answer(by=omid, at=AT_NIGHT + timedelta(hours=hours), body="پاسخ")
    assert [sms.notices.count() for sms in deliveries("sms")] == [3]


@pytest.mark.parametrize(("chosen", "told"), [((True, True), {"email", "sms"}), ((False, True), {"sms"}), ((False, False), set())])
def test_sara_is_told_the_way_she_chose(ticket, sara, omid, chosen, told):
    Channels.objects.create(user=sara, email=chosen[0], sms=chosen[1])
    ticket.answer(by=omid, at=BY_DAY, body="پاسخ")
    assert set(Delivery.objects.values_list("channel", flat=True)) == told


def test_an_expert_gets_no_sms_unless_asked_for(ticket, omid, sina):
    reachable(sina, email="sina@example.ir", mobile="09120000000")
    ticket.assign(by=omid, at=BY_DAY, to=sina)
    assert [delivery.channel for delivery in Delivery.objects.filter(notices__recipient=sina)] == ["email"]
    assert (Channels.usual(sina).sms, Channels.usual(ticket.filed_by).sms) == (False, True)


@pytest.mark.parametrize("name", ["EMAIL_URL", "SMS_URL"])
def test_without_a_gateway_nothing_is_queued_for_it(ticket, omid, settings, name):
    setattr(settings, name, "")
    ticket.answer(by=omid, at=BY_DAY, body="پاسخ")
    assert list(Delivery.objects.values_list("channel", flat=True)) == ["sms" if name == "EMAIL_URL" else "email"]


def test_who_has_no_address_costs_nothing(ticket, reza, django_assert_num_queries):
    notice = Notice.objects.create(recipient=reza, kind="closed", ticket=ticket, event=ticket.events.first(), at=AT)
    with django_assert_num_queries(0):
        queue_deliveries([notice], at=AT)
    assert Delivery.objects.count() == 0


@pytest.mark.parametrize("people", [1, 12])
def test_it_costs_four_statements_for_any_number_of_people(ticket, office_a, people, omid, django_assert_num_queries):
    clerks = [a_clerk(f"c{place}", "کاربر", office_a, email=f"c{place}@example.ir", mobile="09121111111") for place in range(people)]
    event = ticket.events.first()
    notices = Notice.objects.bulk_create([Notice(recipient=clerk, kind="closed", ticket=ticket, event=event, at=AT) for clerk in clerks])
    with django_assert_num_queries(4):
        queue_deliveries(notices, at=BY_DAY)
    assert Delivery.objects.count() == 2 * people


def test_what_has_no_ticket_is_a_message_of_its_own(sara, ticket, kaveh):
    news = [Announcement.objects.create(title="خبر", body="متن", author=kaveh, published_at=AT) for _ in range(2)]
    notices = Notice.objects.bulk_create([Notice(recipient=sara, kind="announced", announcement=one, at=AT) for one in news])
    queue_deliveries(notices, at=AT)
    assert keys() == [f"email:{sara.pk}:n{notice.pk}" for notice in notices]


def test_the_kinds_of_sms_are_those_that_have_words_for_it(db):
    worded = {kind for kind in Notice.Kind.values if hasattr(get_template(f"mail/words/{kind}.html").template.make_module({}), "sms")}
    assert worded == SMS_KINDS


def test_filing_tells_nobody(a_ticket, sara):
    reachable(sara, email="sara@example.ir")
    assert (Ticket.objects.count(), a_ticket() and Delivery.objects.count()) == (0, 0)
