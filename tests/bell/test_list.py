import re

import pytest
from django.utils import timezone

from autonax_support.notices.models import Notice
from tests.bell.conftest import LIST, unread

GARBAGE = ["x", "-1", "1\x00", "\ud800", "9" * 40, "۱", "0", "9" * 18, "1-2"]


def shown(client, query=""):
    response = client.get(LIST + query)
    assert response.status_code == 200
    return [line.notice.pk for line in response.context["lines"]]


def test_the_newest_stands_first_and_unread_ones_are_marked(at_home, sara, many_notices):
    made = many_notices(sara, 3)
    Notice.objects.filter(pk=made[1].pk).mark_read(timezone.now())
    client = at_home(sara)
    assert shown(client)[:3] == [made[2].pk, made[1].pk, made[0].pk]
    assert client.get(LIST).content.decode().count("is-unread") == 3


def test_each_sees_their_own_only(at_home, sara, reza, neda, many_notices):
    many_notices(sara, 3)
    assert shown(at_home(neda)) == []
    assert set(shown(at_home(reza))) == set(Notice.objects.filter(recipient=reza).values_list("pk", flat=True))


def test_an_empty_bell_says_so(at_home, neda):
    html = at_home(neda).get(LIST).content.decode()
    assert ["اعلان جدیدی نیست." in html, "همه خوانده شد" in html] == [True, False]


def test_where_all_is_read_nothing_is_left_to_mark(at_home, sara, an_answered_ticket):
    Notice.objects.mark_read(timezone.now())
    html = at_home(sara).get(LIST).content.decode()
    assert ["همه خوانده شد" in html, "خوانده شد<" in html] == [False, False]


def test_looking_at_the_list_reads_nothing(at_home, sara, an_answered_ticket):
    at_home(sara).get(LIST)
    assert unread(sara) == 1


def test_the_pages_hold_every_notice_once_and_lead_back(at_home, sara, many_notices):
    many_notices(sara, 44)
    client = at_home(sara)
    second = client.get(LIST).context["older"]
    third = client.get(LIST + second).context["older"]
    everything = [*shown(client), *shown(client, second), *shown(client, third)]
    assert everything == sorted(Notice.objects.filter(recipient=sara).values_list("pk", flat=True), reverse=True)
    assert shown(client, client.get(LIST + third).context["newer"]) == shown(client, second)
    assert shown(client, client.get(LIST + second).context["newer"]) == shown(client)


def test_what_comes_in_shifts_no_page(at_home, sara, many_notices):
    many_notices(sara, 30)
    client = at_home(sara)
    second = client.get(LIST).context["older"]
    before = shown(client, second)
    many_notices(sara, 5)
    assert shown(client, second) == before


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("key", GARBAGE)
def test_a_garbage_key_shows_the_first_page(at_home, sara, an_answered_ticket, name, key):
    response = at_home(sara).get(LIST, {name: key.encode("utf-8", "surrogatepass")})
    assert (response.status_code, len(response.context["lines"])) == (200, 1)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_list_is_only_read(at_home, sara, method):
    assert getattr(at_home(sara), method)(LIST).status_code == 405


def test_the_times_are_jalali(at_home, sara, an_answered_ticket):
    html = at_home(sara).get(LIST).content.decode()
    assert "۳۰ دقیقه پیش" in html
    assert re.search(r'title="\S+ \S+ \S+ ۱۴\d\d، ساعت ', html)


def test_staff_have_theirs_in_the_same_place(at_home, omid, sara, an_answered_ticket):
    an_answered_ticket.reply(by=sara, at=timezone.now(), body="نشد")
    assert shown(at_home(omid)) == [Notice.objects.get(recipient=omid).pk]
