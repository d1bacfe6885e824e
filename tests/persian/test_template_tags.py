from datetime import UTC, date, datetime

import pytest
from django.template import Context, Template

from autonax_support.persian.excerpts import Piece

AT = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)
NOW = datetime(2026, 11, 23, 11, 5, tzinfo=UTC)


def rendered(source: str, **context: object) -> str:
    return Template("{% load persian %}" + source).render(Context({"now": NOW, **context}))


@pytest.mark.parametrize(
    ("source", "value", "shown"),
    [
        ("{{ value|fa }}", 1405, "۱۴۰۵"),
        ("{{ value|fa }}", "<b>2041</b>", "&lt;b&gt;۲۰۴۱&lt;/b&gt;"),
        ("{{ value|fa }}", None, ""),
        ("{{ value|number }}", 9999, "۹۹۹۹"),
        ("{{ value|number }}", 12500, "۱۲٬۵۰۰"),
        ("{{ value|number }}", 1234567, "۱٬۲۳۴٬۵۶۷"),
        ("{{ value|number }}", "", ""),
        ("{{ value|pieces }}", [Piece("<b> ", False), Piece("پروانه & بن", True)], "&lt;b&gt; <mark>پروانه &amp; بن</mark>"),
        ("{{ value|pieces }}", [], ""),
        ("{{ value|capped:99 }}", 99, "۹۹"),
        ("{{ value|capped:99 }}", 100, "۹۹+"),
        ("{{ value|filesize }}", 0, "۰ کیلوبایت"),
        ("{{ value|filesize }}", 1, "۱ کیلوبایت"),
        ("{{ value|filesize }}", 512 * 1024, "۵۱۲ کیلوبایت"),
        ("{{ value|filesize }}", 1024 * 1024 - 1, "۱ مگابایت"),
        ("{{ value|filesize }}", 2_621_440, "۲٫۵ مگابایت"),
        ("{{ value|filesize }}", 10 * 1024 * 1024, "۱۰ مگابایت"),
        ("{{ value|filesize }}", 10 * 1024 * 1024 + 1, "۱۰٫۱ مگابایت"),
        ("{{ value|filesize }}", None, ""),
        ("{{ value|masked }}", "8520342272", '<bdi dir="ltr">۸۵۲****۲۷۲</bdi>'),
        ("{{ value|masked }}", "", ""),
        ("{{ value|jdate }}", AT, "۱۴۰۵/۰۹/۰۲"),
        ("{{ value|jdate }}", date(2026, 11, 23), "۱۴۰۵/۰۹/۰۲"),
        ("{{ value|jdate }}", None, ""),
        ("{{ value|jdatetime }}", AT, "۱۴۰۵/۰۹/۰۲ ساعت ۱۴:۳۰"),
        ("{{ value|jdatetime }}", None, ""),
        ("{{ value|paragraphs }}", "<i>", '<pre dir="ltr">&lt;i&gt;</pre>'),
        ("{{ value|paragraphs }}", None, ""),
    ],
)
def test_a_filter_shows_a_value_in_persian(source, value, shown):
    assert rendered(source, value=value) == shown


def test_a_moment_tells_how_long_ago_and_holds_the_exact_time():
    assert rendered("{% moment at now=now %}", at=AT) == (
        '<time datetime="2026-11-23T14:30:00+03:30" title="دوشنبه ۲ آذر ۱۴۰۵، ساعت ۱۴:۳۰">۵ دقیقه پیش</time>'
    )


def test_a_day_is_shown_in_numbers():
    assert rendered("{% day at %}", at=AT) == (
        '<time datetime="2026-11-23T14:30:00+03:30" title="دوشنبه ۲ آذر ۱۴۰۵، ساعت ۱۴:۳۰">۱۴۰۵/۰۹/۰۲</time>'
    )
    assert rendered("{% day at %}", at=date(2026, 11, 23)) == '<time datetime="2026-11-23" title="دوشنبه ۲ آذر ۱۴۰۵">۱۴۰۵/۰۹/۰۲</time>'


def test_today_has_its_year():
    assert rendered("{% today now=now %}") == "دوشنبه ۲ آذر ۱۴۰۵"


def test_an_absent_moment_shows_nothing():
    assert rendered("{% moment at %}{% day at %}", at=None) == ""


def test_a_moment_without_a_given_now_is_long_ago():
    assert rendered("{% moment at %}", at=datetime(2020, 3, 20, 8, 30, tzinfo=UTC)) == (
        '<time datetime="2020-03-20T12:00:00+03:30" title="جمعه ۱ فروردین ۱۳۹۹، ساعت ۱۲:۰۰">جمعه ۱ فروردین ۱۳۹۹، ساعت ۱۲:۰۰</time>'
    )
