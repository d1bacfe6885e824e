import pytest
from django.utils import timezone

from autonax_support.persian.text import to_persian_digits
from tests.cast import a_member
from tests.desk.reading import QUEUE, address, stored, told
from tickets.models import Department, Event, Message


def test_omid_transfers_out_of_his_sight_and_is_offered_the_way_back(a_ticket, at_desk, client, omid, training):
    ticket = a_ticket()
    response = at_desk(omid, ticket, "transfer", department=training.pk, reason="آموزشی است")
    assert response.url == f"{QUEUE}?undo={ticket.pk}"
    assert told(response) == [f"تیکت {to_persian_digits(ticket.pk)} به بخش آموزش ارجاع داده شد."]
    assert (stored(ticket).department, Message.objects.get(kind="reason").body) == (training, "آموزشی است")
    assert Event.objects.get(verb="transfer").actor == omid
    page = client.get(response.url).content.decode()
    assert address(ticket, "undo") in page
    assert "notice__title" not in page


def test_who_works_in_both_departments_stays_on_the_page(a_ticket, at_desk, omid, training):
    ticket = a_ticket()
    a_member(omid, training)
    assert at_desk(omid, ticket, "transfer", department=training.pk, reason="آموزشی است").url == address(ticket)


@pytest.mark.parametrize("fields", [{}, {"reason": "آموزشی است"}, {"reason": " "}, {"department": "x", "reason": "آموزشی است"}])
def test_what_is_missing_is_told_and_what_was_typed_stays(a_ticket, at_desk, omid, training, fields):
    ticket = a_ticket()
    response = at_desk(omid, ticket, "transfer", **fields)
    assert response.status_code == 200
    assert set(response.context["transfer"].errors) == {"department", "reason"} - (
        {"reason"} if fields.get("reason", " ") != " " else set()
    )
    assert fields.get("reason", "").strip() in response.content.decode()
    assert stored(ticket).department == ticket.department


def test_the_same_and_a_closed_department_are_refused_with_the_reason_kept(a_ticket, at_desk, omid, technical, training):
    ticket = a_ticket()
    page = at_desk(omid, ticket, "transfer", department=technical.pk, reason="اشتباه شد").content.decode()
    assert "تیکت هم‌اکنون در همین بخش است. بخش دیگری را انتخاب کنید." in page
    assert "اشتباه شد</textarea>" in page
    Department.objects.filter(pk=training.pk).update(is_active=False)
    assert "دیگر تیکت نمی‌پذیرد" in at_desk(omid, ticket, "transfer", department=training.pk, reason="اشتباه شد").content.decode()


def test_a_closed_ticket_is_not_transferred_and_the_reason_stays(a_ticket, at_desk, omid, training):
    ticket = a_ticket()
    ticket.close(by=omid, at=timezone.now(), reason="solved")
    page = at_desk(omid, ticket, "transfer", department=training.pk, reason="آموزشی است").content.decode()
    assert "این تیکت پیش‌تر بسته شده است." in page
    assert "آموزشی است</textarea>" in page
