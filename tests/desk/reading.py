"""What a test reads off the database and off a page."""

from django.contrib.messages import get_messages

from tickets.models import Ticket

QUEUE = "/admin/tickets/ticket/"
NOT_FOUND = "این صفحه پیدا نشد"


def stored(ticket: Ticket) -> Ticket:
    return Ticket.objects.get(pk=ticket.pk)


def address(ticket: Ticket, verb: str = "change") -> str:
    return f"{QUEUE}{ticket.pk}/{verb}/"


def told(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def numbers(response) -> list[int]:
    return [ticket.pk for ticket in response.context["cl"].result_list]
