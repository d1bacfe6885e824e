"""Each view of a file by the desk leaves one line, and nothing else does."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from autonax_support.files.models import Attachment
from tests.files.conftest import a_draft, kept
from tickets.limits import AUDIT_QUIET_MINUTES
from tickets.models import Audience, Event, Ticket


def address(attachment, what="attachment"):
    return reverse(f"files:{what}", args=[attachment.pk])


def seen():
    """Who has seen which file, in order."""
    return [(event.actor.username, event.after) for event in Event.objects.filter(verb="see_file").select_related("actor").order_by("id")]


@pytest.fixture
def get(client):
    """A function: this person asks for this file."""

    def asked(person, attachment, what="attachment", method="get", **headers):
        client.force_login(person)
        return getattr(client, method)(address(attachment, what), headers=headers)

    return asked


def test_an_expert_who_opens_a_file_is_written_down(get, pdf, omid, ticket):
    assert get(omid, pdf).status_code == 200
    event = Event.objects.get(verb="see_file")
    assert (event.ticket_id, event.actor, event.source, event.audience) == (ticket.pk, omid, "desk", Audience.DESK)
    assert (event.before, event.after, event.message) == ({}, {"file": str(pdf.pk)}, None)


def test_once_for_a_person_a_file_and_half_an_hour(get, picture, pdf, omid, sina):
    for person, file in ((omid, pdf), (omid, pdf), (sina, pdf), (omid, picture), (omid, picture)):
        get(person, file)
    assert seen() == [("omid", {"file": str(pdf.pk)}), ("sina", {"file": str(pdf.pk)}), ("omid", {"file": str(picture.pk)})]


@pytest.mark.parametrize(("minutes", "events"), [(AUDIT_QUIET_MINUTES - 1, 1), (AUDIT_QUIET_MINUTES, 2)])
def test_after_half_an_hour_it_is_a_view_again(minutes, events, pdf, ticket, omid, at):
    ticket.see_file(pdf.pk, by=omid, at=at)
    ticket.see_file(pdf.pk, by=omid, at=at + timedelta(minutes=minutes))
    assert len(seen()) == events


def test_parts_of_a_file_are_one_view(get, pdf, omid):
    assert [get(omid, pdf, range=f"bytes={start}-{start + 9}").status_code for start in (0, 10, 20)] == [206] * 3
    assert len(seen()) == 1


@pytest.mark.parametrize(
    "asked",
    [
        {"what": "thumbnail"},
        {"method": "head"},
        {"sec_purpose": "prefetch"},
        {"if_none_match": "*"},
        {"if_match": '"another"'},
        {"range": "bytes=999999-"},
    ],
    ids=lambda asked: next(iter(asked)),
)
def test_what_brings_no_file_is_no_view(asked, get, picture, omid):
    get(omid, picture, **asked)
    assert seen() == []


@pytest.mark.parametrize("who", ["sara", "leila", "neda", "mina"])
def test_the_office_and_strangers_leave_no_line(who, get, pdf, request):
    get(request.getfixturevalue(who), pdf)
    assert seen() == []


def test_an_experts_own_draft_is_nobodys_history(get, ticket, omid):
    assert get(omid, kept(a_draft(omid, "answer", ticket), "a.txt", b"text")).status_code == 200
    assert seen() == []


def test_looking_moves_nothing(get, pdf, ticket, omid):
    moved = [field.attname for field in Ticket._meta.concrete_fields]
    before = Ticket.objects.values(*moved).get(pk=ticket.pk)
    get(omid, pdf)
    assert (len(seen()), Ticket.objects.values(*moved).get(pk=ticket.pk)) == (1, before)


def test_looking_takes_no_undo_away(get, pdf, ticket, omid, sina, client):
    now = timezone.now()
    Ticket.objects.get(pk=ticket.pk).assign(by=sina, at=now, to=omid)
    get(omid, pdf)
    client.force_login(sina)
    page = client.get(f"/admin/tickets/ticket/{ticket.pk}/change/")
    assert (page.context["undoable"].verb, Ticket.objects.get(pk=ticket.pk).undo(by=sina, at=now)) == ("assign", "assign")


def test_the_desk_reads_the_name_in_the_thread_and_the_office_nothing(get, pdf, ticket, omid, sara, client):
    get(omid, pdf)
    line = 'امید رستمی</bdi> فایل «<bdi dir="auto">شناسنامه - صفحه <span dir="ltr">۱.pdf</span></bdi>» را دریافت کرد،'
    at_desk = client.get(f"/admin/tickets/ticket/{ticket.pk}/change/").content.decode()
    client.force_login(sara)
    assert (line in at_desk, "را دریافت کرد" in client.get(f"/inbox/{ticket.pk}/").content.decode()) == (True, False)


def test_the_name_of_an_erased_file_is_not_told(get, pdf, ticket, omid, at, client):
    get(omid, pdf)
    Attachment.objects.filter(pk=pdf.pk).update(erased_at=at)
    page = client.get(f"/admin/tickets/ticket/{ticket.pk}/change/").content.decode()
    assert "امید رستمی</bdi> فایلی را دریافت کرد،" in page


def test_a_ticket_taken_away_meanwhile_is_not_found(pdf, ticket, omid, training, at):
    stale = Attachment.objects.with_ticket().get(pk=pdf.pk)
    Ticket.objects.get(pk=ticket.pk).transfer(by=omid, at=at - timedelta(hours=1), to=training, reason="آموزشی است")
    with pytest.raises(Http404):
        stale.seen_by(omid, at=at)
    assert seen() == []


@pytest.mark.django_db(transaction=True)
def test_two_views_in_the_same_moment_are_one(pdf, omid, at):
    ready, failed = threading.Barrier(4), []

    def look():
        try:
            file = Attachment.objects.with_ticket().get(pk=pdf.pk)
            ready.wait(10)
            file.seen_by(omid, at=at)
        except Exception as error:  # noqa: BLE001 - shown by the assertion below
            failed.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert (failed, seen()) == ([], [("omid", {"file": str(pdf.pk)})])
