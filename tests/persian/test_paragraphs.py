import re
import time
from html import unescape

import pytest
from django.utils.safestring import SafeString
from hypothesis import given, settings
from hypothesis import strategies as st

from autonax_support.persian.paragraphs import paragraphs

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)
LIKELY_PARTS = [*"آب ab<>&\"'./:\n\t()\u200c", "https://a.ir", "HTTP://b"]
LIKELY_TEXT = st.lists(st.sampled_from(LIKELY_PARTS), max_size=60).map("".join)
LINK = '<a href="{0}" target="_blank" rel="noopener noreferrer nofollow" dir="ltr">{0}</a>'
HEAVY = {
    "short blocks": "a\n\n" * 60_000,
    "addresses": "https://a.ir " * 15_000,
    "one endless address": "http://a" * 25_000,
    "brackets after an address": "https://a" + ")" * 200_000,
    "open tags": "<" * 200_000,
    "slashes": "http:/" * 30_000,
    "spaces": " " * 200_000 + "x",
}


def test_blocks_become_paragraphs_and_lines_keep_their_breaks():
    assert paragraphs("سلام\nخط دو\r\n\n\nبند دو") == '<p dir="auto">سلام<br>خط دو</p>\n<p dir="auto">بند دو</p>'


def test_markup_of_a_person_is_text():
    assert paragraphs("«<script>alert('x')</script>» را ببینید") == (
        '<p dir="auto">«&lt;script&gt;alert(&#x27;x&#x27;)&lt;/script&gt;» را ببینید</p>'
    )


def test_an_address_becomes_a_link_without_the_punctuation_around_it():
    assert paragraphs("نشانی (https://a.ir/x?a=1&b=2)، و HTTP://b.ir.") == (
        f'<p dir="auto">نشانی ({LINK.format("https://a.ir/x?a=1&amp;b=2")})، و {LINK.format("HTTP://b.ir")}.</p>'
    )


def test_an_address_keeps_brackets_of_its_own():
    assert paragraphs("https://a.ir/x_(y)") == f'<p dir="auto">{LINK.format("https://a.ir/x_(y)")}</p>'


@pytest.mark.parametrize("text", ["javascript:alert(1) را", "xhttps://a.ir را", "https://... را", "data:text/html,x را", "//a.ir را"])
def test_nothing_else_becomes_a_link(text):
    assert "<a " not in paragraphs(text)


def test_an_attribute_cannot_be_left():
    assert paragraphs("https://a.ir/\"onmouseover='x' ببین") == (
        f'<p dir="auto">{LINK.format("https://a.ir/")}&quot;onmouseover=&#x27;x&#x27; ببین</p>'
    )


def test_lines_of_code_stay_from_left_to_right_and_indented():
    assert paragraphs("این خطا را دیدم:\nTypeError: <a>\n  at b.js\nچه کنم؟") == (
        '<p dir="auto">این خطا را دیدم:</p>\n<pre dir="ltr">TypeError: &lt;a&gt;\n  at b.js</pre>\n<p dir="auto">چه کنم؟</p>'
    )


def test_numbers_and_lists_stay_text():
    assert paragraphs("۱. یک\n- دو\n12345") == '<p dir="auto">۱. یک<br>- دو<br>12345</p>'


def test_nothing_gives_nothing():
    assert [paragraphs(text) for text in ("", " \n\n ", "\x00")] == ["", "", ""]


@given(ANY_TEXT | LIKELY_TEXT)
@settings(deadline=None)
def test_only_our_own_tags_come_out(text):
    html = paragraphs(text)
    assert isinstance(html, SafeString)
    assert set(re.findall(r"<[^>]*>", re.sub(r'href="[^"<>]*"', "href", html))) <= {
        '<p dir="auto">',
        "</p>",
        "<br>",
        '<pre dir="ltr">',
        "</pre>",
        '<a href target="_blank" rel="noopener noreferrer nofollow" dir="ltr">',
        "</a>",
    }


@given(ANY_TEXT | LIKELY_TEXT)
@settings(deadline=None)
def test_every_visible_word_survives(text):
    shown = unescape(re.sub(r"<[^>]*>", " ", paragraphs(text)))
    assert letters_of(shown) == letters_of(text)


def letters_of(text: str) -> str:
    return "".join(letter for letter in text.replace("ي", "ی").replace("ك", "ک") if letter.isalnum())


@pytest.mark.parametrize("text", HEAVY.values(), ids=HEAVY)
def test_two_hundred_thousand_characters_take_no_time(text):
    began = time.process_time()
    paragraphs(text)
    assert time.process_time() - began < 2
