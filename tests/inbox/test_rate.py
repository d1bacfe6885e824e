"""Five stars, none chosen beforehand, and a remark for who wants."""

import re

import pytest
from django.utils import timezone

from tests.inbox.scenes import ago
from tickets.models import Rating


def rate(client, ticket, **form):
    return client.post(f"/inbox/{ticket.pk}/rate/", form)


def test_sara_rates_five_stars_with_a_remark(at_home, sara, omid, technical, an_answered_ticket):
    response = rate(at_home(sara), an_answered_ticket, stars="5", remark="سریع و دقیق")
    rating = Rating.objects.get()
    assert response.url == f"/inbox/{an_answered_ticket.pk}/"
    assert (rating.stars, rating.remark, rating.rated_by, rating.expert, rating.department) == (5, "سریع و دقیق", sara, omid, technical)


def test_the_page_thanks(at_home, sara, an_answered_ticket):
    client = at_home(sara)
    page = client.get(rate(client, an_answered_ticket, stars="5").url).content.decode()
    assert "امتیاز شما ثبت شد. سپاس از وقتی که گذاشتید. تا ۷ روز پس از بسته شدن تیکت می‌توانید آن را تغییر دهید." in page


def test_the_event_keeps_the_stars(at_home, sara, an_answered_ticket):
    rate(at_home(sara), an_answered_ticket, stars="3")
    event = an_answered_ticket.events.last()
    assert (event.verb, event.actor, event.after) == ("rate", sara, {"stars": 3})


def test_reza_changes_the_one_rating(at_home, sara, reza, an_answered_ticket):
    rate(at_home(sara), an_answered_ticket, stars="2")
    rate(at_home(reza), an_answered_ticket, stars="4")
    assert list(Rating.objects.values_list("stars", "rated_by")) == [(4, reza.pk)]


def test_no_star_is_chosen_beforehand_and_then_the_given_one(at_home, sara, an_answered_ticket):
    def chosen():
        page = at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/").content.decode()
        return re.findall(r'name="stars" value="(\d)"[^>]* checked', page)

    before = chosen()
    rate(at_home(sara), an_answered_ticket, stars="4")
    assert (before, chosen()) == ([], ["4"])


@pytest.mark.parametrize("stars", ["", "0", "6", "x", "9" * 30, "\x00", "5.0"])
def test_without_a_star_it_says_so_at_the_field_and_keeps_the_remark(at_home, sara, an_answered_ticket, stars):
    response = rate(at_home(sara), an_answered_ticket, stars=stars, remark="خوب بود")
    assert response.context["rating"].errors == {"stars": ["تعداد ستاره را انتخاب کنید."]}
    assert ("خوب بود</textarea>" in response.content.decode(), Rating.objects.count()) == (True, 0)


def test_a_remark_that_is_too_long_is_refused_at_its_field(at_home, sara, an_answered_ticket):
    response = rate(at_home(sara), an_answered_ticket, stars="5", remark="م" * 1001)
    assert response.context["rating"].errors == {"remark": ["این متن ۱۰۰۱ نویسه است؛ حداکثر ۱۰۰۰ نویسه پذیرفته می‌شود. آن را کوتاه کنید."]}


def test_what_was_given_is_said_and_the_form_is_folded(at_home, sara, an_answered_ticket):
    def folded():
        page = at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/").content.decode()
        return ("امتیاز شما: ۴ ستاره" in page, "تغییر امتیاز" in page)

    before = folded()
    rate(at_home(sara), an_answered_ticket, stars="4")
    assert (before, folded()) == ((False, False), (True, True))


def test_the_two_ends_of_the_stars_are_in_words(at_home, sara, an_answered_ticket):
    page = at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/").content.decode()
    assert "<span>خیلی ضعیف</span><span>عالی</span>" in page


def test_before_the_first_answer_there_is_nothing_to_rate(at_home, sara, a_ticket):
    client, ticket = at_home(sara), a_ticket()
    asked = 'id="rating"' in client.get(f"/inbox/{ticket.pk}/").content.decode()
    page = client.get(rate(client, ticket, stars="5").url).content.decode()
    assert (asked, "پس از نخستین پاسخ کارشناس می‌توانید امتیاز دهید." in page, Rating.objects.count()) == (False, True, 0)


def test_eight_days_after_closing_it_is_too_late(at_home, sara, omid, a_ticket):
    ticket = a_ticket(at=ago(days=20))
    ticket.answer(by=omid, at=ago(days=19), body="پاسخ")
    ticket.close(by=omid, at=ago(days=8), reason="solved")
    client = at_home(sara)
    page = client.get(rate(client, ticket, stars="5").url).content.decode()
    assert ("زمان ثبت یا تغییر امتیاز این تیکت تمام شد." in page, 'id="rating"' in page) == (True, False)


def test_a_ticket_closed_today_can_still_be_rated(at_home, sara, omid, an_answered_ticket):
    an_answered_ticket.close(by=omid, at=timezone.now(), reason="solved")
    rate(at_home(sara), an_answered_ticket, stars="1")
    assert Rating.objects.get().stars == 1


def test_neda_gets_404_and_nothing_is_rated(at_home, neda, an_answered_ticket):
    assert (rate(at_home(neda), an_answered_ticket, stars="1").status_code, Rating.objects.count()) == (404, 0)


def test_who_comes_back_to_its_address_is_led_to_the_ticket(at_home, sara, an_answered_ticket):
    assert at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/rate/").url == f"/inbox/{an_answered_ticket.pk}/"
