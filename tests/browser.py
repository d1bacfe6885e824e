"""A real chromium. A test fails by itself when the page wrote an error to the console, threw, or asked for something it did not get.

A context, emptied of its cookies, serves one test after the other: style sheets, scripts and fonts are loaded and read once.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from shutil import which

import pytest
from django.core.signals import request_finished, request_started
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

# without the parts that only a window needs it takes a third of the time; pages are read and run by the same engine
CHROMIUM = which("chromium-headless-shell") or which("chromium")
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


GIVEN_UP = "favicon.svg net::ERR_ABORTED"  # the browser's own errand, which it drops when the page is left quickly


@dataclass
class Faults:
    """`expected` takes parts of messages that belong to the story of a test, such as «status of 404»."""

    found: list[str] = field(default_factory=list)
    expected: list[str] = field(default_factory=list)

    def watch(self, context: BrowserContext) -> Callable[[], None]:
        """Gives the function that ends it."""
        seen = {
            "console": lambda message: self.found.append(f"console: {message.text}") if message.type == "error" else None,
            "weberror": lambda error: self.found.append(f"thrown: {error.error}"),
            "requestfailed": lambda request: self.found.append(f"failed: {request.url} {request.failure}"),
        }
        for event, note in seen.items():
            context.on(event, note)
        return lambda: [context.remove_listener(event, note) for event, note in seen.items()]

    def left(self) -> list[str]:
        return [fault for fault in self.found if not any(part in fault for part in (*self.expected, GIVEN_UP))]


@dataclass
class Server:
    """Requests that the live server, a thread of this process, is still working on."""

    at_work: int = 0

    def begin(self, **signal) -> None:
        self.at_work += 1

    def end(self, **signal) -> None:
        self.at_work -= 1


SERVER = Server()
request_started.connect(SERVER.begin, dispatch_uid="tests.server.begin")
request_finished.connect(SERVER.end, dispatch_uid="tests.server.end")


def leave(context: BrowserContext, unwatch: Callable[[], None]) -> None:
    """Closes the pages without what they would send on being left: it would come after the test's database is emptied.

    What a page was still loading is no fault of it; what it said until now has been heard by then.
    """
    for page in context.pages:
        with suppress(Error):
            page.evaluate("() => { navigator.sendBeacon = () => true; }")
    unwatch()
    for page in context.pages:
        page.close()
    context.clear_cookies()
    context.clear_permissions()
    context.set_offline(False)
    context.unroute_all()


@dataclass
class Contexts:
    """Contexts that no test is using, by the options they were made with."""

    browser: Browser
    idle: dict[str, list[BrowserContext]] = field(default_factory=dict)

    def take(self, **options: object) -> BrowserContext:
        idle = self.idle.setdefault(repr(sorted(options.items())), [])
        if not idle:
            idle.append(self.browser.new_context(locale="fa-IR", timezone_id="Asia/Tehran", **options))
        return idle.pop()

    def give_back(self, context: BrowserContext, **options: object) -> None:
        self.idle[repr(sorted(options.items()))].append(context)


def wait_for_the_server(seconds: float = 5) -> None:
    """A request under way would meet the emptying of the tables, and one of the two would fail."""
    until = time.monotonic() + seconds
    while SERVER.at_work > 0 and time.monotonic() < until:
        time.sleep(0.01)


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


@pytest.fixture(scope="session")
def contexts(browser) -> Contexts:
    return Contexts(browser)


@pytest.fixture
def pages(contexts, site) -> Iterator[Callable[..., Page]]:
    """Makes a page in a context of its own: another person, another width, no JavaScript. `page.faults.expected` as in Faults."""
    taken: list[tuple[BrowserContext, dict, Callable]] = []
    faults = Faults()
    SERVER.at_work = 0  # a test client that never closed a streamed answer is not at work

    def make(width: int = 1280, height: int = 900, **options) -> Page:
        options["base_url"] = site
        context = contexts.take(**options)
        taken.append((context, options, faults.watch(context)))
        page = context.new_page()
        page.set_viewport_size({"width": width, "height": height})
        page.faults = faults
        return page

    yield make
    for context, options, unwatch in taken:
        leave(context, unwatch)
        contexts.give_back(context, **options)
    wait_for_the_server()
    if faults.left():
        pytest.fail("\n".join(["The browser met with:", *faults.left()]))


@pytest.fixture
def page(pages) -> Page:
    return pages()
