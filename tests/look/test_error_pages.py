"""No test here has a database: an error page that asked for one would fail."""

from types import SimpleNamespace

import pytest
from django.template.loader import get_template

PAGES = ["400", "403", "403_csrf", "404", "413", "429", "500", "503"]
KEPT = "متن شما به‌صورت پیش‌نویس ذخیره شده است."


def page(name: str, **context) -> str:
    return get_template(f"{name}.html").render(context)


@pytest.mark.parametrize("name", PAGES)
def test_each_stands_without_request_and_database(name):
    html = page(name, max_mb=50)
    assert html.count("<h1>") == 1
    assert '<a class="btn btn--primary" href="/">صندوق پیام</a>' in html


def test_the_inbox_is_no_way_on_for_staff():
    sentence = "تیکت را با شماره آن در صندوق پیام جستجو کنید."
    assert sentence in page("404")
    staff = page("404", request=SimpleNamespace(user=SimpleNamespace(is_staff=True)))
    assert ("صندوق پیام" in staff, '<a class="btn btn--primary" href="/">میز پشتیبانی</a>' in staff) == (False, True)


def test_a_kept_draft_is_promised_only_when_it_was_kept():
    html = page("403_csrf", draft=SimpleNamespace(get_absolute_url=lambda: "/drafts/1/"))
    assert KEPT in html
    assert html.count("btn--primary") == 1
    assert KEPT not in page("403_csrf")


@pytest.mark.parametrize("name", ["400", "403", "403_csrf", "500", "503"])
def test_the_reference_of_an_error_is_told_in_persian_digits(name):
    assert "شماره خطا: <bdi>۰۰۱۲۳۴۵۶</bdi>" in page(name, ref="00123456")
    assert "شماره خطا:" not in page(name)


def test_too_much_at_once_names_the_limit():
    assert "تا ۵۰ مگابایت پذیرفته می‌شود" in page("413", max_mb=50)


def test_a_busy_system_names_the_wait():
    assert "۳۰ ثانیه دیگر دوباره تلاش کنید." in page("503", seconds=30)
    assert "چند دقیقه دیگر دوباره باز کنید." in page("503")
