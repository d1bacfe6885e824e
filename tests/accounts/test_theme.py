import pytest

THEME = "/accounts/theme/"


@pytest.mark.parametrize("theme", ["light", "dark", "auto"])
def test_the_choice_is_kept_for_a_year(at_home, sara, theme):
    cookie = at_home(sara).post(THEME, {"theme": theme}).cookies["theme"]
    assert (cookie.value, cookie["max-age"], cookie["samesite"], cookie["httponly"]) == (theme, 365 * 24 * 3600, "Lax", True)


def test_sara_comes_back_to_the_page_she_was_on(at_home, sara):
    assert at_home(sara).post(THEME, {"theme": "dark", "next": "/accounts/me/?a=1"}).url == "/accounts/me/?a=1"


@pytest.mark.parametrize("target", ["//evil.example", "x", "a:b", "\x00"])
def test_sara_is_not_led_away(at_home, sara, target):
    assert at_home(sara).post(THEME, {"theme": "dark", "next": target}).url == "/"


def test_it_works_on_the_sign_in_page_too(client, db):
    assert client.post(THEME, {"theme": "dark", "next": "/accounts/login/"}).url == "/accounts/login/"


def test_an_unknown_theme_is_refused(client, db):
    assert client.post(THEME, {"theme": "neon"}).status_code == 400


def test_a_link_cannot_change_it(client, db):
    assert client.get(THEME).status_code == 405
