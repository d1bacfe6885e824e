"""A real chromium. A test fails by itself when the page wrote an error to the console, threw, or asked for something it did not get."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@dataclass
class Faults:
    """`expected` takes parts of messages that belong to the story of a test, such as «status of 404»."""

    found: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> None:
        context.on("console", lambda message: self.found.append(f"console: {message.text}") if message.type == "error" else None)
        context.on("weberror", lambda error: self.found.append(f"thrown: {error.error}"))
        context.on("requestfailed", lambda request: self.found.append(f"failed: {request.url} {request.failure}"))

    def left(self) -> list[str]:
        return [fault for fault in self.found if not any(part in fault for part in self.expected)]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def site(live_server, settings) -> str:
    """The address of a running site with the test's database."""
    settings.ALLOWED_HOSTS = ["*"]
    return live_server.url


@pytest.fixture
def pages(browser, site) -> Iterator[Callable[..., Page]]:
    """Makes a page in a fresh context: another person, another width, no JavaScript. `page.faults.expected` as in Faults."""
    contexts: list[BrowserContext] = []
    faults = Faults()

    def make(width: int = 1280, height: int = 900, **options) -> Page:
        context = browser.new_context(
            base_url=site, locale="fa-IR", timezone_id="Asia/Tehran", viewport={"width": width, "height": height}, **options
        )
        faults.watch(context)
        contexts.append(context)
        page = context.new_page()
        page.faults = faults
        return page

    yield make
    for context in contexts:
        context.close()
    if faults.left():
        pytest.fail("\n".join(["The browser met with:", *faults.left()]))


@pytest.fixture
def page(pages) -> Page:
    return pages()
