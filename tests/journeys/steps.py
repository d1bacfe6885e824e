"""What people do in a browser, step by step, as the guide names the buttons and fields."""

import re

from playwright.sync_api import Locator, Page

from autonax_support.persian.text import to_ascii_digits, to_persian_digits
from tests.cast import PASSWORD
from tests.files.crafting import picture

SUBJECT = "پلاک خودرو اشتباه است"
TRACKING, NATIONAL_ID = "99010294000040", "8520342272"
BODY = "در پرونده الکترونیکی پلاک خودرو اشتباه ثبت شده است"
PICTURE = {"name": "کارت خودرو.png", "mimeType": "image/png", "buffer": picture(size=(400, 300))}
TEXT_FILE = {"name": "شرح خطا.txt", "mimeType": "text/plain", "buffer": "متن خطا".encode()}


def sign_in(page: Page, username: str, password: str = PASSWORD) -> None:
    if not page.url.startswith("http"):
        page.goto("/")
    page.get_by_label("نام کاربری").fill(username)
    page.get_by_label("گذرواژه", exact=True).fill(password)
    press(page, "ورود")


def fill_in_ticket(page: Page, subject: str = SUBJECT, body: str = BODY, department: str = "پشتیبانی فنی") -> None:
    page.get_by_label("موضوع", exact=True).fill(subject)
    page.locator("label", has_text=department).click()
    page.get_by_label("شماره پیگیری", exact=True).fill(TRACKING)
    page.get_by_label("شماره ملی").fill(NATIONAL_ID)
    page.get_by_label("متن پیام").fill(body)


def attach(page: Page, *files: dict) -> None:
    page.locator("input[name=attachments]").set_input_files(list(files))


def press(page: Page, name: str) -> None:
    """A button that sends its form: the page it leads to is there when this returns. (A change of history counts as a navigation.)"""
    with page.expect_event("load"):
        page.get_by_role("button", name=name, exact=True).click()


def file_ticket(page: Page, *files: dict, **words: str) -> int:
    """By the guide: the form, the files, «ثبت تیکت»; gives the number that the page then shows."""
    page.get_by_role("link", name="ثبت تیکت جدید").first.click()
    fill_in_ticket(page, **words)
    attach(page, *files)
    press(page, "ثبت تیکت")
    return number_on(page)


def number_on(page: Page) -> int:
    return int(to_ascii_digits(re.search(r"شماره تیکت #([۰-۹]+)", page.locator("h1").inner_text())[1]))


def search(page: Page, words: object) -> None:
    page.goto("/inbox/")
    page.get_by_label("جستجو", exact=True).fill(str(words))
    page.get_by_label("جستجو", exact=True).press("Enter")
    page.get_by_text("نتیجه").first.wait_for()


def row_of(page: Page, number: int) -> Locator:
    return page.get_by_role("row").filter(has_text=to_persian_digits(number))


def shown_numbers(page: Page) -> list[int]:
    return [int(to_ascii_digits(text)) for text in page.locator("tbody .c-no").all_inner_texts()]


def reply(page: Page, body: str, *files: dict) -> None:
    page.get_by_label("متن پیام").fill(body)
    attach(page, *files)
    press(page, "ارسال پاسخ")


def thread_of(page: Page) -> list[str]:
    """Who wrote what, without the messages of the system."""
    page.locator(".message__body").last.wait_for()
    page.wait_for_load_state()  # all of them, not those that have come so far
    who = page.locator(".message__who").all_inner_texts()
    body = page.locator(".message__body").all_inner_texts()
    return [f"{name}: {text.strip()}" for name, text in zip(who, body, strict=True)]
