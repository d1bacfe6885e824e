"""The page's script: sends a file in chunks to the draft of a form, and asks how far it has come."""

import json
from urllib.parse import urlencode

from tests.faults.crowd import Sending
from tests.faults.visitor import Page


class Going:
    """One file of one form on its way up."""

    def __init__(self, sending: Sending, name: str, content: bytes, chunk: int) -> None:
        self.visitor, self.content, self.chunk = sending.visitor, content, chunk
        form = sending.form
        self.headers = {"Accept": "application/json", "X-CSRFToken": form["csrfmiddlewaretoken"][0]}
        asked = {"draft_token": form["draft_token"][0], "name": name, "size": len(content)}
        answer = self.visitor.send("POST", "/uploads/", urlencode(asked).encode(), self.headers | FORM)
        assert answer.status == 201, answer.html
        self.state = json.loads(answer.content)

    @property
    def address(self) -> str:
        return self.state["url"]

    def head(self) -> dict[str, str]:
        return self.headers | {"Content-Type": "application/octet-stream", "Upload-Offset": str(self.state["received"])}

    def next_chunk(self) -> bytes:
        return self.content[self.state["received"] :][: self.chunk]

    def ask(self) -> dict:
        return self._told(self.visitor.send("GET", self.address, headers=self.headers))

    def go_on(self) -> dict:
        """From where the server says it stands, to the last byte."""
        while self.ask()["state"] == "receiving":
            self._told(self.visitor.send("PUT", self.address, self.next_chunk(), self.head()))
        return self.state

    def _told(self, answer: Page) -> dict:
        assert answer.status in (200, 409), answer.html
        self.state = json.loads(answer.content)
        return self.state


FORM = {"Content-Type": "application/x-www-form-urlencoded"}
