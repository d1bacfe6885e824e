"""A visitor without JavaScript: reads the forms of a page as a browser does and sends exactly what it would send."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from django.test import Client

from tests.cast import PASSWORD

UNSENT = ("submit", "button", "image", "reset", "file")


@dataclass
class Form:
    action: str
    method: str
    fields: dict[str, list[str]] = field(default_factory=dict)
    choices: dict[str, list[str]] = field(default_factory=dict)
    files: set[str] = field(default_factory=set)
    buttons: list[tuple[str, str, str]] = field(default_factory=list)  # its words, name, value

    def filled_in(self, button: str, typed: dict[str, object]) -> dict[str, object]:
        """What goes along when this button is pressed; a field or choice that the form lacks is an error, as for a person."""
        sent = dict(self.fields)
        for name, value in typed.items():
            assert name in self.fields or name in self.choices or name in self.files, f"no field {name} in {self.action}"
            assert name not in self.choices or str(value) in self.choices[name], f"no choice {value} of {name}"
            sent[name] = value
        _, name, value = next(pressed for pressed in self.buttons if pressed[0] == button)
        return sent | ({name: value} if name else {})


class Reader(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[tuple[str, str]] = []
        self._form: Form | None = None
        self._words: list[str] | None = None
        self._open: dict[str, str | None] = {}
        self.feed(html)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag == "form":
            self._form = Form(given.get("action") or "", given.get("method") or "get")
            self.forms.append(self._form)
        elif tag in ("a", "button", "textarea", "select"):
            self._open = given
            self._words = [] if tag != "select" else None
            if tag == "select" and self._form:
                self._form.choices.setdefault(given["name"], [])
        elif tag == "input" and self._form:
            self._input(given, given.get("type") or "text")
        elif tag == "option" and self._form:
            self._option(given)

    def handle_data(self, data: str) -> None:
        if self._words is not None:
            self._words.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._form = None
        elif tag in ("a", "button", "textarea") and self._words is not None:
            self._close(tag, "".join(self._words))
            self._words = None

    def _input(self, given: dict[str, str | None], kind: str) -> None:
        name, value = given.get("name"), given.get("value") or ""
        if kind == "submit":
            self._form.buttons.append((value, name or "", value))
        elif kind == "file" and name:
            self._form.files.add(name)
        elif kind in ("radio", "checkbox"):
            self._form.choices.setdefault(name, []).append(given.get("value") or "on")
            if "checked" in given:
                self._form.fields.setdefault(name, []).append(given.get("value") or "on")
        elif name and kind not in UNSENT:
            self._form.fields.setdefault(name, []).append(value)

    def _option(self, given: dict[str, str | None]) -> None:
        name, value = self._open["name"], given.get("value") or ""
        self._form.choices[name].append(value)
        if "selected" in given or name not in self._form.fields:
            self._form.fields[name] = [value]

    def _close(self, tag: str, words: str) -> None:
        if tag == "a":
            self.links.append((" ".join(words.split()), self._open.get("href") or ""))
        elif self._form and tag == "button" and self._open.get("type") != "button":
            self._form.buttons.append((" ".join(words.split()), self._open.get("name") or "", self._open.get("value") or ""))
        elif self._form and tag == "textarea":
            self._form.fields[self._open["name"]] = [words.removeprefix("\n")]


class Visitor:
    """One person with a browser that runs no script. CSRF is checked as in earnest."""

    def __init__(self) -> None:
        self.client = Client(enforce_csrf_checks=True)
        self.address, self.html, self.status = "/", "", 0

    def open(self, address: str) -> str:
        return self._arrived(self.client.get(urljoin(self.address, address), follow=True), address)

    def follow(self, words: str) -> str:
        """The link with these words."""
        return self.open(next(href for text, href in Reader(self.html).links if words in text))

    def press(self, button: str, **typed: object) -> str:
        form = next(form for form in Reader(self.html).forms if any(words == button for words, *_ in form.buttons))
        address = urljoin(self.address, form.action)
        send = self.client.post if form.method == "post" else self.client.get
        return self._arrived(send(address, form.filled_in(button, typed), follow=True), address)

    def sign_in(self, username: str) -> str:
        self.open("/")
        return self.press("ورود", username=username, password=PASSWORD)

    def _arrived(self, response, asked: str) -> str:
        self.address = response.redirect_chain[-1][0] if response.redirect_chain else urljoin(self.address, asked)
        self.address = urlsplit(urljoin(asked, self.address))._replace(fragment="").geturl()
        self.status = response.status_code
        self.html = response.content.decode() if "html" in response.headers["Content-Type"] else ""
        return self.html
