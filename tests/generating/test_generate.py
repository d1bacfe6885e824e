"""`manage.py generate`: the same rows for the same seed, none that the product could not have written, and all of them found."""

import pytest
from django.core.management import CommandError
from django.db import connection
from django.db.models import Count, Value
from django.db.models.functions import Concat
from django.utils import timezone

from autonax_support.accounts.models import Office, User
from autonax_support.files.models import Attachment
from autonax_support.generating.cases import Case as GeneratedCase
from autonax_support.generating.seeding import seeded
from autonax_support.persian.text import search_key
from autonax_support.persian.workhours import WorkHours
from autonax_support.reference import MANAGERS
from tests.generating.generating import TICKETS, UNTIL, generate
from tickets.models import CaseReference, Event, Message, Promise, Rating, SearchDoc, Status, Ticket
from tickets.search import _ticket_key
from tickets.verbs.filing import Case
from tickets.working_time import hours_of


def test_the_counts_are_what_was_asked_for(generated):
    longest = Message.objects.values("ticket").annotate(count=Count("pk")).order_by("-count").first()
    assert Ticket.objects.count() == TICKETS
    assert longest["count"] == 200
    assert SearchDoc.objects.count() == TICKETS + Message.objects.count()
    assert Message.objects.filter(kind="filed").count() == Event.objects.filter(verb="file").count() == TICKETS
    assert min(Rating.objects.count(), Attachment.objects.count(), Office.objects.count()) > 2
    assert Ticket.objects.filter(status=Status.CLOSED).count() > TICKETS * 0.8


def test_further_cases_and_persons_are_those_that_the_form_would_ask_for(generated):
    asked = {"assistant": {"owner"}, "trade": {"buyer", "seller"}}
    wrong = []
    for ticket in Ticket.objects.prefetch_related("references"):
        rows = ticket.references.all()
        persons, samples = {row.role for row in rows} - {"sample"}, [row.position for row in rows if row.role == "sample"]
        if persons not in (set(), asked.get(ticket.case_kind, set())) or samples != list(range(1, len(samples) + 1)):
            wrong.append(ticket.pk)
    assert (wrong, CaseReference.objects.exists()) == ([], True)


@pytest.mark.bare
def test_one_ticket_in_six_has_some():
    rng = seeded(1, "references")
    assert 0.15 < sum(bool(GeneratedCase(rng).references) for _ in range(10_000)) / 10_000 < 0.19


def test_every_search_row_is_what_the_product_would_write(generated):
    docs = SearchDoc.objects.select_related("message", "ticket")
    assert [doc.pk for doc in docs if doc.key != (search_key(doc.message.body) if doc.message else _ticket_key(doc.ticket))] == []
    assert [
        doc.pk for doc in docs if (doc.office_id, doc.is_note) != (doc.ticket.office_id, bool(doc.message and doc.message.is_note))
    ] == []


def test_every_ticket_stands_where_its_history_leads(generated):
    wrong = []
    for ticket in Ticket.objects.all():
        spoken = ticket.messages.exclude(kind="note").order_by("id")
        times = [message.created_at for message in spoken]
        stands = {"answered": "answer", "followed_up": "reply"}.get(ticket.status)
        sound = times == sorted(times) and ticket.filed_at == times[0] and ticket.last_activity_at >= times[-1]
        if not sound or (stands and spoken.last().kind != stands) or ticket.queue_at != ticket._queue_at():
            wrong.append(ticket.pk)
    assert wrong == []
    assert Ticket.objects.filter(last_activity_at__gt=UNTIL).count() == 0


def test_every_promise_is_what_the_product_would_have_made(generated):
    wrong = []
    for promise in Promise.objects.filter(ticket__number__lt=Ticket.objects.first().pk + 300).select_related("department", "ticket"):
        hours = WorkHours(hours_of(promise.department).week)  # the generated departments know no holidays
        due, warn_at = hours.add(promise.started, promise.minutes), hours.add(promise.started, promise.minutes * 80 // 100)
        settled = (promise.answered <= due, hours.between(promise.started, promise.answered)) if promise.answered else (None, None)
        running = promise.answered or (promise.ticket.awaiting_support_since, promise.ticket.due_at) == (promise.started, due)
        if (promise.due, promise.warn_at, promise.kept, promise.business_minutes) != (due, warn_at, *settled) or not running:
            wrong.append(promise.pk)
    assert wrong == []
    assert Ticket.objects.awaiting_support().filter(promises__answered=None).count() == Ticket.objects.awaiting_support().count()
    assert {True, False} <= set(Promise.objects.values_list("kept", flat=True))


def test_the_database_finds_nothing_to_object_to(generated):
    connection.check_constraints()
    clerk = User.objects.get(username="office1-1")
    department = Ticket.objects.first().department
    filed = Ticket.file(by=clerk, at=timezone.now(), subject="تیکت بعدی", department=department, body="متن", case=Case())
    assert filed.pk == Ticket.objects.order_by("pk").last().pk
    with pytest.raises(Exception, match="append-only"):
        Event.objects.filter(ticket=filed).update(verb="x")


def test_texts_and_numbers_are_found(generated):
    manager = User.objects.get(username="manager1")
    ticket = Ticket.objects.exclude(national_id="").first()
    message = ticket.messages.first()
    for text in (ticket.tracking_number, ticket.national_id, str(ticket.pk), " ".join(message.body.split()[:3])):
        assert ticket in Ticket.objects.matching(text, manager), text


def test_a_clerk_an_expert_and_a_manager_open_their_pages(generated, client):
    clerk = Ticket.objects.last().filed_by
    expert = User.objects.get(username="expert1")
    long = Message.objects.values("ticket").annotate(count=Count("pk")).order_by("-count").first()["ticket"]
    ticket = Ticket.objects.get(pk=long)
    for person, address in [
        (clerk, "/inbox/"),
        (clerk, "/announcements/"),
        (ticket.filed_by, f"/inbox/{long}/"),
        (expert, "/admin/tickets/ticket/"),
        (User.objects.get(groups__name=MANAGERS), f"/admin/tickets/ticket/{long}/change/"),
    ]:
        client.force_login(person)
        assert client.get(address).status_code == 200, address


def test_tickets_of_its_own_are_not_added_to_unless_forced(a_ticket):
    first = a_ticket()
    with pytest.raises(CommandError, match="پایگاه داده تیکت دارد"):
        generate(10)
    assert Ticket.objects.count() == 1
    generate(10, force=True)
    assert sorted(Ticket.objects.values_list("pk", flat=True)) == list(range(first.pk, first.pk + 11))


def test_production_is_spared(db, settings):
    settings.DEMO = False
    with pytest.raises(CommandError, match="سامانه در حال کار"):
        generate(10)
    assert Ticket.objects.count() == 0


def test_with_a_password_they_sign_in_and_without_they_do_not(db):
    generate(1)
    assert not User.objects.get(username="office1-1").has_usable_password()
    User.objects.all().update(username=Concat(Value("earlier-"), "username"))
    generate(1, password="demo-1405", force=True)
    assert User.objects.get(username="office1-3").check_password("demo-1405")
