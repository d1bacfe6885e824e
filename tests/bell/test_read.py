import pytest
from django.test import Client
from django.utils import timezone

from autonax_support.notices.models import Notice
from tests.bell.conftest import LIST, READ, told, unread


def mine(person):
    return Notice.objects.filter(recipient=person).latest("pk")


def test_sara_marks_one(at_home, sara, many_notices):
    many_notices(sara, 2)
    response = at_home(sara).post(READ, {"id": mine(sara).pk})
    assert (response.status_code, response.url) == (302, LIST)
    assert (unread(sara), mine(sara).read_at is None) == (2, False)


def test_the_first_reading_stays(at_home, sara, an_answered_ticket):
    at_home(sara).post(READ, {"id": mine(sara).pk})
    first = mine(sara).read_at
    at_home(sara).post(READ, {"id": mine(sara).pk})
    assert mine(sara).read_at == first


def test_all_that_was_shown_is_read_and_what_came_meanwhile_is_not(at_home, sara, reza, many_notices):
    many_notices(sara, 25)
    client = at_home(sara)
    newest = client.get(LIST).context["newest"]
    late = many_notices(sara, 1)[0]
    client.post(READ, {"upto": newest})
    assert list(Notice.objects.visible_to(sara).unread()) == [late]
    assert unread(reza) == 1


def test_the_page_stays_the_same_one(at_home, sara, many_notices):
    many_notices(sara, 30)
    client = at_home(sara)
    second = client.get(LIST).context["older"]
    here = client.get(LIST + second).context["here"]
    assert client.post(READ + here, {"id": Notice.objects.filter(recipient=sara).first().pk}).url == LIST + second


def test_a_digest_is_read_by_following_it(at_home, omid, technical):
    digest = told(omid, "queue_digest", count=3, department=technical)
    response = at_home(omid).post(READ, {"id": digest.pk, "follow": "1"})
    assert (response.url, unread(omid)) == (f"/admin/tickets/ticket/?view=unassigned&department={technical.pk}", 0)


@pytest.mark.parametrize("way", [{}, {"follow": "1"}])
def test_a_strangers_notice_is_not_found(at_home, sara, neda, an_answered_ticket, way):
    assert at_home(neda).post(READ, {"id": mine(sara).pk, **way}).status_code == 404
    assert unread(sara) == 1


def test_nobody_marks_for_others_by_marking_all(at_home, sara, neda, an_answered_ticket):
    at_home(neda).post(READ, {"upto": mine(sara).pk})
    assert unread(sara) == 1


@pytest.mark.parametrize(
    "posted", [{}, {"id": "x"}, {"id": "-1"}, {"id": "9" * 30}, {"upto": "1\x00"}, {"upto": "0"}, {"id": "", "upto": ""}]
)
def test_garbage_marks_nothing_and_leads_back(at_home, sara, an_answered_ticket, posted):
    response = at_home(sara).post(READ, posted)
    assert (response.status_code, unread(sara)) == (302, 1)


@pytest.mark.parametrize("method", ["get", "head", "put", "patch", "delete"])
def test_only_a_post_marks(at_home, sara, an_answered_ticket, method):
    assert (getattr(at_home(sara), method)(READ).status_code, unread(sara)) == (405, 1)


def test_a_post_without_its_token_is_refused(sara, an_answered_ticket):
    client = Client(enforce_csrf_checks=True)
    client.force_login(sara)
    assert (client.post(READ, {"id": mine(sara).pk}).status_code, unread(sara)) == (403, 1)


# -- by opening what they speak of


def test_opening_the_ticket_reads_its_notices_and_no_others(at_home, sara, reza, a_ticket, omid, an_answered_ticket):
    other = a_ticket()
    other.answer(by=omid, at=timezone.now(), body="پاسخ")
    at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/")
    assert list(Notice.objects.visible_to(sara).unread().values_list("ticket_id", flat=True)) == [other.pk]
    assert unread(reza) == 2


def test_opening_it_on_the_desk_reads_them_too(at_home, sara, omid, an_answered_ticket):
    an_answered_ticket.reply(by=sara, at=timezone.now(), body="نشد")
    assert unread(omid) == 1
    at_home(omid).get(f"/admin/tickets/ticket/{an_answered_ticket.pk}/change/")
    assert unread(omid) == 0


@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {"X-Moz": "prefetch"}])
def test_a_guess_of_the_browser_reads_nothing(at_home, sara, omid, an_answered_ticket, headers):
    an_answered_ticket.reply(by=sara, at=timezone.now(), body="نشد")
    at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/", headers=headers)
    at_home(omid).get(f"/admin/tickets/ticket/{an_answered_ticket.pk}/change/", headers=headers)
    assert (unread(sara), unread(omid)) == (1, 1)


def test_a_head_reads_nothing(at_home, sara, omid, an_answered_ticket):
    an_answered_ticket.reply(by=sara, at=timezone.now(), body="نشد")
    at_home(sara).head(f"/inbox/{an_answered_ticket.pk}/")
    at_home(omid).head(f"/admin/tickets/ticket/{an_answered_ticket.pk}/change/")
    assert (unread(sara), unread(omid)) == (1, 1)


def test_a_stranger_who_asks_for_the_ticket_reads_nothing(at_home, sara, neda, an_answered_ticket):
    assert at_home(neda).get(f"/inbox/{an_answered_ticket.pk}/").status_code == 404
    assert unread(sara) == 1


def test_reading_the_announcement_reads_its_notice(at_home, sara, reza, an_announcement):
    announcement = an_announcement()
    for person in (sara, reza):
        told(person, "announced", announcement=announcement)
    at_home(sara).get(f"/announcements/{announcement.pk}/")
    assert (unread(sara), unread(reza)) == (0, 1)


def test_a_notice_that_came_after_the_reading_goes_with_the_next(at_home, sara, an_announcement):
    announcement = an_announcement()
    announcement.read(by=sara, at=timezone.now())
    told(sara, "announced", announcement=announcement)
    at_home(sara).get(f"/announcements/{announcement.pk}/")
    assert unread(sara) == 0
