"""Many people at the same moment: real threads, each with a connection of its own, let go together."""

import os
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, connections
from django.test import Client

from tests.journeys.forms import Form, Reader

LONG = bool(os.environ.get("TEST_LONG"))
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108020000009077"
    "53de0000000c4944415408d763f8cfc000000301010018dd8db00000000049454e44ae426082"
)
SCAN = "متن مدرک پیوست".encode()
SHEETS = {"خطا.png": PICTURE, "مدرک.txt": SCAN}


def rounds(usual: int, long: int) -> int:
    """How often a race is run; SQLite has one writer at a time, so that a few rounds show all it can do."""
    if LONG:
        return long
    return usual if connection.vendor == "postgresql" else max(2, usual // 5)


def at_once(work: Callable, arguments: Sequence) -> list:
    """`work` of each argument in a thread of its own; all start when the last one stands ready. Results in the order of the arguments."""
    gate = threading.Barrier(len(arguments))

    def alone(argument):
        try:
            connection.ensure_connection()
            gate.wait(timeout=30)
            return work(argument)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(max_workers=len(arguments)) as pool:
        return list(pool.map(alone, arguments))


def together(*works: Callable[[], object]) -> list:
    return at_once(lambda work: work(), works)


def browser_of(person) -> Client:
    client = Client()
    client.force_login(person)
    return client


def same_browser(client: Client) -> Client:
    """Another request of this browser while the first is still under way; a Client itself serves one thread only."""
    twin = Client()
    twin.cookies = client.cookies
    return twin


def form_on(client: Client, address: str, button: str) -> Form:
    """The form with this button on a page, as a browser reads it."""
    html = client.get(address, follow=True).content.decode()
    return next(form for form in Reader(html).forms if any(words == button for words, *_ in form.buttons))


def files(contents: dict[str, bytes] = SHEETS) -> list[SimpleUploadedFile]:
    return [SimpleUploadedFile(name, content) for name, content in contents.items()]


def digests(contents: dict[str, bytes] = SHEETS) -> set[str]:
    return {sha256(content).hexdigest() for content in contents.values()}


def open_transactions() -> int:
    """Other connections to this database that hold a transaction open, and with it their locks."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
            " AND xact_start IS NOT NULL AND backend_type = 'client backend'"
        )
        return cursor.fetchone()[0]
