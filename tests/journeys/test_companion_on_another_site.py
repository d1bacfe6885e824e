"""The companion on a site of its own, under a strict policy, its tokens signed by the example of docs/host.md."""

import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from playwright.sync_api import expect

from autonax_support.accounts.models import User
from tests import launching
from tests.launching import CASE, EDDSA, ISSUER, OFFICE
from tests.project.running import ROOT
from tickets.models import Unread

GUIDE = (ROOT / "docs" / "host.md").read_text()
PERSON = {"id": "user-17", "name": "سارا محمدی", "mobile": "09121234567", "role": "clerk", "office": OFFICE}
ICON = re.compile("^پشتیبانی همراه")
POLICY = (
    "default-src 'none'; script-src {H}; style-src 'self'; connect-src 'self' {H}; form-action 'self' {H}; img-src 'self'"  # of issue 7
)
PAGE = """<!doctype html><html lang="fa" dir="ltr"><head><meta charset="utf-8"><title>پرونده</title>
<link rel="stylesheet" href="/host.css">
<script src="{H}/companion.js" data-token-url="/token?page=7" data-case="پلاک" referrerpolicy="no-referrer" defer></script></head>
<body><button>دکمه میزبان</button></body></html>"""
RUDE = "* { display: inline !important; color: red !important } button { font-size: 40px !important } :root { font-size: 40px }"


def token_for(helpdesk: str):
    """The function as the guide prints it, with the addresses of this test."""
    source = re.search(r"```python\n(.*?)```", GUIDE, re.DOTALL)[1]
    names: dict = {}
    exec(compile(source, "docs/host.md", "exec"), names)
    names.update(HELPDESK=helpdesk, ISSUER=ISSUER, KID="2026")
    return names["token_for"]


class Site:
    """A host on `localhost`, which is another site than 127.0.0.1."""

    def __init__(self, helpdesk: str) -> None:
        self.sign, self.asked = token_for(helpdesk), []
        site = self

        class Answer(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                parts = urlsplit(self.path)
                site.asked.append(self.path)
                if parts.path == "/token":
                    target = parse_qs(parts.query)["target"][0]
                    self.say("application/json", json.dumps({"token": site.sign(target, PERSON, CASE, EDDSA)}))
                elif parts.path == "/host.css":
                    self.say("text/css", RUDE)
                elif parts.path == "/":
                    self.say("text/html; charset=utf-8", PAGE.format(H=helpdesk))
                else:
                    self.say("image/svg+xml", '<svg xmlns="http://www.w3.org/2000/svg"/>')

            def say(self, kind: str, text: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", kind)
                self.send_header("Cache-Control", "no-store")
                self.send_header("Referrer-Policy", "unsafe-url")  # the worst a host may do
                self.send_header("Content-Security-Policy", POLICY.format(H=helpdesk))
                self.end_headers()
                self.wfile.write(text.encode())

            def log_message(self, *said: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("localhost", 0), Answer)
        self.url = f"http://localhost:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def host(settings, tmp_path, live_server):
    helpdesk = live_server.url.replace("localhost", "127.0.0.1")
    settings.ALLOWED_HOSTS, settings.SITE_URL = ["*"], helpdesk
    site = Site(helpdesk)
    told = launching.described()
    told["issuers"][ISSUER]["origins"] = [site.url]
    launching.known(settings, tmp_path, told)
    yield site
    site.server.shutdown()
    site.server.server_close()


@pytest.fixture
def heard(page) -> list:
    """Every request of the browser to the helpdesk: address, method, Referer."""
    requests: list = []
    page.context.on("request", lambda request: requests.append(request))
    return requests


def test_under_a_strict_policy_on_another_site_she_comes_in(page, host, heard, a_ticket, settings):
    page.goto(f"{host.url}/?secret=8520342272")
    page.get_by_role("button", name=ICON).click()
    with page.context.expect_page() as opened:
        page.get_by_role("menuitem", name="ثبت تیکت جدید").click()
    tab = opened.value
    tab.wait_for_url(f"{settings.SITE_URL}/tickets/new/**")
    sara = User.objects.get(host_subject="user-17")
    assert (sara.full_name, sara.office.code, tab.evaluate("document.referrer")) == ("سارا محمدی", OFFICE["code"], "")
    told = [request.url + request.headers.get("referer", "") for request in heard if request.url.startswith(settings.SITE_URL)]
    assert [line for line in told if "secret" in line or CASE["national_id"] in line or CASE["tracking_number"] in line] == []
    ticket = a_ticket(by=sara)
    Unread.objects.mark(ticket, [sara])
    page.reload()
    expect(page.get_by_role("button", name=ICON)).to_have_accessible_name("پشتیبانی همراه ۱ مورد تازه")
    assert {path for path in host.asked if path.startswith("/token")} == {"/token?page=7&target=new", "/token?page=7&target=summary"}


def test_whoever_sat_here_before_is_gone_though_the_form_came_without_cookies(page, host, settings, omid):
    client = Client()
    client.force_login(omid)
    his = client.cookies[settings.SESSION_COOKIE_NAME].value
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": his, "url": settings.SITE_URL, "httpOnly": True, "sameSite": "Lax"}
    page.context.add_cookies([cookie])
    page.goto(host.url)
    page.get_by_role("button", name=ICON).click()
    with page.context.expect_page() as opened:
        page.get_by_role("menuitem", name="مشاهده صندوق پیام").click()
    tab = opened.value
    tab.wait_for_url(f"{settings.SITE_URL}/inbox/")
    words = "اکنون با حساب سارا محمدی از دفتر شهر نمونه ۲ وارد شده‌اید. نشست قبلی روی این رایانه بسته شد."
    expect(tab.get_by_text(words)).to_be_visible()
    assert Session.objects.filter(session_key=his).exists() is False


def test_neither_side_s_styles_reach_the_other(page, host):
    page.goto(host.url)
    page.get_by_role("button", name=ICON).click()
    look = "element => { const style = getComputedStyle(element); return [style.fontSize, style.color, style.direction, style.display]; }"
    assert page.locator("autonax-companion .icon").evaluate(look) == ["14px", "rgb(255, 255, 255)", "rtl", "flex"]
    assert page.get_by_role("button", name="دکمه میزبان").evaluate(look)[:3] == ["40px", "rgb(255, 0, 0)", "ltr"]
    box = page.locator("autonax-companion .icon").bounding_box()
    assert (box["x"] >= 0, box["y"] + box["height"] <= 900) == (True, True)


@pytest.mark.parametrize("style", ["transform: translateY(40px)", "filter: grayscale(1)", "contain: layout"])
def test_no_style_of_the_body_moves_it(page, host, style):
    page.goto(host.url)
    page.get_by_role("button", name=ICON).wait_for()
    tall = "display: block !important; height: 3000px"
    page.evaluate("style => { document.body.style.cssText = style; }", f"{tall}; {style}")
    page.evaluate("scrollTo(0, 700)")
    box, seen = page.locator("autonax-companion .icon").bounding_box(), page.viewport_size
    assert (box["x"], box["y"] + box["height"]) == (20, seen["height"] - 20)


def test_the_count_comes_back_when_the_tab_is_looked_at_again(page, host, a_ticket, sara):
    User.objects.filter(pk=sara.pk).update(host_issuer=ISSUER, host_subject="user-17")
    page.goto(host.url)
    icon = page.get_by_role("button", name=ICON)
    expect(icon).to_have_accessible_name("پشتیبانی همراه")
    Unread.objects.mark(a_ticket(at=timezone.now()), [sara])
    page.wait_for_timeout(3100)  # it does not ask more often
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(icon).to_have_accessible_name("پشتیبانی همراه ۱ مورد تازه")


def test_a_second_tag_on_the_page_makes_no_second_icon(page, host):
    page.goto(host.url)
    page.get_by_role("button", name=ICON).wait_for()
    again = """src => new Promise(done => {
        document.head.append(Object.assign(document.createElement('script'), { src, onload: done }));
    })"""
    page.evaluate(again, page.locator("script").get_attribute("src"))
    expect(page.locator("autonax-companion")).to_have_count(1)
