"""Mails to a real server: taken, refused, put off, hung up on, or never greeted."""

import asyncio
import time
from email import message_from_bytes, policy

import pytest

from autonax_support.notices import gateways
from autonax_support.notices.gateways import Away, Mail, Refused, Trouble, Unanswered
from autonax_support.notices.gateways.mail import MailGateway
from tests.notices.servers import free_port, mail_server, mute

LETTER = Mail("sara@example.ir", "تیکت ۱۰۰۴۸۱: پاسخ جدید", "متن", "<p>متن</p>", "delivery-7", "ticket-100481")


@pytest.fixture
def by_smtp(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 0.5
    return settings


def send(letter=LETTER):
    began = []
    try:
        MailGateway().send(letter, lambda: began.append(True))
    finally:
        send.has_begun = bool(began)


def test_a_mail_arrives_as_it_was_written(by_smtp):
    with mail_server() as sink:
        by_smtp.EMAIL_PORT = sink.port
        send()
    [(to, content)] = sink.mails
    mail = message_from_bytes(content, policy=policy.default)
    assert (to, mail["Subject"], mail["Message-ID"]) == (["sara@example.ir"], LETTER.subject, "<delivery-7@127.0.0.1>")
    assert [part.get_content().strip() for part in mail.iter_parts()] == ["متن", "<p>متن</p>"]


@pytest.mark.parametrize(
    ("recipient", "answers", "trouble", "told"),
    [
        ("550 no such person", [], Refused, "SMTPRecipientsRefused 550"),
        ("450 come again", [], Trouble, "SMTPRecipientsRefused 450"),
        ("250 OK", ["451 sara@example.ir is full"], Trouble, "SMTPDataError 451"),
        ("250 OK", ["554 no"], Trouble, "SMTPDataError 554"),
        ("250 OK", ["421 going down"], Away, "SMTPDataError 421"),
    ],
)
def test_what_a_server_says_tells_what_to_do(by_smtp, recipient, answers, trouble, told):
    with mail_server() as sink:
        by_smtp.EMAIL_PORT, sink.recipient, sink.answers = sink.port, recipient, answers
        with pytest.raises(Trouble) as error:
            send()
    assert (type(error.value), str(error.value), error.value.__cause__, sink.mails) == (trouble, told, None, [])


def test_a_server_that_is_not_there_is_away_and_nothing_has_begun(by_smtp):
    by_smtp.EMAIL_PORT = free_port()
    with pytest.raises(Away, match="ConnectionRefusedError"):
        send()
    assert send.has_begun is False


def test_a_server_that_never_greets_is_cut_by_a_timeout(by_smtp):
    began = time.monotonic()
    with mute() as port:
        by_smtp.EMAIL_PORT = port
        with pytest.raises(Away):
            send()
    assert (send.has_begun, time.monotonic() - began < 3) == (False, True)


def test_a_sending_that_takes_too_long_is_cut_whatever_it_waits_for(by_smtp, monkeypatch):
    monkeypatch.setattr(gateways, "LONGEST", 0.3)
    with mail_server() as sink:
        by_smtp.EMAIL_PORT, by_smtp.EMAIL_TIMEOUT = sink.port, 30
        sink.handle_MAIL = slow
        began = time.monotonic()
        with pytest.raises(Unanswered):
            send()
    assert (send.has_begun, 0.2 < time.monotonic() - began < 3) == (True, True)


async def slow(*told):
    await asyncio.sleep(1.5)
    return "250 OK"


def test_an_address_with_a_line_break_reaches_no_server(by_smtp):
    with mail_server() as sink:
        by_smtp.EMAIL_PORT = sink.port
        with pytest.raises(Refused, match="InvalidAddress"):
            send(Mail("sara@example.ir\nBcc: a@b.ir", "س", "م", "م", "k"))
    assert (sink.mails, send.has_begun) == ([], False)
