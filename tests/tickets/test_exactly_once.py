"""Impatient clicks and busy mornings: real threads, real connections, real commits."""

import re
import uuid
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connections
from django.test import Client
from django.utils import timezone

from tests.tickets.test_new import PNG
from tickets.models import Draft, Event, Message, SearchDoc, Ticket
from tickets.verbs.filing import Case

pytestmark = pytest.mark.django_db(transaction=True)


def at_once(work, arguments: list) -> list:
    def alone(argument):
        try:
            return work(argument)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=8) as pool:
        return list(pool.map(alone, arguments))


def test_eight_posts_of_one_form_with_a_file_give_one_ticket(sara, technical):
    browser = Client()
    browser.force_login(sara)
    html = browser.get("/tickets/new/", follow=True).content.decode()
    keys = {name: re.search(rf'name="{name}" value="([^"]*)"', html)[1] for name in ("submission_key", "draft_token")}
    typed = {"subject": "پلاک", "department": technical.pk, "tracking_number": "99010294000040", "body": "متن", **keys}

    def send(_) -> str:
        client = Client()
        client.cookies = browser.cookies
        return client.post("/tickets/new/", typed | {"attachments": SimpleUploadedFile("خطا.png", PNG, "image/png")}).url

    places = at_once(send, range(8))
    ticket = Ticket.objects.get()
    assert set(places) == {f"/inbox/{ticket.pk}/"}
    assert ticket.messages.get().attachments.count() == 1
    assert (Event.objects.count(), Draft.objects.count(), SearchDoc.objects.count()) == (1, 0, 2)


def test_forty_filings_at_once_keep_number_author_and_text_apart(sara, reza, neda, technical):
    people = [sara, reza, neda]

    def file(turn: int) -> int:
        by = people[turn % 3]
        case = Case("99010294000040")
        return Ticket.file(by=by, at=timezone.now(), subject=f"موضوع {turn}", department=technical, body=f"متن {turn}", case=case).pk

    numbers = at_once(file, range(40))
    assert len(set(numbers)) == 40
    for turn, number in enumerate(numbers):
        ticket = Ticket.objects.get(pk=number)
        assert (ticket.subject, ticket.filed_by, ticket.office_id) == (f"موضوع {turn}", people[turn % 3], people[turn % 3].office_id)
        assert ticket.messages.get().body == f"متن {turn}"


def test_one_key_sent_eight_times_answers_once(a_ticket, omid):
    ticket, key = a_ticket(), uuid.uuid4()

    def answer(_) -> int:
        return Ticket.objects.get(pk=ticket.pk).answer(by=omid, at=timezone.now(), body="سلام", key=key).pk

    assert len(set(at_once(answer, range(8)))) == 1
    assert Message.objects.filter(kind="answer").count() == 1


def test_two_experts_answering_at_once_lose_nothing(a_ticket, omid, sina):
    ticket = a_ticket()

    def answer(turn: int) -> int:
        by = (omid, sina)[turn % 2]
        return Ticket.objects.get(pk=ticket.pk).answer(by=by, at=timezone.now(), body=f"پاسخ {turn}", key=uuid.uuid4()).pk

    at_once(answer, range(8))
    bodies = set(Message.objects.filter(kind="answer").values_list("body", flat=True))
    assert bodies == {f"پاسخ {turn}" for turn in range(8)}
    assert Event.objects.filter(verb="answer").count() == 8
