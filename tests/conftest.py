"""What every test may use: the people (tests/cast.py), the browser (tests/browser.py), and a flush that may empty append-only tables."""

import os

# Playwright's sync API leaves a running event loop in the thread, and Django would refuse the ORM there
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from collections.abc import Generator
from typing import Any

import pytest
from django.core.management.commands import flush as flush_command
from django.db import connection
from django.db.backends.base.operations import BaseDatabaseOperations
from django.http import HttpRequest
from django.test.signals import template_rendered

from autonax_support.rendering import Page
from autonax_support.schema.append_only import PREFIX
from tests.browser import browser, contexts, page, pages, site
from tests.cast import *  # noqa: F403
from tests.databases import django_db_modify_db_settings
from tests.hours import working
from tests.tickets_fixtures import a_ticket
from tickets.reference import ensure_reference_data

__all__ = ["a_ticket", "working", "django_db_modify_db_settings", "browser", "contexts", "page", "pages", "site"]

SETTLED = {"django_content_type", "auth_permission", "auth_group", "auth_group_permissions"}
flush = BaseDatabaseOperations.execute_sql_flush


def flush_past_triggers(self, statements: list[str]) -> None:
    """Empties the tables after a transactional test, which the triggers of append-only tables would refuse."""
    if self.connection.vendor == "postgresql":
        return flush(self, ["SET LOCAL session_replication_role = replica", *statements])
    with self.connection.cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND substr(name, 1, %s) = %s", [len(PREFIX), PREFIX])
        triggers = cursor.fetchall()
    return flush(self, [*(f"DROP TRIGGER {name}" for name, _ in triggers), *statements, *(sql for _, sql in triggers)])


def flush_what_tests_write(style: Any, connection: Any, *, reset_sequences: bool = True, allow_cascade: bool = False) -> list[str]:
    """Of a few rows each DELETE is much quicker than TRUNCATE, which makes every table and index anew."""
    tables = sorted(set(connection.introspection.django_table_names(only_existing=True, include_views=False)) - SETTLED)
    if connection.vendor == "postgresql" and not reset_sequences:
        return [f"DELETE FROM {connection.ops.quote_name(table)}" for table in tables]  # our own tables
    return connection.ops.sql_flush(style, tables, reset_sequences=reset_sequences, allow_cascade=allow_cascade)


def seen_and_told(page: Page, context: dict[str, Any], request: HttpRequest | None) -> dict[str, Any]:
    """Django's test client hears from Django's own engine alone what a page was drawn from; here ours tells it too."""
    whole = seen(page, context, request)
    template_rendered.send(sender=page, template=page.template, context=whole)
    return whole


Page.seen, seen = seen_and_told, Page.seen
BaseDatabaseOperations.execute_sql_flush = flush_past_triggers
# what every migrate puts in stays, instead of being put in anew after each of hundreds of tests
flush_command.sql_flush = flush_what_tests_write
flush_command.emit_post_migrate_signal = lambda *said, **more: ensure_reference_data(None)


def spread_out(items: list[pytest.Item]) -> list[pytest.Item]:
    """The slow ones evenly among the others, so that none of them is what all processes wait for in the end.

    Not those that empty the database behind them: they come last, since the others rely on what the migrations have put in.
    """
    slow = [item for item in items if item.get_closest_marker("slow") and not empties_the_database(item)]
    rest = [item for item in items if item not in slow]
    every = len(rest) // (len(slow) + 1)
    for place, item in reversed(list(enumerate(slow))):
        rest.insert(place * every, item)
    return rest


def empties_the_database(item: pytest.Item) -> bool:
    wanted = item.get_closest_marker("django_db")
    return bool(wanted and wanted.kwargs.get("transaction")) or not {"transactional_db", "live_server"}.isdisjoint(item.fixturenames)


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> Generator[None, None, None]:
    """Nothing is ever skipped: what cannot run here is left out, so that a skip in the summary means a fault."""
    for item in items:
        if "browser" in getattr(item, "fixturenames", ()) or {"journeys", "hostile"}.intersection(item.path.parts):
            item.add_marker("journey")
        if "db" not in getattr(item, "fixturenames", ()) and not item.get_closest_marker("django_db"):
            item.add_marker("bare")
    left_out = {"postgresql", "fault"} if connection.vendor == "sqlite" else set()
    is_long = bool(os.environ.get("TEST_LONG"))
    if not is_long:
        left_out.add("long")
    if os.environ.get("TEST_DATABASE_AGAIN"):
        left_out |= {"bare"} if is_long else {"bare", "once"}
    chosen = [item for item in items if not left_out.intersection(mark.name for mark in item.iter_markers())]
    config.hook.pytest_deselected(items=[item for item in items if item not in chosen])
    items[:] = chosen
    result = yield
    items[:] = spread_out(items)
    return result


@pytest.fixture(autouse=True)
def attachments_folder(settings, tmp_path):
    """Each test keeps its attachments in a folder of its own."""
    folder = tmp_path / "attachments"
    settings.ATTACHMENTS_ROOT = folder
    private = settings.STORAGES["attachments"]
    settings.STORAGES = settings.STORAGES | {
        alias: private | {"OPTIONS": private["OPTIONS"] | {"location": folder}} for alias in ("default", "attachments")
    }
    return folder


@pytest.fixture
def at_home(client):
    """A function that gives a client signed in as this person."""

    def signed_in(person):
        client.force_login(person)
        return client

    return signed_in
