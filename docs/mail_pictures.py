"""Takes pictures of the mails that people are sent, as a program that loads nothing from anywhere shows them.

Run by hand: `.venv/bin/python docs/mail_pictures.py`. The people in them are invented.
"""

import os
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "autonax_support.settings")

import django  # noqa: E402
from pictures import CHROMIUM, PICTURES, store  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

WIDE, PHONE = (720, 620), (390, 720)
NUMBER, PAGE = 100481, "https://support.example.ir/inbox/100481/"
ANSWER = {"number": NUMBER, "who": "جواد صیادآبتین"}
MOVED = {"number": NUMBER, "department": "آموزش", "reason": "شماره ملی \u2066852****272\u2069 در پرونده Evolis درست است (نسخه 2.4)"}
CLOSED = {"number": NUMBER, "who": "جواد صیادآبتین", "reason": "مشکل برطرف شد", "days": 30}
CLOSING = {"number": NUMBER, "date": "۱۴۰۵/۰۹/۱۸"}
MAILS = {
    "mail-answer": [("answered", ANSWER)],
    "mail-several": [("answered", ANSWER), ("transferred", MOVED), ("closed", CLOSED)],
    "mail-closing": [("closing_soon", CLOSING)],
}


def letter(told: list[tuple[str, dict]]) -> str:
    from django.template.loader import get_template, render_to_string

    def words(kind: str, known: dict) -> object:
        return get_template(f"mail/words/{kind}.html").template.make_module(known)

    said = [words(kind, known) for kind, known in told]
    one = said[0] if len(said) == 1 else words("several", {"number": NUMBER, "count": len(said), "several": [each.body for each in said]})
    known = {"name": "سارا محمدی", "subject": one.subject, "body": one.body, "url": PAGE, "sender": "پشتیبانی فنی", "button": "مشاهده تیکت"}
    return render_to_string("mail/letter.html", known)


def main() -> None:
    django.setup()
    letters = {name: letter(told) for name, told in MAILS.items()}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name, html in letters.items():
            for width, height in (WIDE, PHONE):
                page = browser.new_page(viewport={"width": width, "height": height}, java_script_enabled=False)
                page.set_content(html)
                store(page.screenshot(full_page=True), PICTURES / f"{name}-{width}.png")
        browser.close()


if __name__ == "__main__":
    main()
