"""How many SQL statements a page needs: asked within this process, where Django writes them down."""

import base64

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.service import HEADERS, HOST

FRAME = ("BEGIN", "SAVEPOINT", "RELEASE", "COMMIT", "ROLLBACK", "SET")


def queries_of(given: dict, picture: str) -> int:
    """Frames of transactions are not counted. A page is asked twice, since the first opening may write."""
    client = Client(headers={name: value for name, value in HEADERS.items() if name != "Host"})
    if given.get("session"):
        client.cookies["__Host-session"] = given["session"]
    for _ in range(2 if given["method"] == "GET" else 1):
        with CaptureQueriesContext(connection) as caught:
            _send(client, given, picture)
    return sum(not query["sql"].startswith(FRAME) for query in caught.captured_queries)


def _send(client: Client, given: dict, picture: str) -> None:
    said = {"secure": True, "SERVER_NAME": HOST, "SERVER_PORT": "443"}
    if given["method"] == "GET":
        client.get(given["path"], **said)
        return
    fields = dict(given["fields"])
    if "file" in given:
        fields["attachments"] = SimpleUploadedFile("a.jpg", base64.b64decode(picture), "image/jpeg")
    client.post(given["path"], fields, **said)
