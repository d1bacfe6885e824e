from datetime import timedelta

import pytest
from django.utils import timezone

from tickets.models import Event, Rating, Refused, Ticket


@pytest.fixture
def answered(a_ticket, omid) -> Ticket:
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="سلام")
    return ticket


def test_sara_gives_five_stars_to_the_expert_who_answered(answered, sara, omid, technical):
    at = timezone.now()
    answered.rate(by=sara, at=at, stars=5, remark="سپاس")
    rating = Rating.objects.get()
    assert (rating.ticket, rating.rated_by, rating.stars, rating.remark, rating.expert, rating.department, rating.at) == (
        answered,
        sara,
        5,
        "سپاس",
        omid,
        technical,
        at,
    )
    assert Event.objects.get(verb="rate").after == {"stars": 5}


def test_a_colleague_changes_the_one_rating(answered, sara, reza):
    answered.rate(by=sara, at=timezone.now(), stars=2)
    answered.rate(by=reza, at=timezone.now(), stars=4)
    rating = Rating.objects.get()
    assert (rating.rated_by, rating.stars) == (reza, 4)


def test_the_rating_keeps_the_expert_of_the_last_answer(answered, sara, sina):
    answered.answer(by=sina, at=timezone.now(), body="تکمیلی")
    answered.rate(by=sara, at=timezone.now(), stars=3)
    assert Rating.objects.get().expert == sina


def test_before_an_answer_there_is_nothing_to_rate(a_ticket, sara):
    with pytest.raises(Refused, match="پس از نخستین پاسخ"):
        a_ticket().rate(by=sara, at=timezone.now(), stars=5)


def test_seven_days_after_closing_the_time_is_over(answered, sara):
    at = timezone.now()
    answered.close(by=sara, at=at, reason="by_office")
    answered.rate(by=sara, at=at + timedelta(days=7), stars=5)
    with pytest.raises(Refused, match="تمام شد"):
        answered.rate(by=sara, at=at + timedelta(days=7, seconds=1), stars=1)
    assert Rating.objects.get().stars == 5


def test_rating_does_not_move_the_ticket(answered, sara):
    before = Ticket.objects.get(pk=answered.pk).last_activity_at
    answered.rate(by=sara, at=timezone.now() + timedelta(hours=1), stars=5)
    assert Ticket.objects.get(pk=answered.pk).last_activity_at == before


@pytest.mark.parametrize("stars", [0, 6, -1])
def test_only_one_to_five_stars_exist(answered, sara, stars):
    with pytest.raises(Refused):
        answered.rate(by=sara, at=timezone.now(), stars=stars)


def test_an_expert_does_not_rate(answered, omid):
    with pytest.raises(Refused):
        answered.rate(by=omid, at=timezone.now(), stars=5)
