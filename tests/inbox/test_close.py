"""«مشکلم حل شد»: the clerk closes."""

from django.utils import timezone

from autonax_support.notices.models import Notice
from autonax_support.persian.text import to_persian_digits
from tickets.models import Ticket, Unread


def close(client, ticket):
    return client.post(f"/inbox/{ticket.pk}/close/")


def fresh(ticket):
    return Ticket.objects.get(pk=ticket.pk)


def test_sara_closes_her_ticket(at_home, sara, an_answered_ticket):
    response = close(at_home(sara), an_answered_ticket)
    closed = fresh(an_answered_ticket)
    assert (response.url, closed.status, closed.closed_reason) == (f"/inbox/{closed.pk}/", "closed", "by_office")


def test_the_page_asks_before_it_closes(at_home, sara, an_answered_ticket):
    page = at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/").content.decode()
    number = to_persian_digits(an_answered_ticket.pk)
    assert f"تیکت {number} بسته شود؟ تا ۳۰ روز با ارسال پاسخ دوباره باز می‌شود." in page


def test_the_page_confirms_it_and_invites_to_rate(at_home, sara, an_answered_ticket):
    client = at_home(sara)
    page = client.get(close(client, an_answered_ticket).url).content.decode()
    assert f"تیکت {to_persian_digits(an_answered_ticket.pk)} بسته شد. در صورت تمایل به آن امتیاز دهید." in page


def test_what_was_never_answered_is_closed_without_the_invitation(at_home, sara, a_ticket):
    client, ticket = at_home(sara), a_ticket()
    page = client.get(close(client, ticket).url).content.decode()
    assert (f"تیکت {to_persian_digits(ticket.pk)} بسته شد." in page, "امتیاز دهید" in page) == (True, False)


def test_closing_writes_its_event_and_tells_the_colleagues(at_home, reza, sara, an_answered_ticket):
    Unread.objects.all().delete()
    close(at_home(sara), an_answered_ticket)
    event = an_answered_ticket.events.last()
    assert (event.verb, event.actor, event.after["closed_reason"]) == ("close", sara, "by_office")
    assert list(Unread.objects.values_list("user", "ticket")) == [(reza.pk, an_answered_ticket.pk)]
    assert list(Notice.objects.filter(event=event).values_list("recipient", "kind")) == [(reza.pk, "closed")]


def test_a_closed_ticket_says_so_and_stays_closed(at_home, sara, omid, an_answered_ticket):
    an_answered_ticket.close(by=omid, at=timezone.now(), reason="solved")
    client = at_home(sara)
    page = client.get(close(client, an_answered_ticket).url).content.decode()
    assert ("این تیکت پیش‌تر بسته شده است." in page, fresh(an_answered_ticket).closed_reason) == (True, "solved")


def test_neda_gets_404_and_nothing_is_closed(at_home, neda, an_answered_ticket):
    assert (close(at_home(neda), an_answered_ticket).status_code, fresh(an_answered_ticket).status) == (404, "answered")


def test_it_takes_no_get(at_home, sara, an_answered_ticket):
    assert at_home(sara).get(f"/inbox/{an_answered_ticket.pk}/close/").status_code == 405


def test_omid_is_led_to_the_desk(at_home, omid, an_answered_ticket):
    assert close(at_home(omid), an_answered_ticket).url == "/admin/"
