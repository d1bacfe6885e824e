"""The README's table of settings names what settings.py reads: nothing missing, nothing too many."""

import re

from tests.project.running import ROOT

README = (ROOT / "README.md").read_text()
SETTINGS = (ROOT / "autonax_support" / "settings.py").read_text()


def test_the_table_names_every_environment_setting_and_no_other():
    table = re.findall(r"^\| `([A-Z0-9_]+)` \|", README, re.MULTILINE)
    assert sorted(table) == sorted(set(re.findall(r"\benv\.\w+\(\s*\"([A-Z0-9_]+)\"", SETTINGS)))


def test_the_defaults_are_those_of_the_settings():
    read = dict(re.findall(r"env\.int\(\"([A-Z0-9_]+)\", default=(\d+)", SETTINGS))
    assert dict(re.findall(r"^\| `([A-Z0-9_]+)` \| `(\d+)` \|", README, re.MULTILINE)) == read


def test_every_file_it_points_to_is_there():
    named = [path for path in re.findall(r"\]\(([^):]+)\)", README) if not (ROOT / path).exists()]
    assert named == []


def test_every_test_that_the_security_page_names_is_there():
    named = re.findall(r"`((?:\w+/)*test_\w+\.py)`", (ROOT / "docs" / "security.md").read_text())
    assert (len(named) > 50, [path for path in named if not (ROOT / "tests" / path).exists()]) == (True, [])
