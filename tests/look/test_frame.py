"""The frame around every page, seen on the guide."""

import re

import pytest
from django.template.loader import get_template
from django.test import RequestFactory


@pytest.fixture
def framed():
    """A function that gives the guide's page as this person would get it, with this header and theme."""

    def render(person, header=None, theme=None):
        request = RequestFactory().get("/help/?a=1&b=2")
        request.user = person
        request.COOKIES = {"theme": theme} if theme else {}
        return get_template("help.html").template.render(request=request, header=header)

    return render


def navigation(html: str) -> list[str]:
    nav = re.search(r'<nav class="topnav".*?</nav>', html, re.DOTALL).group()
    return re.findall(r"</svg><span>(.*?)</span>", nav)


def test_sara_sees_her_name_office_and_three_ways(sara, framed):
    html = framed(sara)
    assert navigation(html) == ["صندوق پیام", "ثبت تیکت جدید", "اطلاعیه‌ها و پیغام‌ها"]
    assert f"<bdi>{sara.full_name}</bdi><small><bdi>{sara.office.title}</bdi></small>" in html


def test_omid_is_led_to_the_desk(omid, framed):
    assert navigation(framed(omid)) == ["میز پشتیبانی", "اطلاعیه‌ها و پیغام‌ها"]


def test_unread_counts_are_said_in_words_and_not_at_zero(sara, framed):
    html = framed(sara, {"unread_answers": 120, "unread_announcements": 0})
    assert "۹۹+ پاسخ خوانده‌نشده" in html
    assert "اطلاعیه خوانده‌نشده" not in html


def test_an_urgent_announcement_stands_above_the_bar(sara, framed):
    html = framed(sara, {"banner": {"id": 7, "title": "قطع <b>موقت</b>"}})
    assert "<bdi>قطع &lt;b&gt;موقت&lt;/b&gt;</bdi>" in html
    assert html.index("/announcements/7/") < html.index('class="topbar"')


@pytest.mark.parametrize(
    ("cookie", "attribute"), [("dark", ' data-theme="dark"'), ("light", ' data-theme="light"'), ("x onload=", ""), (None, "")]
)
def test_only_a_known_theme_reaches_the_page(sara, framed, cookie, attribute):
    assert f'<html lang="fa" dir="rtl"{attribute}>' in framed(sara, theme=cookie)


def test_the_theme_buttons_say_which_one_is_on_and_come_back_here(sara, framed):
    html = framed(sara, theme="dark")
    assert re.findall(r'value="(\w+)" aria-pressed="(\w+)"', html) == [("light", "false"), ("dark", "true"), ("auto", "false")]
    assert 'name="next" value="/help/?a=1&amp;b=2"' in html


def test_signing_out_is_a_form(sara, framed):
    assert '<form class="menu__part" method="post" action="/accounts/logout/">' in framed(sara)


def test_the_bar_carries_a_date_and_the_page_its_name(sara, framed):
    html = framed(sara)
    assert html.count('class="topbar__date"') == 1
    assert "<title>راهنمای ثبت تیکت — پشتیبانی اتوناکس</title>" in html


def test_the_guide_links_only_to_its_own_parts(sara, framed):
    html = framed(sara)
    contents = re.search(r'<nav class="toc.*?</nav>', html, re.DOTALL).group()
    assert re.findall(r'href="#([\w]+)"', contents) == re.findall(r'<h2 id="([\w]+)">', html.replace(contents, ""))
