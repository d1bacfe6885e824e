"""How a test picks tickets in the queue and reads what became of them."""

from uuid import uuid4

from tests.desk.reading import QUEUE
from tickets.models import Batch, Event

BULK = f"{QUEUE}bulk/"
FIELDS = {
    "take": {},
    "release": {},
    "prioritise": {"priority": "urgent"},
    "develop": {"promised": "۱۴۰۹/۰۱/۲۰", "reason": ""},
    "close": {"reason": "solved", "remark": ""},
}


def in_bulk(client, verb, tickets, *, key=None, **fields):
    """Posts the form of the bulk page, as it stands filled in."""
    numbers = "-".join(str(getattr(ticket, "pk", ticket)) for ticket in tickets)
    form = {"verb": verb, "tickets": numbers, "confirmed": "1", "queue": "view=next", "submission_key": key or uuid4()}
    return client.post(BULK, form | FIELDS.get(verb, {}) | fields)


def outcome(client, response):
    """What the page says that the form led to."""
    return client.get(response.url).context["outcome"]


def batch_of(response) -> Batch:
    return Batch.objects.get(pk=response.url.rpartition("batch=")[2].strip("/").rpartition("/")[2])


def verbs_of(batch: Batch) -> list[tuple[str, int]]:
    return list(Event.objects.filter(batch=batch.pk).order_by("pk").values_list("verb", "ticket_id"))
