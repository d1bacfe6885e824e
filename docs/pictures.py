"""Takes the pictures of README and docs anew: a demo of its own in a temporary folder, a real chromium, and files below 150 kB.

Run by hand: `.venv/bin/python docs/pictures.py`, with names to take only some of them: `… inbox desk-ticket`.
"""

import os
import signal
import socket
import subprocess  # nosec B404 # starts our own bin/demo
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from shutil import which

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURES = ROOT / "docs" / "pictures"
LARGEST = 150_000
CHROMIUM = which("chromium-headless-shell") or which("chromium")
PASSWORD = "demo-1405"  # noqa: S105 # nosec B105 # the demo prints it
WIDE, PHONE = (1280, 860), (390, 844)
BOTH = ((WIDE, "light"), (PHONE, "light"))
ALL = (*BOTH, (WIDE, "dark"), (PHONE, "dark"))

# name: who looks, at which address, a link to follow from there, and in which widths and themes
SHOTS = {
    "sign-in": ("", "/accounts/login/", "", BOTH),
    "inbox": ("sara", "/inbox/", "", ALL),
    "new": ("sara", "/tickets/new/", "", BOTH),
    "thread": ("leila", "/inbox/?q=Evolis", "چاپ کارت هوشمند روی چاپگر Evolis", ALL),
    "notices": ("sara", "/notices/", "", BOTH),
    "announcements": ("leila", "/announcements/", "", BOTH),
    "announcement": ("leila", "/announcements/", "تعرفه جدید عوارض پروانه", BOTH),
    "desk-home": ("sina", "/admin/", "", ALL),
    "desk": ("omid", "/admin/tickets/ticket/?view=mine", "", ALL),
    "calendar": ("kaveh", "/admin/tickets/holiday/calendar/", "", BOTH),
    "desk-ticket": ("omid", "/admin/tickets/ticket/?q=Ribbon", "چاپ کارت هوشمند روی چاپگر Evolis", ALL),
}


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def demo() -> Iterator[str]:
    """The address of a running demo with data of this moment."""
    with tempfile.TemporaryDirectory() as folder:
        environment = os.environ | {"PORT": str(port := free_port()), "DEMO_DIR": folder}
        command = [str(ROOT / "bin" / "demo")]
        running = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True, start_new_session=True)  # noqa: S603 # nosec B603
        try:
            if not any("Ctrl-C ends it" in line for line in running.stdout):
                sys.exit("bin/demo did not start; its message is above.")
            yield f"http://127.0.0.1:{port}"
        finally:
            running.send_signal(signal.SIGTERM)
            running.wait(timeout=30)


def page_of(browser: Browser, address: str, size: tuple[int, int], theme: str) -> Page:
    width, height = size
    context = browser.new_context(
        base_url=address,
        locale="fa-IR",
        timezone_id="Asia/Tehran",
        color_scheme=theme,
        viewport={"width": width, "height": height},
        reduced_motion="reduce",
    )
    return context.new_page()


def sign_in(page: Page, username: str) -> None:
    page.goto("/accounts/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")
    page.wait_for_url(lambda url: "/login/" not in url)


def take(browser: Browser, address: str, name: str) -> None:
    username, path, link, looks = SHOTS[name]
    for size, theme in looks:
        page = page_of(browser, address, size, theme)
        if username:
            sign_in(page, username)
        page.goto(path, wait_until="networkidle")
        if link:
            page.get_by_role("link", name=link).first.click()
            page.wait_for_load_state("networkidle")
        page.evaluate("document.fonts.ready.then(() => scrollTo(0, 0))")  # a ticket opens at its newest message
        store(page.screenshot(), PICTURES / f"{name}-{size[0]}-{theme}.png")
        page.context.close()


def take_companion(browser: Browser, address: str) -> None:
    """The page that stands in for Autonax with the companion's menu open, and the form as it then stands filled."""
    for size, theme in BOTH:
        page = page_of(browser, address, size, theme)
        page.goto("/demo-host/", wait_until="networkidle")
        page.get_by_role("button", name="پشتیبانی همراه").click()
        page.get_by_role("menuitem", name="مشاهده صندوق پیام").wait_for()
        store(page.screenshot(), PICTURES / f"companion-{size[0]}-{theme}.png")
        with page.context.expect_page() as opened:
            page.get_by_role("menuitem", name="ثبت تیکت جدید").click()
        opened.value.wait_for_url("**/tickets/new/**")
        opened.value.wait_for_load_state("networkidle")
        store(opened.value.screenshot(), PICTURES / f"new-with-case-{size[0]}-{theme}.png")
        page.context.close()


def store(content: bytes, path: Path) -> None:
    """In the 256 colours that text and flat areas need."""
    picture = Image.open(BytesIO(content)).convert("RGB").quantize(256, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)
    picture.save(path, optimize=True)
    size = path.stat().st_size
    print(f"{path.relative_to(ROOT)}  {size // 1000} kB")  # noqa: T201
    if size > LARGEST:
        sys.exit(f"{path.name} is larger than {LARGEST // 1000} kB.")


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        for name in sys.argv[1:] or [*SHOTS, "companion"]:
            take_companion(browser, address) if name == "companion" else take(browser, address, name)
        browser.close()


if __name__ == "__main__":
    main()
