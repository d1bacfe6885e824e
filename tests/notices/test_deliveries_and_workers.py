"""The worker between jobs and deliveries: in turn, ended in order, alive by its own word."""

import signal
from datetime import timedelta

import pytest
from django.utils import timezone

from autonax_support.notices.jobs import Worker
from autonax_support.notices.models import Delivery, WorkerBeat
from autonax_support.sweeping import sweep_deliveries
from autonax_support.work import TELL
from tests.notices import kinds
from tests.notices.conftest import AT, a_job
from tests.notices.servers import mail_server, mute
from tests.notices.telling import reachable
from tests.notices.working import until, working


@pytest.fixture
def mails(a_ticket, sara, omid):
    """Of so many tickets, each due at once."""
    reachable(sara, email="sara@example.ir")

    def due(number, at=AT):
        for _ in range(number):
            a_ticket(at=at).answer(by=omid, at=at - timedelta(minutes=3), body="پاسخ")

    return due


def test_jobs_and_deliveries_are_taken_in_turn(mails, clock, mailoutbox):
    kinds.RUNS.clear()
    mails(3)
    jobs = [a_job() for _ in range(3)]
    worker = Worker(kinds.TASKS, tell=TELL, clock=clock)
    seen = []
    while worker.step():
        seen.append((len(kinds.RUNS), len(mailoutbox)))
    assert (len(jobs), seen) in [
        (3, [(0, 1), (1, 1), (1, 2), (2, 2), (2, 3), (3, 3)]),
        (3, [(1, 0), (1, 1), (2, 1), (2, 2), (3, 2), (3, 3)]),
    ]


def test_a_worker_without_words_delivers_nothing(mails, worker, mailoutbox):
    mails(1)
    assert (worker.run_once(), mailoutbox) == (0, [])


def test_told_to_end_it_takes_nothing_more(mails, clock, mailoutbox):
    mails(1)
    worker = Worker(kinds.TASKS, tell=TELL, clock=clock)
    worker.is_ending = True
    worker.step()
    [delivery] = Delivery.objects.all()
    assert (mailoutbox, delivery.state, delivery.attempts, delivery.leased_by) == ([], "waiting", 0, "")


def test_a_worker_says_that_it_lives(worker, clock):
    worker.step()
    clock.go_on(seconds=10)
    worker.step()
    assert list(WorkerBeat.objects.values_list("name", "began_at", "seen_at")) == [(worker.name, AT, AT)]
    clock.go_on(seconds=10)
    worker.step()
    assert (WorkerBeat.objects.get().began_at, WorkerBeat.objects.get().seen_at) == (AT, AT + timedelta(seconds=20))
    assert [WorkerBeat.objects.alive(clock() + timedelta(seconds=more)).count() for more in (119, 121)] == [1, 0]


def test_what_has_served_goes(mails, clock):
    mails(5)
    sent, kept, dead, waiting, dropped = Delivery.objects.order_by("pk")
    now = AT + timedelta(days=34)
    Delivery.objects.filter(pk__in=[sent.pk, kept.pk]).update(state="sent", sent_at=AT)
    Delivery.objects.filter(pk=kept.pk).update(expires_at=now)
    Delivery.objects.filter(pk=dead.pk).update(state="dead")
    Delivery.objects.filter(pk=dropped.pk).update(state="dropped")
    WorkerBeat.objects.beat("killed", at=AT)
    WorkerBeat.objects.beat("alive", at=now)
    sweep_deliveries(None, now)
    assert list(Delivery.objects.order_by("pk")) == [kept, dead, waiting]
    assert list(WorkerBeat.objects.values_list("name", flat=True)) == ["alive"]


@pytest.mark.django_db(transaction=True)
def test_told_to_end_in_the_middle_of_a_mail_it_ends_in_time(tmp_path, mails):
    mails(1, timezone.now())
    with mute(b"220 sink\r\n") as port, working(tmp_path, "--grace", "0.5", EMAIL_URL=f"smtp://127.0.0.1:{port}") as worker:
        assert until(lambda: Delivery.objects.exclude(leased_by="").exists())
        assert worker.ends(signal.SIGTERM) == 0
    [delivery] = Delivery.objects.all()
    assert (delivery.state, delivery.attempts, delivery.leased_by, WorkerBeat.objects.count()) == ("waiting", 0, "", 0)


@pytest.mark.django_db(transaction=True)
def test_mails_go_out_by_the_worker_of_an_operator(tmp_path, mails):
    mails(3, timezone.now())
    with mail_server() as sink, working(tmp_path, EMAIL_URL=f"smtp://127.0.0.1:{sink.port}") as worker:
        assert until(lambda: Delivery.objects.filter(state="sent").count() == 3)
        assert worker.ends(signal.SIGTERM) == 0
    assert len(sink.mails) == 3
    assert "sara@example.ir" not in worker.said()
