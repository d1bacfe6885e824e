import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from tests.announcements.conftest import DAY, titles

LIST = "/announcements/"
FAR = "1-9999999999999999-9999999999"
GARBAGE = ["", "x", "1-2", "2-1-1", "0-99999999999999999-1", "۱-۲-۳", "0-1-1\x00", "\ud800", "0--1-1", "9" * 5000, "0-0-0", FAR]


def shown(client, query=""):
    return titles(client.get(LIST + query).context["announcements"])


def test_pinned_ones_stand_first_then_the_newest(sara, signed_in, an_announcement):
    now = timezone.now()
    an_announcement("دیروز", published_at=now - DAY)
    an_announcement("امروز", published_at=now)
    an_announcement("سنجاق", published_at=now - 9 * DAY, pinned=True)
    assert shown(signed_in(sara)) == ["سنجاق", "امروز", "دیروز"]


def test_staff_read_announcements_too(omid, signed_in, an_announcement):
    an_announcement("همه")
    assert shown(signed_in(omid)) == ["همه"]


def test_only_people_who_signed_in_see_it(db, client):
    response = client.get(LIST)
    assert (response.status_code, response.url) == (302, f"{reverse('accounts:login')}?next={LIST}")


def test_unread_ones_are_marked(old_hand, signed_in, an_announcement):
    an_announcement("خوانده").read(by=old_hand, at=timezone.now())
    an_announcement("تازه")
    page = signed_in(old_hand).get(LIST)
    assert {one.title: bool(one.is_unread) for one in page.context["announcements"]} == {"خوانده": False, "تازه": True}
    assert page.content.decode().count("news__item is-unread") == 1


def test_the_marks_are_each_persons_own(old_hand, neda, signed_in, an_announcement):
    announcement = an_announcement(needs_confirmation=True)
    announcement.confirm(by=neda, at=timezone.now())
    page = signed_in(old_hand).get(LIST)
    row = page.context["announcements"][0]
    assert (bool(row.is_unread), row.confirmed_version) == (True, None)


def test_tab_unread_shows_what_sara_has_not_opened(old_hand, signed_in, an_announcement):
    an_announcement("خوانده").read(by=old_hand, at=timezone.now())
    an_announcement("تازه")
    assert shown(signed_in(old_hand), "?tab=unread") == ["تازه"]


def test_tab_confirm_shows_what_waits_for_sara(old_hand, signed_in, an_announcement):
    an_announcement("تأییدشده", needs_confirmation=True).confirm(by=old_hand, at=timezone.now())
    an_announcement("مانده", needs_confirmation=True).read(by=old_hand, at=timezone.now())
    an_announcement("بی‌نیاز")
    page = signed_in(old_hand).get(LIST, {"tab": "confirm"})
    assert (titles(page.context["announcements"]), page.context["awaiting_count"]) == (["مانده"], 1)


def test_a_new_version_waits_again(old_hand, kaveh, signed_in, an_announcement):
    announcement = an_announcement("بار دوم", needs_confirmation=True)
    announcement.confirm(by=old_hand, at=timezone.now())
    announcement.revise(by=kaveh, at=timezone.now())
    assert shown(signed_in(old_hand), "?tab=confirm") == ["بار دوم"]


@pytest.mark.parametrize(
    ("tab", "sentence"),
    [
        ("", "اطلاعیه‌ای منتشر نشده است."),
        ("unread", "اطلاعیه خوانده‌نشده‌ای نیست."),
        ("confirm", "اطلاعیه‌ای منتظر اعلام آگاهی شما نیست."),
    ],
)
def test_an_empty_list_says_so(sara, signed_in, tab, sentence):
    assert sentence in signed_in(sara).get(LIST, {"tab": tab}).content.decode()


def test_an_unknown_tab_is_the_whole_list(sara, signed_in, an_announcement):
    an_announcement("همه")
    assert shown(signed_in(sara), "?tab=%00") == ["همه"]


def test_the_pages_hold_every_announcement_once(sara, signed_in, many_announcements):
    many_announcements(55)
    client, query, seen = signed_in(sara), "", []
    while query is not None:
        page = client.get(LIST + query)
        seen += [one.pk for one in page.context["announcements"]]
        query = page.context["older"]
    assert (len(seen), len(set(seen))) == (55, 55)


def test_newer_leads_back_the_same_way(sara, signed_in, many_announcements):
    many_announcements(55)
    client = signed_in(sara)
    first = client.get(LIST)
    second = client.get(LIST + first.context["older"])
    third = client.get(LIST + second.context["older"])
    back = client.get(LIST + third.context["newer"])
    assert titles(back.context["announcements"]) == titles(second.context["announcements"])
    assert shown(client, back.context["newer"]) == titles(first.context["announcements"])
    assert [first.context["newer"], third.context["older"]] == [None, None]


def test_announcements_of_one_moment_are_neither_lost_nor_doubled(sara, signed_in, an_announcement):
    moment = timezone.now() - timedelta(minutes=5)
    made = [an_announcement(f"هم‌زمان {place}", published_at=moment) for place in range(25)]
    client = signed_in(sara)
    first = client.get(LIST)
    rest = shown(client, first.context["older"])
    assert titles(first.context["announcements"]) + rest == [one.title for one in reversed(made)]


@pytest.mark.parametrize("name", ["after", "before"])
@pytest.mark.parametrize("key", GARBAGE)
def test_a_garbage_key_shows_the_first_page(sara, signed_in, an_announcement, name, key):
    an_announcement("همه")
    query = {name: key.encode("utf-8", "surrogatepass")}
    page = signed_in(sara).get(LIST, query)
    assert (page.status_code, titles(page.context["announcements"])) == (200, ["همه"])


def test_the_list_stays_in_its_tab_when_it_is_paged(old_hand, signed_in, many_announcements):
    many_announcements(45)
    page = signed_in(old_hand).get(LIST, {"tab": "unread"})
    assert re.fullmatch(r"\?tab=unread&after=0-\d+-\d+", page.context["older"])


def test_a_title_cannot_bring_markup(sara, signed_in, an_announcement):
    an_announcement("<img src=x onerror=alert(1)>", body="<script>alert(1)</script>")
    page = signed_in(sara).get(LIST).content.decode()
    assert [page.count("<img src=x"), page.count("<script>alert")] == [0, 0]


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_the_list_is_only_read(sara, signed_in, method):
    assert getattr(signed_in(sara), method)(LIST).status_code == 405
