"""A removal and a sending at once: real threads, real connections, real commits."""

from collections.abc import Callable
from threading import Thread

import pytest
from django.core.files.storage import storages
from django.db import connections, transaction

from autonax_support.files.models import Attachment
from tests.files.conftest import kept
from tickets.models import Message

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meanwhile():
    """Starts this work on a connection of its own while our transaction is still open; after it, the answer stands in the list."""
    threads, answers = [], []

    def begin(work: Callable[[], int]) -> list:
        def alone() -> None:
            try:
                answers.append(work())
            finally:
                connections.close_all()

        threads.append(Thread(target=alone, daemon=True))
        threads[-1].start()
        threads[-1].join(timeout=0.5)
        return answers

    begin.finish = lambda: [thread.join(timeout=20) for thread in threads]
    return begin


@pytest.fixture
def message(a_ticket):
    return Message.objects.get(ticket=a_ticket())


def test_what_is_being_sent_is_not_removed(sara_draft, message, meanwhile):
    file = kept(sara_draft)
    with transaction.atomic():
        assert Attachment.objects.of_draft(sara_draft).send(message) == 1
        removed = meanwhile(lambda: Attachment.objects.remove([file.pk], sara_draft))
        assert removed == []
    meanwhile.finish()
    assert removed == [0]
    assert (list(message.attachments.all()), storages["attachments"].exists(file.storage_key)) == ([file], True)


def test_what_is_being_removed_is_not_sent(sara_draft, message, meanwhile):
    first, second = kept(sara_draft), kept(sara_draft, "b.txt", b"text")
    with transaction.atomic():
        assert Attachment.objects.remove([first.pk], sara_draft) == 1
        sent = meanwhile(lambda: Attachment.objects.of_draft(sara_draft).send(message))
        assert sent == []
    meanwhile.finish()
    assert (sent, list(message.attachments.all())) == ([1], [second])


@transaction.atomic
def remove_and_fail(file, draft):
    Attachment.objects.remove([file.pk], draft)
    raise ZeroDivisionError


def test_a_removal_undone_with_its_transaction_keeps_file_and_object(sara_draft):
    file = kept(sara_draft)
    with pytest.raises(ZeroDivisionError):
        remove_and_fail(file, sara_draft)
    assert (list(Attachment.objects.all()), storages["attachments"].exists(file.storage_key)) == ([file], True)
