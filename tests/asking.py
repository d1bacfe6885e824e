"""Requests by the thousand: straight to the handler, without the recording of the test client."""

from urllib.parse import quote_plus

from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client, RequestFactory
from django.test.client import ClientHandler

from autonax_support.accounts.models import User

COUNTED = "accounts_actioncount"  # that somebody asked may be counted for every request
OURS = {"accounts", "tickets", "files", "notices", "announcements"}
FORM = "application/x-www-form-urlencoded"


def encoded(fields: dict[str, object]) -> bytes:
    """A form's body; a lone surrogate goes out as bytes that are no UTF-8."""
    pairs = ((name, str(value).encode("utf-8", "surrogatepass")) for name, value in fields.items())
    return "&".join(f"{quote_plus(name)}={quote_plus(value)}" for name, value in pairs).encode()


class Asking:
    """One person's requests. `ask` rolls back what each of them did, `do` leaves it."""

    def __init__(self, person: User | None = None) -> None:
        client = Client()
        if person:
            client.force_login(person)
        self.factory, self.handler = RequestFactory(), ClientHandler(enforce_csrf_checks=False)
        self.factory.cookies = client.cookies
        self.before: dict[str, int] = {}
        self.tables = [name for name in connection.introspection.table_names() if name.split("_")[0] in OURS and name != COUNTED]

    def do(self, method: str, path: str, body: bytes = b"", content_type: str = FORM, **headers: str) -> HttpResponse:
        response = self.handler(self.factory.generic(method, path, body, content_type, **headers).environ)
        for close in response._resource_closers:
            close()
        self.before = {}
        return response

    def ask(self, method: str, path: str, body: bytes = b"", content_type: str = FORM, *, count: bool = True) -> tuple[HttpResponse, dict]:
        """The answer, and by how many rows each table of ours had grown before the rollback."""
        before = (self.before or self.sizes()) if count else self.before
        with transaction.atomic():
            response = self.do(method, path, body, content_type)
            after = self.sizes() if count else {}
            transaction.set_rollback(True)
        self.before = before  # all is as it was
        return response, {table: size - before[table] for table, size in after.items() if size != before[table]}

    def sizes(self) -> dict[str, int]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT " + ", ".join(f"(SELECT count(*) FROM {table})" for table in self.tables))
            return dict(zip(self.tables, cursor.fetchone(), strict=True))
