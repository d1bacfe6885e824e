"""«نمایش گذرواژه» in a real browser: there with scripts only, and what was shown is hidden again when it is sent."""

import pytest

from tests.cast import PASSWORD

LOGIN, CHANGE = "/accounts/login/", "/accounts/me/password/"
KINDS = "Array.from(document.querySelectorAll('main form input.input'), (field) => field.type)"


def the_button(page):
    return page.get_by_role("button", name="نمایش گذرواژه")


@pytest.fixture
def login(pages):
    page = pages()
    page.goto(LOGIN)
    return page


@pytest.fixture
def signed_in(login, sara):
    login.fill("[name=username]", sara.username)
    login.fill("[name=password]", PASSWORD)
    with login.expect_event("load"):
        login.get_by_role("button", name="ورود", exact=True).click()
    return login


def test_sara_sees_what_she_types_and_hides_it_again(login):
    login.fill("[name=password]", "گذرواژه")
    the_button(login).click()
    assert (login.evaluate(KINDS), the_button(login).get_attribute("aria-pressed")) == (["text", "text"], "true")
    assert login.input_value("[name=password]") == "گذرواژه"
    the_button(login).press("Enter")
    assert (login.evaluate(KINDS), the_button(login).get_attribute("aria-pressed")) == (["text", "password"], "false")


def test_a_shown_password_is_sent_as_a_password(login, sara):
    login.fill("[name=username]", sara.username)
    the_button(login).click()
    login.fill("[name=password]", PASSWORD)
    login.evaluate(f"addEventListener('submit', () => sessionStorage.setItem('kinds', {KINDS}))")
    with login.expect_event("load"):
        login.get_by_role("button", name="ورود", exact=True).click()
    assert (login.url.endswith("/inbox/"), login.evaluate("sessionStorage.kinds")) == (True, "text,password")


def test_one_button_shows_all_three_of_a_change(signed_in):
    signed_in.goto(CHANGE)
    assert signed_in.evaluate(KINDS) == ["password"] * 3
    the_button(signed_in).click()
    assert signed_in.evaluate(KINDS) == ["text"] * 3


def test_without_scripts_there_is_no_button(pages):
    page = pages(java_script_enabled=False)
    page.goto(LOGIN)
    assert (the_button(page).count(), page.locator("[data-show-password]").count()) == (0, 1)


def test_only_the_two_pages_load_it(client, at_home, sara):
    assert b"js/password.js" in client.get(LOGIN).content
    pages = {place: b"js/password.js" in at_home(sara).get(place).content for place in (CHANGE, "/accounts/me/", "/inbox/", "/help/")}
    assert pages == {CHANGE: True, "/accounts/me/": False, "/inbox/": False, "/help/": False}


def test_a_hint_keeps_away_from_the_label_below_it(signed_in):
    signed_in.goto(CHANGE)
    hint, label = (signed_in.locator(place).bounding_box() for place in ("#id_new_password1_helptext", "label[for=id_new_password2]"))
    assert label["y"] - hint["y"] - hint["height"] >= 16
