"""Who gets what, by which method, at every address: access.txt, read and compared.

A block is some lines with names of addresses, a line with the cast, and a line for the methods that answer alike:

    inbox:ticket
                     nobody  neda  sara  …
    GET HEAD         signin  404   200   …

A cell is a status, or where a redirect leads: «signin», «desk». All that it holds is what no cell may be without.
"""

from collections.abc import Iterator
from pathlib import Path

from django.http import HttpResponse

TABLE = Path(__file__).parent / "access.txt"
CAST = ("nobody", "neda", "sara", "leila", "mina", "omid", "sina", "kaveh")
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE")
LED_TO = {"/accounts/login/": "signin", "/admin/login/": "signin", "/accounts/out/": "signin", "/admin/": "desk"}

Cells = dict[tuple[str, str, str], str]  # name of the address, method, person


def expected() -> Cells:
    return dict(_cells(TABLE.read_text(encoding="utf-8")))


def seen(response: HttpResponse) -> str:
    return LED_TO.get(response.headers.get("Location", "").split("?")[0], str(response.status_code))


def in_words(cells: Cells) -> str:
    """These cells as access.txt has them, for whoever adds an address."""
    blocks: dict[tuple[str, ...], list[str]] = {}
    for name in dict.fromkeys(name for name, *_ in cells):
        blocks.setdefault(tuple(_lines(cells, name)), []).append(name)
    return "\n\n".join("\n".join([*names, *lines]) for lines, names in blocks.items())


def _lines(cells: Cells, name: str) -> Iterator[str]:
    rows: dict[str, list[str]] = {}
    for method in METHODS:
        row = "".join(f"{cells[name, method, person]:<8}" for person in CAST)
        rows.setdefault(row, []).append(method)
    yield f"{'':<46}" + "".join(f"{person:<8}" for person in CAST).rstrip()
    for row, methods in rows.items():
        yield f"{' '.join(methods):<46}{row}".rstrip()


def _cells(text: str) -> Iterator[tuple[tuple[str, str, str], str]]:
    names: list[str] = []
    for words in (line.partition("# ")[0].split() for line in text.splitlines()):
        if not words:
            names = []
        elif words[0] == CAST[0]:
            assert tuple(words) == CAST, f"the cast is {CAST}, not {words}"
        elif words[0] in METHODS:
            methods, answers = [word for word in words if word in METHODS], [word for word in words if word not in METHODS]
            assert len(answers) == len(CAST), f"{len(answers)} cells for {len(CAST)} people at {names}"
            for name in names:
                yield from (((name, method, person), cell) for method in methods for person, cell in zip(CAST, answers, strict=True))
        else:
            names.append(words[0])
