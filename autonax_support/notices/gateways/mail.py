from __future__ import annotations

import smtplib
from collections.abc import Callable
from contextlib import suppress
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email

from autonax_support.notices.gateways import Away, Mail, Refused, Trouble, Unanswered, cut_off

GOODBYE = 1.0  # seconds
CLOSING = 421  # «service not available, closing»: about the server, whatever was asked


class MailGateway:
    """By whatever EMAIL_URL names."""

    def send(self, mail: Mail, begin: Callable[[], None]) -> None:
        message = message_of(mail)
        connection = get_connection()
        try:
            self._open(connection)
            begin()
            self._hand_over(connection, message)
        except BaseException:
            _hang_up(connection)
            raise
        _say_goodbye(connection)

    def _open(self, connection: BaseEmailBackend) -> None:
        try:
            connection.open()
        except (OSError, smtplib.SMTPException) as error:
            raise Away(_kind(error)) from None

    def _hand_over(self, connection: BaseEmailBackend, message: EmailMultiAlternatives) -> None:
        smtp = getattr(connection, "connection", None)
        try:
            with cut_off(smtp and smtp.sock):
                connection.send_messages([message])
        except smtplib.SMTPRecipientsRefused as error:
            code = next(iter(error.recipients.values()))[0]
            raise (Refused if code >= 500 else Trouble)(f"SMTPRecipientsRefused {code}") from None
        except smtplib.SMTPResponseException as error:
            raise (Away if error.smtp_code == CLOSING else Trouble)(_kind(error)) from None
        except (OSError, smtplib.SMTPException) as error:
            raise Unanswered(_kind(error)) from None


def message_of(mail: Mail) -> EmailMultiAlternatives:
    """Raises Refused for what is no address, so that no header is ever made of it."""
    try:
        validate_email(mail.target)
    except ValidationError:
        raise Refused("InvalidAddress") from None
    host = urlsplit(settings.SITE_URL).hostname
    headers = {
        "Message-ID": f"<{mail.key}@{host}>",
        "Auto-Submitted": "auto-generated",  # RFC 3834: no out-of-office note comes back
        "X-Auto-Response-Suppress": "All",
    }
    if mail.thread:
        headers["References"] = f"<{mail.thread}@{host}>"
    message = EmailMultiAlternatives(one_line(mail.subject), mail.text, to=[mail.target], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    return message


def one_line(text: str) -> str:
    """A line break in a header would begin another one."""
    return " ".join(text.split())


def _hang_up(connection: BaseEmailBackend) -> None:
    """Without a word, which would wait once more for the other side."""
    if smtp := getattr(connection, "connection", None):
        smtp.close()


def _say_goodbye(connection: BaseEmailBackend) -> None:
    """What was taken is taken, however they part."""
    with suppress(OSError, smtplib.SMTPException):
        if smtp := getattr(connection, "connection", None):
            smtp.sock.settimeout(GOODBYE)
        connection.close()


def _kind(error: Exception) -> str:
    """Servers quote addresses in what they say, so only the code of it."""
    code = getattr(error, "smtp_code", "")
    return f"{type(error).__name__} {code}".strip()
