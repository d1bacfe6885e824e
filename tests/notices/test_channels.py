"""How each person chooses to be told, on the page of their account."""

from datetime import datetime, timedelta

import pytest

from autonax_support.notices.models import Channels
from autonax_support.persian.calendar import TEHRAN
from tests.notices.telling import reachable

CHANNELS, ME = "/accounts/me/channels/", "/accounts/me/"
QUIET = {"quiet_from": "21", "quiet_until": "8"}


def tehran(hour, minute=0, day=26):
    return datetime(2026, 11, day, hour, minute, tzinfo=TEHRAN)


@pytest.mark.parametrize("who", ["sara", "leila", "omid"])
def test_the_section_stands_on_everybodys_page(at_home, request, who):
    page = at_home(request.getfixturevalue(who)).get(ME).content.decode()
    assert all(words in page for words in ("راه‌های خبررسانی", "ایمیل", "پیامک", "ساعت سکوت پیامک", f'action="{CHANNELS}"'))


def test_sara_chooses(at_home, sara):
    reachable(sara, email="sara@example.ir", mobile="09121234567")
    response = at_home(sara).post(CHANNELS, {"email": "on", "quiet_from": "22", "quiet_until": "7"}, follow=True)
    assert response.redirect_chain == [(ME, 302)]
    assert [str(message) for message in response.context["messages"]] == ["راه‌های خبررسانی ذخیره شد."]
    chosen = Channels.objects.get(user=sara)
    assert (chosen.email, chosen.sms, chosen.quiet_from, chosen.quiet_until) == (True, False, 22, 7)


def test_she_chooses_again(at_home, sara):
    reachable(sara, email="sara@example.ir", mobile="09121234567")
    client = at_home(sara)
    for posted in ({"email": "on"}, {"sms": "on"}):
        client.post(CHANNELS, posted | QUIET)
    assert (Channels.objects.get().email, Channels.objects.get().sms) == (False, True)


def test_what_cannot_reach_her_cannot_be_switched_and_says_why(at_home, sara, settings):
    settings.SMS_URL = ""
    reachable(sara, mobile="09121234567")
    client = at_home(sara)
    page = client.get(CHANNELS).content.decode()
    assert ("نشانی ایمیل شما ثبت نشده است" in page, "این راه در این سامانه باز نیست." in page) == (True, True)
    client.post(CHANNELS, QUIET)
    assert (Channels.objects.get().email, Channels.objects.get().sms) == (True, True)  # what is usual


def test_an_hour_that_is_none_is_refused_at_its_field(at_home, sara):
    response = at_home(sara).post(CHANNELS, {"quiet_from": "24", "quiet_until": "8"})
    assert (response.status_code, list(response.context["channels"].errors), Channels.objects.count()) == (200, ["quiet_from"], 0)


def test_nobody_chooses_for_another(at_home, client, sara, reza):
    assert client.get(CHANNELS).url == f"/accounts/login/?next={CHANNELS}"
    at_home(sara).post(CHANNELS, QUIET | {"user": str(reza.pk)})
    assert list(Channels.objects.values_list("user", flat=True)) == [sara.pk]


def test_other_methods_are_refused(at_home, sara):
    assert at_home(sara).delete(CHANNELS).status_code == 405


@pytest.mark.parametrize(
    ("at", "due"),
    [
        (tehran(20, 59), tehran(20, 59)),
        (tehran(21), tehran(8, day=27)),
        (tehran(3), tehran(8)),
        (tehran(7, 59), tehran(8)),
        (tehran(8), tehran(8)),
    ],
)
def test_an_sms_of_quiet_hours_is_due_at_their_end(sara, at, due):
    assert (Channels.usual(sara).time_for("sms", at), Channels.usual(sara).time_for("email", at)) == (due, at)


def test_quiet_hours_may_lie_within_one_day_or_nowhere(sara):
    noon = Channels(user=sara, quiet_from=12, quiet_until=15)
    assert [noon.time_for("sms", tehran(hour)) for hour in (11, 13, 15)] == [tehran(11), tehran(15), tehran(15)]
    never = Channels(user=sara, quiet_from=8, quiet_until=8)
    assert all(never.time_for("sms", tehran(0) + timedelta(hours=hour)) == tehran(0) + timedelta(hours=hour) for hour in range(24))
