"""The rules of DESIGN.md sections 4 and 6 that a machine can see: who imports whom, and what stands in templates and styles."""

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PERSIAN, SCHEMA, ACCOUNTS = "autonax_support.persian", "autonax_support.schema", "autonax_support.accounts"
FILES, NOTICES = "autonax_support.files", "autonax_support.notices"
MAY_IMPORT = {
    PERSIAN: set(),
    SCHEMA: set(),
    ACCOUNTS: {PERSIAN, SCHEMA},
    FILES: {ACCOUNTS, PERSIAN, SCHEMA},
    NOTICES: {ACCOUNTS, PERSIAN, SCHEMA},
    "tickets": {FILES, NOTICES, ACCOUNTS, PERSIAN, SCHEMA},
    "inbox": {"tickets", FILES, NOTICES, ACCOUNTS, PERSIAN, SCHEMA},
    "announcements": {FILES, NOTICES, ACCOUNTS, PERSIAN, SCHEMA},
}
ROOMS = sorted(MAY_IMPORT, key=len, reverse=True)
COMPOSITION_ROOT = "autonax_support"

MODULES = sorted(path for folder in ("autonax_support", "tickets", "inbox", "announcements") for path in (ROOT / folder).rglob("*.py"))
WRITTEN = [path for path in MODULES if "migrations" not in path.parts]
CODE = [*WRITTEN, *sorted((ROOT / "tests").rglob("*.py"))]
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
PAGES = [path for path in TEMPLATES if "mail" not in path.parts]  # programs that show mail know no style sheet
STYLES = sorted((ROOT / "static" / "css").rglob("*.css"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))

OUTSIDE = re.compile(
    r"""(?:\b(?:src|href|action|srcset|poster)\s*=\s*["']?\s*|url\(\s*["']?|@import\s+["'])(?:https?:)?//""", re.IGNORECASE
)
COMMENT = re.compile(r"{#.*?#}|{%\s*comment.*?endcomment\s*%}|/\*.*?\*/|<!--.*?-->", re.DOTALL)
INLINE = {
    "script": re.compile(r"<script\b(?![^>]*\bsrc=)(?![^>]*type=[\"']application/json)", re.IGNORECASE),
    "style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "handler": re.compile(r"\son[a-z]+\s*=\s*[\"']|\shx-on\b|href\s*=\s*[\"']\s*javascript:", re.IGNORECASE),
}
PHYSICAL_SIDE = re.compile(
    r"(?:^|[;{\s])(?:(?:margin|padding|border|scroll-margin|scroll-padding)-(?:left|right)|left|right|"
    r"border-(?:top|bottom)-(?:left|right)-radius)\b[\w-]*\s*:|(?:float|clear|text-align)\s*:\s*(?:left|right)\b",
)


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


def room_of(module: str) -> str | None:
    return next((room for room in ROOMS if module == room or module.startswith(f"{room}.")), None)


def imports_of(path: Path) -> list[str]:
    names = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            around = name_of(path).split(".")[: -node.level] if node.level else []
            names += [".".join([*around, *filter(None, [node.module]), alias.name]) for alias in node.names]
    return names


def forbidden_imports(path: Path) -> list[str]:
    room = room_of(name_of(path))
    if room is None:
        return []
    allowed = MAY_IMPORT[room] | {room}
    ours = [name for name in imports_of(path) if name.split(".")[0] in {COMPOSITION_ROOT, "tickets", "inbox", "announcements", "tests"}]
    return [name for name in ours if room_of(name) not in allowed]


def lines_with(pattern: re.Pattern, paths: list[Path]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {found.group().strip()}"
        for path in paths
        for found in pattern.finditer(COMMENT.sub("", path.read_text()))
    ]


def test_imports_go_one_way():
    assert {name_of(path): names for path in MODULES if (names := forbidden_imports(path))} == {}


def test_every_room_of_the_rules_exists():
    assert [room for room in MAY_IMPORT if not (ROOT / room.replace(".", "/")).is_dir()] == []


def test_pages_and_styles_ask_nobody_outside():
    assert lines_with(OUTSIDE, TEMPLATES + STYLES) == []


@pytest.mark.parametrize("kind", INLINE)
def test_templates_hold_no_inline(kind):
    assert lines_with(INLINE[kind], TEMPLATES if kind != "style" else PAGES) == []


def test_scripts_need_no_eval():
    assert lines_with(re.compile(r"\beval\(|new Function\(|\.innerHTML\s*=|document\.write\("), SCRIPTS) == []


def test_styles_know_no_left_or_right():
    assert lines_with(PHYSICAL_SIDE, STYLES) == []


def test_nothing_is_marked_safe_outside_the_two_places_that_clean_text():
    makers = [
        name_of(path)
        for path in MODULES
        if room_of(name_of(path)) != PERSIAN and name_of(path) != "announcements.markdown" and "mark_safe" in path.read_text()
    ]
    assert makers == []
    assert lines_with(re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"), TEMPLATES) == []


def test_no_signals_but_the_one_after_migrations():
    receivers = [name for path in MODULES for name in imports_of(path) if "signals" in name and not name.endswith("post_migrate")]
    assert receivers == []


def test_files_stay_short():
    long = {str(path.relative_to(ROOT)): count for path in CODE if (count := len(path.read_text().splitlines())) > 300}
    assert long == {}


def test_functions_stay_short():
    long = {
        f"{name_of(path)}.{node.name}": length
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.FunctionDef) and (length := node.end_lineno - node.lineno + 1) > 40
    }
    assert long == {}


def untyped(function: ast.FunctionDef) -> bool:
    arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
    return any(argument.annotation is None and argument.arg not in ("self", "cls") for argument in arguments)


def test_public_functions_carry_types():
    found = [
        f"{name_of(path)}.{node.name}"
        for path in WRITTEN
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_") and untyped(node)
    ]
    assert found == []


def test_code_names_no_path_of_a_machine():
    own = re.compile(r"/(?:work|home|root|Users)/\w")
    texts = [*MODULES, *TEMPLATES, *STYLES, *SCRIPTS]
    assert [str(path.relative_to(ROOT)) for path in texts if own.search(path.read_text())] == []
