"""SMS by whatever HTTP gateway a site has: SMS_URL, SMS_HEADER, SMS_FORMAT and SMS_BODY say how it wants to be asked."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from django.conf import settings

from autonax_support.notices.gateways import TIMEOUT, Away, Refused, Sms, Trouble, Unanswered, cut_off
from autonax_support.persian.text import to_ascii_digits, without_invisibles

MOBILE = re.compile(r"(?:\+98|0098|98|0)?(9\d{9})", re.ASCII)
BETWEEN = re.compile(r"[\s().-]")
PLACEHOLDER = re.compile(r"\{(\w+)\}")
ANSWER_MAX = 64 * 1024
# Refused is what the number alone can be blamed for (two gateways of the country say it by these); what the account, the configuration
# or the load can be blamed for concerns everything that goes this way, and so does a redirect, which is never followed.
REFUSED = {411, 422}
AWAY = {301, 302, 303, 307, 308, 401, 402, 403, 404, 407, 418, 429, 503}


class HttpSms:
    def send(self, sms: Sms, begin: Callable[[], None]) -> None:
        path, body, headers = request_for(sms)
        parts = urlsplit(settings.SMS_URL)
        line = (HTTPSConnection if parts.scheme == "https" else HTTPConnection)(parts.hostname, parts.port, timeout=TIMEOUT)
        try:
            _connect(line)
            begin()
            with cut_off(line.sock):
                line.request("POST", path, body, headers)
                answer = line.getresponse()
                answer.read(ANSWER_MAX)
        except (OSError, HTTPException) as error:
            raise Unanswered(type(error).__name__) from None
        finally:
            line.close()
        _judge(answer.status)


class ConsoleSms:
    """For the demo: to the terminal, and the number masked."""

    def send(self, sms: Sms, begin: Callable[[], None]) -> None:
        number = mobile_number(sms.target)
        begin()
        sys.stdout.write(f"SMS {number[:4]}*****{number[-2:]}: {sms.text}\n")
        sys.stdout.flush()


def _connect(line: HTTPConnection) -> None:
    try:
        line.connect()
    except (OSError, HTTPException) as error:
        raise Away(type(error).__name__) from None


def request_for(sms: Sms) -> tuple[str, bytes, dict[str, str]]:
    """Path, body and headers. A value of SMS_BODY that is nothing but a placeholder keeps the type of what stands for it."""
    values = {
        **sms.parameters,
        "mobile": mobile_number(sms.target),
        "text": sms.text,
        "template": settings.SMS_TEMPLATES.get(sms.kind, ""),
        "key": sms.key,
    }
    fields = _filled(settings.SMS_BODY or {"to": "{mobile}", "text": "{text}"}, values)
    if settings.SMS_FORMAT == "json":
        body, kind = json.dumps(fields, ensure_ascii=False).encode(), "application/json"
    else:
        body, kind = urlencode({name: value for name, value in fields.items() if value != ""}).encode(), "application/x-www-form-urlencoded"
    return _path(), body, {"Content-Type": f"{kind}; charset=utf-8", "Accept": "application/json", **_token()}


def mobile_number(typed: str) -> str:
    """«۰۹۱۲ ۱۲۳ ۴۵۶۷» or +98912… as 0912…; raises Refused for what is no mobile of the country."""
    found = MOBILE.fullmatch(BETWEEN.sub("", to_ascii_digits(without_invisibles(typed))))
    if not found:
        raise Refused("InvalidAddress")
    return f"0{found[1]}"


def _filled(shape: Any, values: dict[str, Any]) -> Any:
    if isinstance(shape, dict):
        return {name: _filled(value, values) for name, value in shape.items()}
    if isinstance(shape, list):
        return [_filled(value, values) for value in shape]
    if not isinstance(shape, str):
        return shape
    whole = PLACEHOLDER.fullmatch(shape)
    if whole:
        return values.get(whole[1], "")
    return PLACEHOLDER.sub(lambda found: str(values.get(found[1], "")), shape)


def _path() -> str:
    parts = urlsplit(settings.SMS_URL.replace("{token}", quote(settings.SMS_TOKEN, safe="")))
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def _token() -> dict[str, str]:
    """In a header, unless the address has a place for it."""
    if not settings.SMS_TOKEN or "{token}" in settings.SMS_URL:
        return {}
    name, _, value = settings.SMS_HEADER.partition(": ")
    return {name: value.replace("{token}", settings.SMS_TOKEN)}


def _judge(status: int) -> None:
    if 200 <= status < 300:
        return
    if status in REFUSED:
        raise Refused(f"HTTP {status}")
    raise (Away if status in AWAY else Trouble)(f"HTTP {status}")
