"""Search rows of an older version are made anew, in batches, once."""

from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from tickets import rebuilding
from tickets.models import SearchDoc, Ticket


@pytest.fixture
def outlived(a_ticket, omid) -> list[Ticket]:
    tickets = [a_ticket(body=f"پلاک {place}") for place in range(5)]
    tickets[0].note(by=omid, at=timezone.now(), body="یادداشت")
    tickets[1].answer(by=omid, at=timezone.now(), body="؟!")  # no word to be found by
    SearchDoc.objects.update(key="", key_version=1)
    SearchDoc.objects.filter(ticket=tickets[4]).delete()
    return tickets


def docs():
    return list(
        SearchDoc.objects.order_by("ticket_id", "message_id").values_list("ticket_id", "message__kind", "is_note", "office_id", "key")
    )


def test_every_text_is_found_again(outlived, sara, omid):
    wanted = rebuilding.rebuild()
    assert (wanted, SearchDoc.objects.filter(key_version=rebuilding.KEY_VERSION).count()) == (12, 11)
    assert len(Ticket.objects.visible_to(sara).matching("پلاک", sara)) == 5
    assert (list(Ticket.objects.matching("یادداشت", sara)), list(Ticket.objects.matching("یادداشت", omid))) == ([], [outlived[0]])


def test_it_writes_what_the_verbs_write(a_ticket, omid):
    ticket = a_ticket()
    ticket.answer(by=omid, at=timezone.now(), body="پاسخ")
    before = docs()
    SearchDoc.objects.update(key="", key_version=1)
    rebuilding.rebuild()
    assert docs() == before


def test_cut_off_it_goes_on_where_it_stopped(outlived, monkeypatch):
    monkeypatch.setattr(rebuilding, "AT_ONCE", 2)

    def cut_off(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rebuilding.rebuild(cut_off)
    assert SearchDoc.objects.filter(key_version=rebuilding.KEY_VERSION).count() == 2
    assert rebuilding.rebuild() == 10


def test_the_command_says_how_many_and_a_second_time_that_there_was_only_what_has_no_word(outlived):
    out, progress = StringIO(), StringIO()
    call_command("reindex", stdout=out, stderr=progress)
    call_command("reindex", stdout=out, stderr=StringIO())
    assert out.getvalue().splitlines()[1::2] == ["12 texts were made ready for searching.", "1 texts were made ready for searching."]
    assert progress.getvalue() == f"[{'#' * 24}] 100%, 0:00 left\n"
