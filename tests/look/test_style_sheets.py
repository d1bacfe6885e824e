"""What LOOK and STYLE decided about the style sheets, as far as a machine can read it."""

import re
from pathlib import Path
from statistics import median

import pytest

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
ROOT = CSS.parents[1]
PAGES = [*(ROOT / "templates").rglob("*.html"), *(path for room in ("announcements", "tickets") for path in (ROOT / room).rglob("*.py"))]
SHEETS = sorted(CSS.rglob("*.css"))
TOKENS = (CSS / "tokens.css").read_text()
NO_COMMENTS = {sheet.relative_to(CSS).as_posix(): re.sub(r"/\*.*?\*/", "", sheet.read_text(), flags=re.DOTALL) for sheet in SHEETS}

TOO_NEW = r"oklch|oklab|color-mix|light-dark|:has\(|text-wrap|@container|popover|\bdvh\b|^\s*&"
UNWISHED = r"letter-spacing:(?!\s*(?:normal|0\b))|tabular-nums|text-transform:(?!\s*none)|font-style:\s*italic|text-align:\s*justify"
FOUR_SIDES = r"\b(?:margin|padding|inset|border-width)\s*:\s*(?:[^\s;(]+\s+){3}[^\s;]+;"

TEXT_ON = [  # roles of LOOK.md section 2, and the contrast they owe
    ("gray-8", "gray-0", 7), ("gray-7", "gray-0", 7), ("gray-6", "gray-0", 4.5), ("gray-6", "gray-2", 4.5), ("gray-5", "gray-0", 3),
    ("on-solid", "teal-solid", 4.5), ("teal-text", "gray-0", 4.5), ("teal-text", "teal-tint", 4.5), ("teal-solid", "gray-1", 3),
    *[(f"{hue}-text", f"{hue}-tint", 4.5) for hue in ("blue", "green", "violet", "amber", "red")],
    *[("on-solid", f"{hue}-solid", 4.5) for hue in ("blue", "green", "violet", "amber", "red")],
    ("taxi-ink", "taxi", 7),
]  # fmt: skip


def lines_with(pattern: str) -> list[str]:
    return [f"{name}: {line.strip()}" for name, text in NO_COMMENTS.items() for line in text.splitlines() if re.search(pattern, line)]


def raw_colours(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([a-z]+-\w+|taxi): (#[0-9a-f]{6});", block))


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def dark_blocks() -> list[str]:
    found = re.findall(r':root(?::not\(\[data-theme="light"\]\)|\[data-theme="dark"\]) {(.*?)}', TOKENS, re.DOTALL)
    return [" ".join(block.split()) for block in found]


def test_every_sheet_is_loaded_and_by_app_only_once():
    imported = re.findall(r'@import url\("([^"]+)"\)', " ".join(NO_COMMENTS.values()))
    linked = [name for path in PAGES for name in re.findall(r"css/([\w/.-]+\.css)", path.read_text())]
    assert set(NO_COMMENTS) - set(imported) - set(linked) == set()  # linked by a template, or by the media of an admin
    in_app = re.findall(r"@import[^;]+", NO_COMMENTS["app.css"])
    assert len(in_app) == len(set(in_app))


def test_old_browsers_understand_every_line():
    assert lines_with(TOO_NEW) == []


def test_persian_text_is_neither_spaced_out_nor_slanted():
    assert lines_with(UNWISHED) == []


def test_no_shorthand_names_a_physical_side():
    assert lines_with(FOUR_SIDES) == []


def test_colours_are_written_in_the_tokens_only():
    assert [line for line in lines_with(r"#[0-9a-fA-F]{3,8}\b") if not line.startswith("tokens.css")] == []


def test_no_comment_holds_an_address_that_collectstatic_would_follow():
    comments = [part for sheet in SHEETS for part in re.findall(r"/\*.*?\*/", sheet.read_text(), re.DOTALL)]
    assert [comment for comment in comments if "url(" in comment] == []


def test_the_two_ways_into_the_dark_are_alike():
    system, chosen = dark_blocks()
    assert system == chosen


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_text_stands_out_from_its_ground(theme):
    colours = raw_colours(TOKENS.split("@media")[0])
    if theme == "dark":
        colours |= raw_colours(dark_blocks()[0])
    weak = {pair: contrast(colours[pair[0]], colours[pair[1]]) for pair in TEXT_ON}
    assert {pair: ratio for pair, ratio in weak.items() if ratio < pair[2]} == {}


def test_sheets_stay_short():
    lengths = {sheet.name: len(sheet.read_text().splitlines()) for sheet in SHEETS}
    assert {name: length for name, length in lengths.items() if length > 150} == {}
    assert median(lengths.values()) <= 50
