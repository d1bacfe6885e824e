"""The Markdown of announcements: headings, bold, lists, links. Whatever else is typed stays as the words it is."""

import re
from functools import lru_cache

import nh3
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt
from markdown_it.token import Token

SCHEMES = {"http", "https", "mailto", "tel"}
TAGS = {"h2", "h3", "p", "br", "strong", "ul", "ol", "li", "a"}
BLOCKS = {"h2", "h3", "p"}
PERSIAN_NUMBER = re.compile(r"^([ \t]{0,12})([۰-۹٠-٩]{1,4})([.)])(?=[ \t])", re.MULTILINE)


@lru_cache(maxsize=64)
def render(source: str) -> SafeString:
    """HTML that is safe to print. Rendered at view time: an edit needs no re-rendering of stored rows."""
    tokens = _parse(source)
    for token in tokens:
        _adapt(token)
    html = _MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})
    # Said safe by nh3: nothing but TAGS and the attributes named here is left.
    return mark_safe(  # nosec B308 B703
        nh3.clean(
            html,
            tags=TAGS,
            attributes={"*": set(), "a": {"href"}, "ol": {"start"}},
            tag_attribute_values={tag: {"dir": {"auto"}} for tag in BLOCKS},
            url_schemes=SCHEMES,
            link_rel="noopener nofollow",
        )
    )


def excerpt(source: str, limit: int) -> str:
    """The first paragraph as plain words, for a list."""
    words = ""
    tokens = _parse(source)
    for opening, inline in zip(tokens, tokens[1:], strict=False):
        if opening.type == "paragraph_open":
            words = " ".join("".join(_words(child) for child in inline.children or []).split())
            break
    return words if len(words) <= limit else words[:limit].rsplit(" ", 1)[0] + "…"


def _parse(source: str) -> list[Token]:
    return _MARKDOWN.parse(PERSIAN_NUMBER.sub(_ascii_number, source), {})


def _ascii_number(found: re.Match[str]) -> str:
    """Markdown knows a numbered list by ASCII digits only, and nobody here types those."""
    return f"{found[1]}{int(found[2])}{found[3]}"


def _adapt(token: Token) -> None:
    """The page's title is its h1. A list item keeps the page's direction, its paragraph finds its own."""
    if token.type in {"heading_open", "heading_close"}:
        token.tag = "h2" if token.tag in {"h1", "h2"} else "h3"
    if token.type in {"paragraph_open", "paragraph_close"}:
        token.hidden = False
    if token.nesting == 1 and token.tag in BLOCKS:
        token.attrSet("dir", "auto")


def _words(token: Token) -> str:
    return " " if token.type in {"softbreak", "hardbreak"} else token.content


def _is_allowed(url: str) -> bool:
    return url.partition(":")[0].strip().lower() in SCHEMES


_MARKDOWN = MarkdownIt("zero", {"html": False, "breaks": True, "maxNesting": 20}).enable(
    ["heading", "list", "newline", "escape", "entity", "emphasis", "link", "autolink"]
)
_MARKDOWN.validateLink = _is_allowed
