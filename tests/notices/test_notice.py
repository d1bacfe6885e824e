"""What the database holds true of a notice, and how long one is kept."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from announcements.models import Announcement
from autonax_support import sweeping
from autonax_support.notices.models import Delivery, Job, Notice
from tests.notices.conftest import a_job

DAY = timedelta(days=1)
OF_AN_EVENT = ["answered", "transferred", "developed", "promise_moved", "due_moved", "closed", "assigned", "replied"]


@pytest.fixture
def subjects(a_ticket, kaveh, technical):
    ticket, at = a_ticket(), timezone.now()
    news = Announcement.objects.create(title="قطع", body="متن", author=kaveh, published_at=at)
    return {"ticket": ticket, "event": ticket.events.get(), "announcement": news, "department": technical, "count": 3}


def stored(person, kind, given):
    """Whether the database takes it."""
    try:
        with transaction.atomic():
            Notice.objects.create(recipient=person, kind=kind, at=timezone.now(), **given)
    except IntegrityError:
        return False
    return True


def takes(person, kind, subjects, *names):
    return stored(person, kind, {name: subjects[name] for name in names})


@pytest.mark.parametrize("kind", OF_AN_EVENT)
def test_what_a_verb_tells_has_its_ticket_and_its_event(sara, subjects, kind):
    right = ("ticket", "event")
    wrong = [(), ("ticket",), ("event",), (*right, "announcement"), (*right, "count")]
    assert (takes(sara, kind, subjects, *right), [takes(sara, kind, subjects, *names) for names in wrong]) == (True, [False] * 5)


@pytest.mark.parametrize(
    ("kind", "right", "wrong"),
    [
        ("breach_near", [("ticket",), ("ticket", "count")], [(), ("announcement",), ("ticket", "announcement"), ("ticket", "department")]),
        ("breached", [("ticket",)], [(), ("count",)]),
        ("closing_soon", [("ticket", "count")], [("ticket",), ("count",), ()]),
        ("announced", [("announcement",)], [("ticket",), (), ("announcement", "ticket"), ("announcement", "count")]),
        (
            "queue_digest",
            [("count", "department")],
            [("count",), ("department",), ("count", "department", "ticket"), ("count", "department", "announcement")],
        ),
        ("unheard_of", [], [(), ("ticket",), ("ticket", "event"), ("count",)]),
    ],
)
def test_the_others_have_theirs(sara, subjects, kind, right, wrong):
    taken = [takes(sara, kind, subjects, *names) for names in (*right, *wrong)]
    assert taken == [True] * len(right) + [False] * len(wrong)


def test_a_digest_of_nothing_is_none(sara, technical):
    assert not stored(sara, "queue_digest", {"count": 0, "department": technical})


def test_nobody_is_told_twice_of_one_event_or_announcement(sara, reza, subjects):
    event, news = {"ticket": subjects["ticket"], "event": subjects["event"]}, {"announcement": subjects["announcement"]}
    told = [stored(person, "answered", event) for person in (sara, reza, sara)]
    told += [stored(person, "announced", news) for person in (sara, reza, sara)]
    assert told == [True, True, False] * 2


# -- how long


@pytest.fixture
def sweep(db):
    def once():
        a_job("sweep_notices")
        sweeping.sweep_notices(Job.objects.claim(by="a", at=timezone.now(), lease=DAY), timezone.now())

    return once


@pytest.fixture
def of_days_ago(sara, subjects):
    def make(days, *, is_read, more=timedelta(0)):
        at = timezone.now() - timedelta(days=days) - more
        return Notice.objects.create(recipient=sara, kind="breached", ticket=subjects["ticket"], at=at, read_at=at if is_read else None)

    return make


@pytest.mark.parametrize(("is_read", "kept"), [(True, 90), (False, 180)])
def test_read_ones_go_after_ninety_days_and_unread_ones_after_a_hundred_and_eighty(sweep, of_days_ago, is_read, kept):
    minute = timedelta(minutes=1)
    of_days_ago(kept, is_read=is_read, more=minute)
    young = of_days_ago(kept, is_read=is_read, more=-minute)
    sweep()
    assert list(Notice.objects.all()) == [young]


def test_it_goes_on_batch_by_batch_past_what_is_kept(sweep, of_days_ago, monkeypatch):
    monkeypatch.setattr(sweeping, "NOTICES_AT_ONCE", 2)
    kept = [of_days_ago(days, is_read=False) for days in (150, 140, 100, 95)]
    for days in (300, 200, 160, 145, 120, 110, 99, 92):
        of_days_ago(days, is_read=True)
    sweep()
    assert list(Notice.objects.order_by("pk")) == kept
    assert Job.objects.get().done == 8


def test_many_of_one_moment_go_too(sweep, of_days_ago, monkeypatch):
    monkeypatch.setattr(sweeping, "NOTICES_AT_ONCE", 2)
    first = of_days_ago(200, is_read=True)
    Notice.objects.bulk_create(Notice(recipient=first.recipient, kind="breached", ticket=first.ticket, at=first.at) for _ in range(5))
    sweep()
    assert Notice.objects.count() == 0


@pytest.mark.parametrize(("state", "stays"), [("queued", True), ("waiting", True), ("sent", False), ("dead", False)])
def test_what_a_delivery_is_still_to_carry_stays_and_the_link_of_another_goes_along(sweep, of_days_ago, state, stays):
    now = timezone.now()
    delivery = Delivery.objects.create(
        channel="email",
        target="a@example.ir",
        ordering_key="1",
        state=state,
        run_at=now,
        expires_at=now,
        sent_at=now if state == "sent" else None,
    )
    delivery.notices.add(of_days_ago(200, is_read=True))
    sweep()
    assert (Notice.objects.count() == 1, delivery.notices.count() == 1, Delivery.objects.count()) == (stays, stays, 1)
