import pytest
from django.urls import reverse
from django.utils import timezone

from announcements.models import Receipt, Refused
from tests.announcements.conftest import DAY, NOW, receipts_of

NOT_OUT = [
    {"published_at": None},
    {"published_at": timezone.now() + 365 * DAY},
    {"published_at": NOW - 900 * DAY, "expires_at": NOW - 800 * DAY},
]


def address(announcement):
    return reverse("announcements:page", args=[announcement.pk])


def test_sara_opens_an_announcement_and_it_is_read(sara, signed_in, an_announcement):
    announcement = an_announcement("خبر", body="## تیتر\n\nمتن **مهم**")
    page = signed_in(sara).get(address(announcement))
    assert "<strong>مهم</strong>" in page.content.decode()
    assert receipts_of(sara) == ["خبر"]


def test_the_first_reading_stays(sara, an_announcement):
    announcement = an_announcement(published_at=NOW)
    announcement.read(by=sara, at=NOW)
    announcement.read(by=sara, at=NOW + DAY)
    assert Receipt.objects.values_list("user", "read_at").get() == (sara.pk, NOW)


@pytest.mark.parametrize("header", ["Sec-Purpose", "Purpose", "X-Moz"])
def test_a_prefetch_has_read_nothing(sara, signed_in, an_announcement, header):
    page = signed_in(sara).get(address(an_announcement()), headers={header: "prefetch;prerender"})
    assert (page.status_code, receipts_of(sara)) == (200, [])


def test_head_has_read_nothing(sara, signed_in, an_announcement):
    assert (signed_in(sara).head(address(an_announcement())).status_code, receipts_of(sara)) == (200, [])


@pytest.mark.parametrize("changes", NOT_OUT)
def test_what_is_not_out_is_not_found_not_even_by_its_author(sara, kaveh, signed_in, an_announcement, changes):
    place = address(an_announcement(**changes))
    assert [signed_in(user).get(place).status_code for user in (sara, kaveh)] == [404, 404]
    assert Receipt.objects.count() == 0


@pytest.mark.parametrize("number", ["0", "999999", "2147483648", "99999999999999999999", "x"])
def test_an_unknown_number_is_not_found(sara, signed_in, number):
    assert signed_in(sara).get(f"/announcements/{number}/").status_code == 404


def test_a_draft_cannot_be_read(sara, an_announcement):
    with pytest.raises(Refused, match="اکنون منتشر نیست"):
        an_announcement(published_at=None).read(by=sara, at=NOW)


@pytest.mark.parametrize("method", ["post", "put", "delete"])
def test_the_page_is_only_read(sara, signed_in, an_announcement, method):
    assert getattr(signed_in(sara), method)(address(an_announcement())).status_code == 405


def test_without_need_there_is_no_button(sara, signed_in, an_announcement):
    assert "خواندم و آگاه شدم" not in signed_in(sara).get(address(an_announcement())).content.decode()
