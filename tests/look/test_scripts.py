"""Scripts are a courtesy: one behaviour a file, standing alone, attached by data attributes, without words of their own."""

import re
from pathlib import Path

SCRIPTS = {path.name: path.read_text() for path in (Path(__file__).resolve().parents[2] / "static" / "js").rglob("*.js")}
PERSIAN_LETTER = re.compile("[\u0621-\u06cc]")


def test_each_is_short_and_so_are_all_together():
    lengths = {name: len(text.splitlines()) for name, text in SCRIPTS.items()}
    assert {name: length for name, length in lengths.items() if length > 80} == {}
    assert sum(lengths.values()) <= 1200


def test_none_imports_another():
    assert [name for name, text in SCRIPTS.items() if re.search(r"^\s*import\b|\bimport\(", text, re.MULTILINE)] == []


def test_wording_stays_in_the_templates():
    assert [name for name, text in SCRIPTS.items() if PERSIAN_LETTER.search(re.sub(r"//.*", "", text))] == []
