"""A prepared query answers as the queryset it was written from, for whoever asks, and is written once."""

import pytest
from django.db import DatabaseError, connection, connections
from django.db.models import AutoField, CharField, Exists, OuterRef

from autonax_support.accounts.anyone import PreparedFor
from autonax_support.schema.prepared import Prepared
from tickets.models import Message, Ticket

pytestmark = pytest.mark.django_db


def tickets_of(anyone, is_newest_first=False, *, subject):
    messages = Message.objects.visible_to(anyone).filter(ticket=OuterRef("pk"))
    found = Ticket.objects.visible_to(anyone).filter(subject=subject).annotate(is_spoken=Exists(messages))
    return found.select_related("office__city", "assignee").order_by("-pk" if is_newest_first else "pk")


@pytest.fixture
def prepared() -> PreparedFor:
    return PreparedFor(tickets_of, subject=CharField())


def test_objects_come_with_their_fields_relations_and_annotations(sara, a_ticket, prepared, django_assert_num_queries):
    filed = a_ticket(by=sara, subject="خطای کد ملی")
    with django_assert_num_queries(1):
        (found,) = prepared.all(sara, subject="خطای کد ملی")
        assert (found, found.subject, found.filed_at) == (filed, "خطای کد ملی", filed.filed_at)
        assert (found.office, found.office.city.name, found.assignee, found.is_spoken) == (sara.office, sara.office.city.name, None, True)
    found.subject = "موضوع دیگر"
    found.save()
    assert Ticket.objects.get().subject == "موضوع دیگر"


def test_each_sees_her_own_by_the_same_query(sara, neda, a_ticket, prepared):
    hers, other = a_ticket(by=sara, subject="یکسان"), a_ticket(by=neda, subject="یکسان")
    assert [prepared.all(who, subject="یکسان") for who in (sara, neda, sara)] == [[hers], [other], [hers]]


def test_who_has_no_office_sees_no_ticket(sara, a_ticket, prepared):
    a_ticket(by=sara, subject="یکسان")
    sara.office_id = None
    assert prepared.all(sara, subject="یکسان") == []


def test_who_may_see_more_has_a_query_of_their_own(sara, omid, a_ticket, prepared):
    filed = a_ticket(by=sara, subject="یکسان")
    assert prepared.all(sara, subject="یکسان") == [filed]
    assert prepared.all(omid, subject="یکسان") == list(Ticket.objects.visible_to(omid))


def test_somebody_inactive_is_no_kind_that_sees(sara, a_ticket, prepared):
    a_ticket(by=sara, subject="یکسان")
    sara.is_active = False
    assert prepared.all(sara, subject="یکسان") == []


def test_the_shape_decides_how_it_reads(sara, a_ticket, prepared):
    older, newer = a_ticket(by=sara, subject="یکسان"), a_ticket(by=sara, subject="یکسان")
    assert (prepared.all(sara, subject="یکسان"), prepared.first(sara, True, subject="یکسان")) == ([older, newer], newer)


def test_it_is_written_once(sara, a_ticket):
    ticket, written = a_ticket(by=sara), []

    def numbers(*, number):
        written.append(number)
        return Ticket.objects.filter(pk=number).values_list("pk", "filed_at")

    by_number = Prepared(numbers, number=AutoField())
    assert [by_number.first(number=ticket.pk), by_number.first(number=0)] == [(ticket.pk, ticket.filed_at), None]
    assert len(written) == 1


def test_a_value_cannot_decide_how_the_query_reads():
    def dated(*, number):
        return Ticket.objects.filter(pk=max(number, 5))

    with pytest.raises(TypeError):
        Prepared(dated, number=AutoField()).all(number=3)


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_connection_that_breaks_is_told_in_djangos_words():
    """Views answer 503 to these, and would answer 500 to the driver's own."""
    by_number = Prepared(lambda *, number: Ticket.objects.filter(pk=number), number=AutoField())
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (backend,) = cursor.fetchone()
    killer = connections.create_connection("default")
    with killer.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [backend])
    killer.close()
    with pytest.raises(DatabaseError):
        by_number.all(number=3)
    connection.close()
