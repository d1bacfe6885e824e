"""The page's script as a person's test client: begins uploads, sends chunks, asks how it went."""

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from django.test import Client

from tickets.drafts import Writing

CHUNK = 16 * 1024


@dataclass
class Form:
    """An open form of one person: `person` writes under `writing`'s token; `client` may be somebody else's."""

    client: Client
    writing: Writing

    @property
    def key(self):
        return self.writing.key

    def begin(self, name: str = "نامه.txt", size: Any = 4, **more: Any):
        return self.client.post("/uploads/", {"draft_token": self.writing.token, "name": name, "size": size} | more)

    def begun(self, name: str = "نامه.txt", size: Any = 4) -> str:
        """The address of a new upload."""
        return self.begin(name, size).json()["url"]

    def put(self, url: str, offset: Any, content: bytes, **more: Any):
        return self.client.put(url, content, content_type="application/octet-stream", headers={"Upload-Offset": str(offset)}, **more)

    def send(self, name: str, content: bytes, chunk: int = 512 * 1024):
        """The whole file; gives the answer to its last chunk."""
        url = self.begun(name, len(content))
        for offset in range(0, len(content), chunk):
            answer = self.put(url, offset, content[offset : offset + chunk])
        return answer

    def post(self, address: str = "/tickets/new/", **fields: Any):
        return self.client.post(address, {"submission_key": self.writing.key, "draft_token": self.writing.token} | fields)


def a_form(person, kind: str = "filing", ticket=None, *, by=None, key=None) -> Form:
    """`by` sends what `person` opened."""
    client = Client()
    client.force_login(by or person)
    return Form(client, Writing(person, kind, ticket, key or uuid4()))
