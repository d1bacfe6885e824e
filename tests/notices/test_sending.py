"""What becomes of a delivery: sent once, tried again, held back, or given up."""

import re
from datetime import timedelta

import pytest
from django.db import connection

from autonax_support.notices.gateways import Away, Refused, Trouble, Unanswered
from autonax_support.notices.models import Channels, Delivery
from autonax_support.notices.models.job import ATTEMPTS_MAX
from tests.notices.conftest import AT
from tests.notices.telling import LEASE, Tray, deliveries, reachable, run, sending
from tests.notices.test_claim import all_at_once

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ticket(a_ticket, sara):
    reachable(sara, email="sara@example.ir")
    return a_ticket(at=AT - timedelta(hours=1))


@pytest.fixture
def answered(ticket, omid, clock):
    """A mail that is due."""
    ticket.answer(by=omid, at=AT, body="پاسخ")
    clock.go_on(minutes=2)
    return deliveries()[0]


def fresh(delivery):
    return Delivery.objects.get(pk=delivery.pk)


def test_a_mail_is_sent_when_it_is_due(answered, clock):
    tray = Tray()
    assert run(sending(clock, email=tray)) == 1
    sent = fresh(answered)
    assert ([mail.target for mail in tray.sent], sent.state, sent.sent_at, sent.attempts) == (["sara@example.ir"], "sent", clock(), 1)
    assert (sent.leased_by, sent.leased_until) == ("", None)


def test_nothing_is_sent_before_its_time(answered, clock):
    clock.go_on(seconds=-1)
    assert run(sending(clock)) == 0


def test_an_address_that_never_will_do_is_given_up_at_once(answered, clock):
    assert run(sending(clock, email=Tray(Refused("SMTPRecipientsRefused 550"), after_begin=True))) == 1
    dead = fresh(answered)
    assert (dead.state, dead.error, dead.attempts, dead.sendings) == ("dead", "SMTPRecipientsRefused 550", 1, 0)


def test_it_goes_to_where_its_person_is_reached_today(answered, sara, clock):
    """An address that was corrected while it waited may have been a stranger's."""
    reachable(sara, email="corrected@example.ir")
    tray = Tray()
    run(sending(clock, email=tray))
    assert ([mail.target for mail in tray.sent], fresh(answered).target) == (["corrected@example.ir"], "corrected@example.ir")


def test_who_has_no_address_any_more_is_sent_nothing(answered, sara, clock):
    reachable(sara, email="")
    tray = Tray()
    run(sending(clock, email=tray))
    assert (tray.sent, fresh(answered).state, fresh(answered).error) == ([], "dropped", "")


def test_a_failure_is_tried_again_after_a_growing_wait_and_given_up_at_last(answered, clock):
    ours = sending(clock, email=Tray(*[Trouble("HTTP 500")] * ATTEMPTS_MAX, after_begin=True))
    waits = []
    for _ in range(ATTEMPTS_MAX - 1):
        assert run(ours) == 1
        waiting = fresh(answered)
        assert (waiting.state, waiting.sendings) == ("waiting", 0)
        waits.append(waiting.run_at - clock())
        clock.at = waiting.run_at
    assert re.fullmatch(r"HTTP 500 \d{7}", fresh(answered).error)
    assert (waits[0] < timedelta(seconds=13), waits[3] > 3 * MINUTE, waits[8] > 40 * MINUTE) == (True, True, True)
    assert (run(ours), fresh(answered).state, fresh(answered).attempts) == (1, "dead", ATTEMPTS_MAX)


def test_an_error_of_ours_is_a_failure_and_tells_no_address(answered, clock, caplog):
    run(sending(clock, email=Tray(ValueError("x"))))
    assert (fresh(answered).state, fresh(answered).error[:10]) == ("waiting", "ValueError")
    assert "sara@example.ir" not in caplog.text


def test_a_gateway_that_is_away_for_an_hour_costs_no_attempt(answered, clock):
    tray = Tray(*[Away("ConnectionRefusedError")] * 1000)
    ours, until = sending(clock, email=tray), clock() + timedelta(hours=1)
    tried = 0
    while clock() < until:
        tried += run(ours)
        clock.go_on(seconds=20)
    assert (fresh(answered).attempts, fresh(answered).state, 8 <= tried <= 20) == (0, "waiting", True)
    tray.troubles.clear()
    clock.go_on(minutes=6)
    assert (run(ours), fresh(answered).state, len(tray.sent)) == (1, "sent", 1)


def test_one_that_takes_it_and_never_says_so_is_not_asked_for_three_days(answered, clock):
    """Each time it may arrive: after an hour it is still tried, but not hundreds of times. Of one given up it is asked less often here."""
    ours, until = sending(clock, email=Tray(*[Unanswered("TimeoutError")] * 1000, after_begin=True)), clock() + timedelta(days=3)
    moments = []
    while clock() < until:
        moments += [clock()] * run(ours)
        clock.go_on(minutes=30 if fresh(answered).state == "dead" else 0.5)
    assert (len(moments), fresh(answered).state, fresh(answered).sendings) == (ATTEMPTS_MAX, "dead", 0)
    assert moments[-1] - moments[0] > timedelta(hours=3)


def test_while_one_never_answers_the_others_of_its_channel_wait(answered, a_ticket, omid, clock):
    for _ in range(3):
        a_ticket(at=AT).answer(by=omid, at=AT, body="پاسخ")
    assert run(sending(clock, email=Tray(*[Unanswered("TimeoutError")] * 10, after_begin=True))) == 1


def test_one_finds_out_that_a_gateway_is_away_and_the_others_of_its_channel_wait(answered, a_ticket, sara, omid, clock):
    reachable(sara, email="sara@example.ir", mobile="09121234567")
    Channels.objects.create(user=sara, email=True, sms=True, quiet_from=0, quiet_until=0)
    for _ in range(3):
        a_ticket(at=AT).answer(by=omid, at=AT, body="پاسخ")
    mail, sms = Tray(*[Away("TimeoutError")] * 10), Tray()
    assert run(sending(clock, email=mail, sms=sms)) == 4
    assert (len(mail.troubles), len(sms.sent)) == (9, 3)


def test_what_found_its_gateway_away_for_three_days_is_no_news_any_more(answered, clock):
    clock.go_on(days=3)
    run(sending(clock, email=Tray(Away("TimeoutError"))))
    assert (fresh(answered).state, fresh(answered).error) == ("dead", "TimeoutError")


def test_an_earlier_message_holds_back_the_later_ones_of_its_ticket_and_no_other(answered, ticket, a_ticket, omid, clock):
    other = a_ticket(at=AT)
    other.answer(by=omid, at=AT, body="پاسخ")
    tray = Tray(Trouble("SMTPDataError 451"))
    ours = sending(clock, email=tray)
    run(ours)
    ticket.answer(by=omid, at=clock(), body="پس از آن")
    clock.at = fresh(answered).run_at - timedelta(seconds=1)
    Delivery.objects.filter(state="queued").update(run_at=AT)
    run(ours)
    assert [mail.thread for mail in tray.sent] == [f"ticket-{other.pk}"]
    clock.go_on(seconds=2)
    assert (run(ours), [mail.thread for mail in tray.sent][1:]) == (2, [f"ticket-{ticket.pk}"] * 2)
    assert [mail.key for mail in tray.sent][1:] == [
        f"delivery-{pk}"
        for pk in sorted(Delivery.objects.exclude(ordering_key=f"email:{ticket.filed_by_id}:{other.pk}").values_list("pk", flat=True))
    ]


def test_a_dead_message_holds_back_nobody(answered, ticket, omid, clock):
    tray = Tray(Refused("x"))
    ticket.answer(by=omid, at=clock(), body="پس از آن")
    clock.go_on(minutes=2)
    assert (run(sending(clock, email=tray)), len(tray.sent)) == (2, 1)


def test_of_a_worker_that_dies_in_the_act_it_is_sent_a_second_time_and_never_a_third(answered, clock):
    for sendings in (1, 2):
        killed = sending(clock, by=f"killed {sendings}").claim(clock())
        assert killed.begin(at=clock(), lease=LEASE)
        assert fresh(answered).sendings == sendings
        clock.go_on(seconds=45)
    tray = Tray()
    assert (run(sending(clock, email=tray)), tray.sent) == (1, [])
    assert (fresh(answered).state, fresh(answered).error) == ("dead", "WorkerLost")


def test_a_worker_that_dies_before_the_act_has_sent_nothing(answered, clock):
    for _ in range(5):
        assert sending(clock, by="killed").claim(clock())
        clock.go_on(seconds=45)
    tray = Tray()
    assert (run(sending(clock, email=tray)), len(tray.sent), fresh(answered).state) == (1, 1, "sent")


def test_who_has_lost_the_lease_sends_nothing(answered, clock):
    slow, tray = sending(clock, by="slow"), Tray()
    slow.gateways["email"] = tray
    held = slow.claim(clock())
    clock.go_on(seconds=46)
    assert run(sending(clock, by="other")) == 1
    slow.attempt(held, clock())
    assert (tray.sent, fresh(answered).state, fresh(answered).sendings) == ([], "sent", 1)


def test_an_sms_that_comes_into_quiet_hours_waits_for_their_end(a_ticket, sara, omid, clock):
    reachable(sara, mobile="09121234567")
    clock.at = AT - timedelta(hours=3)  # 20:30 of Tehran
    a_ticket(at=clock()).answer(by=omid, at=clock(), body="پاسخ")
    clock.go_on(hours=1)  # the worker was away
    tray = Tray()
    assert (run(sending(clock, sms=tray)), tray.sent) == (1, [])
    [sms] = deliveries("sms")
    assert (sms.state, sms.attempts, sms.run_at) == ("waiting", 0, AT + timedelta(hours=8.5))
    clock.at = sms.run_at
    assert (run(sending(clock, sms=tray)), len(tray.sent)) == (1, 1)


@pytest.mark.parametrize("change", ["switched off", "left", "moved", "closed"])
def test_what_its_person_wants_or_may_see_no_more_is_not_sent(answered, sara, office_b, clock, settings, change):
    if change == "switched off":
        Channels.objects.create(user=sara, email=False)
    elif change == "closed":
        settings.EMAIL_URL = ""
    else:
        type(sara).objects.filter(pk=sara.pk).update(**({"is_active": False} if change == "left" else {"office": office_b}))
    tray = Tray()
    assert (run(sending(clock, email=tray)), tray.sent) == (1, [])
    assert (fresh(answered).state, fresh(answered).error) == ("dropped", "")
    assert (fresh(answered).get_state_display(), Delivery.objects.filter(state="dead").count()) == ("کنار گذاشته شد", 0)


def test_a_dead_one_is_tried_again_to_the_address_of_today(answered, sara, clock):
    run(sending(clock, email=Tray(Refused("InvalidAddress"))))
    reachable(sara, email="sara.new@example.ir")
    assert (answered.revive(at=clock()), answered.revive(at=clock())) == (True, False)
    tray = Tray()
    assert (run(sending(clock, email=tray)), [mail.target for mail in tray.sent]) == (1, ["sara.new@example.ir"])


@pytest.mark.django_db(transaction=True)
def test_four_workers_send_thirty_mails_each_once(a_ticket, sara, omid, clock):
    reachable(sara, email="sara@example.ir")
    tickets = [a_ticket(at=AT) for _ in range(10)]
    for minutes in (0, 3, 6):
        for ticket in tickets:
            ticket.answer(by=omid, at=AT + minutes * MINUTE, body="پاسخ")
    clock.go_on(minutes=10)
    tray = Tray()

    def worker(name):
        def work():  # the order of a ticket may leave one without anything for a moment
            while Delivery.objects.open().exists():
                run(sending(clock, by=name, email=tray))

        return work

    all_at_once(*[worker(f"w{number}") for number in range(4)])
    assert len(tray.sent) == len({mail.key for mail in tray.sent}) == 30
    numbers = {ticket.pk: [int(mail.key.split("-")[1]) for mail in tray.sent if mail.thread == f"ticket-{ticket.pk}"] for ticket in tickets}
    assert all(keys == sorted(keys) and len(keys) == 3 for keys in numbers.values())
    assert (Delivery.objects.filter(state="sent", attempts=1).count(), connection.in_atomic_block) == (30, False)


@pytest.mark.django_db(transaction=True)
def test_two_workers_claim_one_delivery_once(answered, clock):
    claims = all_at_once(*[lambda name=name: sending(clock, by=name).claim(clock()) for name in ("a", "b")])
    assert [claim for claim in claims if claim] == [answered]
