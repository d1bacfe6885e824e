"""What a page says, and what of it is alive: markup that no template of ours wrote."""

import re
from html.parser import HTMLParser

from autonax_support.persian.text import INVISIBLE

# The tags that our templates and Django's admin use; whatever else stands on a page came from a text.
TAGS = {
    *("html", "head", "meta", "title", "link", "script", "body", "header", "footer", "main", "nav", "section", "article", "aside", "div"),
    *(
        "span",
        "p",
        "a",
        "ul",
        "ol",
        "li",
        "dl",
        "dt",
        "dd",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "th",
        "td",
        "h1",
        "h2",
        "h3",
    ),
    *(
        "h4",
        "h5",
        "h6",
        "form",
        "fieldset",
        "legend",
        "label",
        "input",
        "select",
        "option",
        "optgroup",
        "textarea",
        "button",
        "details",
        "dialog",
    ),
    *(
        "summary",
        "svg",
        "use",
        "symbol",
        "g",
        "path",
        "circle",
        "rect",
        "line",
        "polyline",
        "img",
        "picture",
        "br",
        "hr",
        "bdi",
        "bdo",
        "b",
    ),
    *(
        "strong",
        "em",
        "i",
        "small",
        "mark",
        "code",
        "pre",
        "blockquote",
        "time",
        "kbd",
        "abbr",
        "output",
        "noscript",
        "search",
        "template",
        "progress",
    ),
}
ADDRESSES = ("href", "src", "action", "formaction", "xlink:href", "poster", "data")
DANGEROUS = re.compile(r"[\s\x00-\x20]*(javascript|vbscript|data):", re.IGNORECASE)
NEVER = {*range(0x09), *range(0x0B, 0x20), *range(0x7F, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A)}


def arrives(text: str) -> str:
    """Bytes that are no UTF-8, as a lone surrogate would be, become the sign for «unreadable»."""
    return text.encode("utf-8", "surrogatepass").decode("utf-8", "replace")


def stored(text: str) -> str:
    """The stated rule for a text of several lines: what cannot be stored or turns lines around goes, ي and ك become ی and ک."""
    text = arrives(text).replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(letter for letter in text if ord(letter) not in NEVER).replace("ي", "ی").replace("ك", "ک").strip()
    return kept if seen_of(kept) else ""


def stored_line(text: str) -> str:
    """The rule for a line: also no mark of direction, one space for any run of them, nothing invisible at the ends."""
    kept = re.sub("[\u200e\u200f\u061c]", "", stored(text))
    return " ".join(kept.split()).strip(INVISIBLE + " ")


def seen_of(text: str) -> str:
    return "".join(letter for letter in text if letter not in INVISIBLE and not letter.isspace())


class Page(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.alive: list[str] = []
        self._said: list[str] = []
        self.feed(html)
        self.close()
        self.text = "".join("".join(self._said).split())

    def says(self, text: str) -> bool:
        """Apart from white space, which a page sets as it likes."""
        return "".join(text.split()) in self.text

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        given = dict(attributes)
        if tag not in TAGS or (tag == "script" and not given.get("src") and given.get("type") != "application/json"):
            self.alive.append(f"<{tag}>")
        for name, value in attributes:
            is_address = name in ADDRESSES and DANGEROUS.match(value or "")
            if name.startswith(("on", "hx-on")) or name in ("style", "srcdoc") or is_address:
                self.alive.append(f"<{tag} {name}={value}>")
            if name in ("value", "title", "aria-label"):
                self._said.append(f" {value} ")

    def handle_data(self, data: str) -> None:
        self._said.append(data)
