"""What the scripts add in a real browser, and that the pages do without them."""

import re

import pytest
from playwright.sync_api import expect


@pytest.fixture
def sara_at(pages, site, client, settings, sara):
    """A function that opens this address in a browser where Sara is signed in."""
    client.force_login(sara)
    session = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value, "url": site}

    def opened(address: str, **options):
        page = pages(**options)
        page.context.add_cookies([session])
        page.goto(address)
        return page

    return opened


def theme_of(page) -> str | None:
    return page.locator("html").get_attribute("data-theme")


def test_a_theme_shows_at_once_and_stays(sara_at):
    page = sara_at("/help/")
    page.faults.expected = ["/help/ net::ERR_ABORTED"]  # the script does not follow the way back
    page.locator("[data-menu] summary").click()
    with page.expect_response("**/accounts/theme/"):
        page.get_by_role("button", name="تیره").click()
    assert theme_of(page) == "dark"
    page.reload()
    assert theme_of(page) == "dark"


def test_a_theme_is_chosen_without_scripts_too(sara_at):
    page = sara_at("/help/", java_script_enabled=False)
    page.locator("[data-menu] summary").click()
    page.get_by_role("button", name="تیره").click()
    assert (theme_of(page), page.url.endswith("/help/")) == ("dark", True)


def test_escape_closes_the_menu_and_a_click_elsewhere_does(sara_at):
    page = sara_at("/help/")
    menu = page.locator("[data-menu]")
    menu.locator("summary").click()
    page.keyboard.press("Escape")
    assert menu.get_attribute("open") is None
    menu.locator("summary").click()
    page.locator("h1").click()
    assert menu.get_attribute("open") is None


def uploaded(page, *names: str) -> None:
    rows = page.locator('[data-upload][data-state="done"]:not([hidden]) .upload__name')
    expect(rows).to_have_text([re.compile(rf"^\s*{re.escape(name)}\s*$") for name in names])


def test_chosen_files_add_up_are_named_and_can_be_taken_back(sara_at):
    page = sara_at("/tickets/new/")
    for name in ("کارت ملی.txt", "پروانه.txt"):
        with page.expect_file_chooser() as chooser:
            page.locator("[data-dropzone] label").click()
        chooser.value.set_files({"name": name, "mimeType": "text/plain", "buffer": name.encode()})
    uploaded(page, "کارت ملی.txt", "پروانه.txt")
    page.get_by_role("button", name="حذف فایل \u2068کارت ملی.txt\u2069").click()
    uploaded(page, "پروانه.txt")
    assert page.evaluate("document.querySelector('#files').files.length") == 0


def choose(page, *files: tuple[str, int]):
    made = [{"name": name, "mimeType": "text/plain", "buffer": b"x" * size} for name, size in files]
    page.locator("#files").set_input_files(made)


def test_a_large_file_is_refused_when_it_is_picked_and_the_text_is_not_at_stake(sara_at, settings):
    settings.ATTACHMENT_MAX_MB = 1
    page = sara_at("/tickets/new/")
    page.fill("#id_body", "متن")
    choose(page, ("فیلم 1.mp4", 1_300_000), ("گزارش 0.txt", 1_048_576))
    uploaded(page, "گزارش 0.txt")
    assert page.locator("[data-refused]").all_inner_texts() == [
        "فایل «\u2068فیلم \u20661.mp4\u2069\u2069» ۱٫۳ مگابایت است؛ هر فایل تا ۱ مگابایت پذیرفته می‌شود. "
        "فایل را کوچک‌تر کنید یا در چند فایل بفرستید."
    ]
    assert page.locator("#id_body").input_value() == "متن"
    choose(page, ("نامه.txt", 1))
    assert page.locator("[data-refused]").is_hidden()
    uploaded(page, "گزارش 0.txt", "نامه.txt")


def test_files_beyond_the_number_are_refused_and_the_first_stay(sara_at, settings):
    settings.ATTACHMENT_MAX_FILES = 2
    page = sara_at("/tickets/new/")
    choose(page, *((f"{place}.txt", place + 1) for place in range(3)))
    uploaded(page, "0.txt", "1.txt")
    assert page.locator("[data-refused]").inner_text().startswith("در هر پیام تا ۲ فایل پیوست می‌شود.")


def test_the_end_of_a_persian_name_runs_from_left_to_right(sara_at):
    page = sara_at("/tickets/new/")
    choose(page, ("گزارش 0.txt", 1), ("گزارش (نهایی).txt", 2), ("IMG 1.txt", 3))
    assert page.locator(".upload__name").first.locator("[dir=ltr]").inner_text() == "0.txt"
    uploaded(page, "گزارش 0.txt", "گزارش (نهایی).txt", "IMG 1.txt")
    assert page.locator(".upload__name [dir=ltr]").all_inner_texts() == ["0.txt"]


def test_a_double_click_sends_once_and_coming_back_sends_again(sara_at):
    page = sara_at("/accounts/me/")
    posts = []
    page.on("request", lambda request: posts.append(request.url) if request.method == "POST" else None)
    with page.expect_event("load"):
        page.evaluate("() => { const save = document.querySelector('main .btn--primary'); save.click(); save.click(); }")
    assert len(posts) == 1
    page.go_back()
    with page.expect_event("load"):
        page.locator("main .btn--primary").first.click()
    assert len(posts) == 2


def test_after_a_refusal_the_reader_stands_at_the_errors(sara_at):
    page = sara_at("/tickets/new/")
    page.get_by_role("button", name="ثبت تیکت", exact=True).click()
    page.wait_for_selector("[data-errors]:focus")
    page.locator("[data-errors] a").first.click()
    assert page.evaluate("document.activeElement.id || location.hash") in ("id_subject", "#id_subject")
