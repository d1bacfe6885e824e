"""SMS to a real HTTP gateway on the loopback, asked the way its site wants; and what becomes of its answers."""

import json
import time
from urllib.parse import parse_qs

import pytest

from autonax_support.notices import gateways
from autonax_support.notices.gateways import Away, Refused, Sms, Trouble, Unanswered, gateway_to, sms
from autonax_support.notices.gateways.sms import ConsoleSms, HttpSms, mobile_number
from tests.notices.servers import free_port, mute, sms_gateway

TEXT = "اتوناکس: موعد رفع مشکل تیکت ۱۰۰۴۸۱، ۱۴۰۵/۰۹/۱۴ است."
LETTER = Sms("۰۹۱۲ ۱۲۳ ۴۵۶۷", "developed", TEXT, "delivery-7", {"number": "100481", "date": "1405/09/14"})


@pytest.fixture
def gateway(settings):
    with sms_gateway() as gateway:
        settings.SMS_URL, settings.SMS_TOKEN = f"{gateway.url}/send", "secret-token"
        yield gateway


def send(letter=LETTER):
    began = []
    try:
        HttpSms().send(letter, lambda: began.append(True))
    finally:
        send.has_begun = bool(began)


def test_unless_told_otherwise_it_sends_number_and_text_as_json(gateway):
    send()
    [(path, headers, body)] = gateway.asked
    assert (path, json.loads(body)) == ("/send", {"to": "09121234567", "text": TEXT})
    assert (headers["Authorization"], headers["Content-Type"]) == ("Bearer secret-token", "application/json; charset=utf-8")


def test_a_template_with_parameters_as_a_form_and_the_key_in_the_path(gateway, settings):
    settings.SMS_URL, settings.SMS_FORMAT = f"{gateway.url}/v1/{{token}}/verify/lookup.json", "form"
    settings.SMS_TEMPLATES = {"developed": "autonax-date"}
    settings.SMS_BODY = {"receptor": "{mobile}", "template": "{template}", "token": "{number}", "token2": "{date}", "token3": "{count}"}
    send()
    [(path, headers, body)] = gateway.asked
    assert (path, "Authorization" in headers) == ("/v1/secret-token/verify/lookup.json", False)
    wanted = {"receptor": ["09121234567"], "template": ["autonax-date"], "token": ["100481"], "token2": ["1405/09/14"]}
    assert parse_qs(body, keep_blank_values=True) == wanted


def test_a_template_number_with_named_parameters_and_a_header_of_its_own(gateway, settings):
    settings.SMS_HEADER, settings.SMS_TEMPLATES = "X-API-KEY: {token}", {"developed": 100200}
    parameters = [{"name": "NUMBER", "value": "{number}"}, {"name": "WHEN", "value": "تا {date}"}]
    settings.SMS_BODY = {"mobile": "{mobile}", "templateId": "{template}", "parameters": parameters, "id": "{key}", "flash": False}
    send()
    [(_, headers, body)] = gateway.asked
    assert (headers["X-API-KEY"], json.loads(body)) == (
        "secret-token",
        {
            "mobile": "09121234567",
            "templateId": 100200,
            "parameters": [{"name": "NUMBER", "value": "100481"}, {"name": "WHEN", "value": "تا 1405/09/14"}],
            "id": "delivery-7",
            "flash": False,
        },
    )


@pytest.mark.parametrize(
    ("status", "trouble"), [(500, Trouble), (502, Trouble), (400, Trouble), (411, Refused), (503, Away), (429, Away), (401, Away)]
)
def test_what_a_gateway_answers_tells_what_to_do(gateway, status, trouble):
    gateway.answers = [(status, {})]
    with pytest.raises(Trouble, match=f"HTTP {status}") as error:
        send()
    assert (type(error.value), len(gateway.asked)) == (trouble, 1)


def test_a_redirect_is_not_followed(gateway):
    with sms_gateway() as other:
        gateway.answers = [(307, {"Location": f"{other.url}/"})]
        with pytest.raises(Away, match="HTTP 307"):
            send()
        assert other.asked == []


def test_a_gateway_that_is_not_there_is_away_and_nothing_has_begun(settings):
    settings.SMS_URL = f"http://127.0.0.1:{free_port()}/"
    with pytest.raises(Away, match="ConnectionRefusedError"):
        send()
    assert send.has_begun is False


def test_a_gateway_that_hangs_is_cut_by_a_timeout(settings, monkeypatch):
    monkeypatch.setattr(sms, "TIMEOUT", 0.3)
    began = time.monotonic()
    with mute() as port:
        settings.SMS_URL = f"http://127.0.0.1:{port}/"
        with pytest.raises(Unanswered, match="TimeoutError"):
            send()
    assert (send.has_begun, time.monotonic() - began < 2) == (True, True)


def test_one_that_says_a_byte_now_and_then_is_cut_as_well(gateway, monkeypatch):
    monkeypatch.setattr(gateways, "LONGEST", 0.5)
    gateway.answers = [("drip", {})]
    began = time.monotonic()
    with pytest.raises(Unanswered):
        send()
    assert time.monotonic() - began < 3


@pytest.mark.parametrize(
    "typed", ["09121234567", "+98 912 123 4567", "00989121234567", "۹۱۲۱۲۳۴۵۶۷", "\u200e0912-123-4567", "(0912) 1234567"]
)
def test_a_mobile_is_known_however_it_is_typed(typed):
    assert mobile_number(typed) == "09121234567"


@pytest.mark.parametrize("typed", ["", "02112345678", "0912123456", "091212345678", "+4915112345678", "09121234567\n09121234568"])
def test_what_is_no_mobile_of_the_country_is_refused(typed):
    with pytest.raises(Refused, match="InvalidAddress"):
        mobile_number(typed)


def test_the_demo_writes_to_its_terminal_without_the_number(settings, capsys):
    assert (settings.SMS_URL, type(gateway_to("sms"))) == ("console:", ConsoleSms)
    gateway_to("sms").send(LETTER, lambda: None)
    assert capsys.readouterr().out == f"SMS 0912*****67: {TEXT}\n"
