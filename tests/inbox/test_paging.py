"""Pages by key: nothing twice, nothing left out, however the list moves meanwhile."""

import pytest
from django.http import QueryDict
from django.utils import timezone

from tests.inbox.scenes import ago
from tests.journeys.naughty import KEY_OF_ANNOUNCEMENTS


@pytest.fixture
def pages(at_home, sara):
    """A function that turns the list to an address and gives (numbers, older, newer)."""

    def turned(address=""):
        context = at_home(sara).get(f"/inbox/{address or ''}").context
        return [ticket.pk for ticket in context["page"].rows], context["older"], context["newer"]

    return turned


def test_older_pages_hold_every_ticket_once(pages, many_tickets):
    made = [ticket.pk for ticket in many_tickets(45)]
    first, older, newer = pages()
    second, older_still, _ = pages(older)
    third, end, _ = pages(older_still)
    assert (first + second + third, newer, end) == (made, None, None)


def test_newer_leads_back_the_same_way(pages, many_tickets):
    many_tickets(65)
    _, older, _ = pages()
    second, older_still, _ = pages(older)
    _, _, newer = pages(older_still)
    assert pages(newer)[0] == second


def test_newer_near_the_start_shows_a_full_first_page(pages, many_tickets):
    made = [ticket.pk for ticket in many_tickets(41)]
    _, older, _ = pages()
    _, _, newer = pages(older)
    assert pages(newer)[0] == made[:20]


def test_tickets_of_one_moment_are_parted_by_their_number(pages, many_tickets):
    moment = ago(hours=1)
    made = many_tickets(45, last_activity_at=moment)
    first, older, _ = pages()
    second, older_still, _ = pages(older)
    assert first + second + pages(older_still)[0] == sorted((ticket.pk for ticket in made), reverse=True)


def test_activity_moves_a_ticket_up_and_shifts_nothing_behind(pages, many_tickets, omid):
    made = many_tickets(45)
    _, older, _ = pages()
    made[30].answer(by=omid, at=timezone.now(), body="پاسخ")
    moved = made[30].pk
    assert pages(older)[0] == [ticket.pk for ticket in made[20:41] if ticket.pk != moved]
    assert pages()[0] == [moved, *(ticket.pk for ticket in made[:19])]


def test_a_new_ticket_shifts_nothing_behind(pages, many_tickets, a_ticket):
    made = [ticket.pk for ticket in many_tickets(45)]
    _, older, _ = pages()
    a_ticket(at=timezone.now())
    assert pages(older)[0] == made[20:40]


@pytest.mark.parametrize("key", ["", "x", "1-2", "~", "-~-", "\x00", "۱-۲", "9" * 5000, "1-2~AAAA"])
@pytest.mark.parametrize("name", ["after", "before"])
def test_a_malformed_key_shows_the_first_page(numbers_at, sara, many_tickets, name, key):
    made = [ticket.pk for ticket in many_tickets(25)]
    assert numbers_at(sara, **{name: key}) == made[:20]


def test_a_key_of_another_office_shows_the_first_page(at_home, numbers_at, sara, neda, a_ticket, many_tickets):
    many_tickets(25)
    own = a_ticket(by=neda)
    older = at_home(sara).get("/inbox/").context["page"].older
    assert numbers_at(neda, after=older) == [own.pk]


def test_a_key_of_another_filter_goes_on_at_its_place(at_home, numbers_at, sara, many_tickets, technical):
    made = [ticket.pk for ticket in many_tickets(45)]
    key = at_home(sara).get("/inbox/?q=پروانه").context["page"].older
    others = [{}, {"status": "awaiting_support"}, {"department": technical.pk}, {"q": "شماره"}, {"status": "closed"}, {"q": "هیچ"}]
    assert [numbers_at(sara, after=key, **asked) for asked in others] == [made[20:40]] * 4 + [[], []]


@pytest.mark.parametrize("name", ["after", "before"])
def test_a_key_of_another_list_shows_the_first_page(at_home, numbers_at, sara, omid, many_tickets, name):
    made = [ticket.pk for ticket in many_tickets(31)]
    following = [at_home(omid).get(f"/admin/tickets/ticket/?view={view}").context["cl"].following for view in ("next", "all")]
    keys = [QueryDict(address.lstrip("?"))["after"] for address in following]
    assert [numbers_at(sara, **{name: key}) for key in [*keys, KEY_OF_ANNOUNCEMENTS]] == [made[:20]] * 3


def test_a_key_beyond_the_end_shows_the_first_page(pages, at_home, sara, many_tickets, omid):
    made = many_tickets(21)
    _, older, _ = pages()
    made[20].answer(by=omid, at=timezone.now(), body="پاسخ")
    assert pages(older)[0] == [made[20].pk, *(ticket.pk for ticket in made[:19])]
