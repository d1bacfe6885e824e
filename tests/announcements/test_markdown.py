import time
from html.parser import HTMLParser

import pytest

from announcements.markdown import excerpt, render


class Tags(HTMLParser):
    """What a browser would make of it: every element with its attributes, and where the last link leads."""

    def __init__(self):
        super().__init__()
        self.seen, self.target = [], None

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, dict(attrs)))
        self.target = dict(attrs).get("href", self.target)


@pytest.mark.parametrize(
    ("source", "html"),
    [
        ("# یک", '<h2 dir="auto">یک</h2>'),
        ("## دو", '<h2 dir="auto">دو</h2>'),
        ("### سه", '<h3 dir="auto">سه</h3>'),
        ("###### شش", '<h3 dir="auto">شش</h3>'),
        ("**مهم** و *کج*", '<p dir="auto"><strong>مهم</strong> و کج</p>'),
        ("سطر یک\nسطر دو", '<p dir="auto">سطر یک<br>\nسطر دو</p>'),
        ("[بیشتر](https://a.ir/?b=1&c=2)", '<p dir="auto"><a href="https://a.ir/?b=1&amp;c=2" rel="noopener nofollow">بیشتر</a></p>'),
        ("[زنگ](tel:+982112345)", '<p dir="auto"><a href="tel:+982112345" rel="noopener nofollow">زنگ</a></p>'),
        ("<a@example.ir>", '<p dir="auto"><a href="mailto:a@example.ir" rel="noopener nofollow">a@example.ir</a></p>'),
        ("- الف\n- ب", '<ul>\n<li>\n<p dir="auto">الف</p>\n</li>\n<li>\n<p dir="auto">ب</p>\n</li>\n</ul>'),
        ("۱. الف\n۲. ب", '<ol>\n<li>\n<p dir="auto">الف</p>\n</li>\n<li>\n<p dir="auto">ب</p>\n</li>\n</ol>'),
        ("٣) پ", '<ol start="3">\n<li>\n<p dir="auto">پ</p>\n</li>\n</ol>'),
        ("۱۴۰۵ سال است", '<p dir="auto">۱۴۰۵ سال است</p>'),
        ("", ""),
    ],
)  # fmt: skip
def test_the_subset(source, html):
    assert render(source).strip() == html


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "![عکس](https://example.ir/x.png)",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java&#x0A;script:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "<javascript:alert(1)>",
        "[x](data:text/html,<script>)",
        "[x](vbscript:x)",
        "[x](file:///etc/passwd)",
        "[x](//example.ir)",
        "[x](/admin/)",
        '[x](https://example.ir "onclick=alert(1)")',
        '[x](https://example.ir/"onmouseover="alert(1))',
        "| a | b |\n|---|---|\n| 1 | 2 |",
        "<h1 style='x'>a</h1>",
        "```\n<b>\n```",
    ],
)
def test_nothing_unsafe_comes_through(source):
    tags = Tags()
    tags.feed(render(source))
    known = {"p": {"dir": "auto"}, "br": {}, "a": {"href": tags.target, "rel": "noopener nofollow"}}
    assert [(tag, attributes) for tag, attributes in tags.seen if known.get(tag) != attributes] == []
    assert tags.target is None or tags.target.startswith("https://example.ir")


def test_the_excerpt_is_the_first_paragraph_in_plain_words():
    assert excerpt("## تیتر\n\nمتن **مهم** با [لینک](https://example.ir)\nسطر دوم\n\nبند دوم", 80) == "متن مهم با لینک سطر دوم"


def test_the_excerpt_ends_at_a_word():
    assert excerpt("کلمه " * 50, 22) == "کلمه کلمه کلمه کلمه…"


def test_a_text_without_a_paragraph_has_no_excerpt():
    assert excerpt("## فقط تیتر", 80) == ""


@pytest.mark.parametrize("piece", ["[", "**a", "*a ", "[a](", "![", "<", "> ", "- ", "&", "۱. ", "`", "[](<"])
def test_the_longest_text_of_marks_takes_no_time(piece):
    began = time.process_time()  # a busy machine makes it no slower
    render(piece * (50_000 // len(piece)))
    assert time.process_time() - began < 5
