"""What bin/lib/audit.py makes of the answers of pip-audit; the program itself is run by bin/test."""

import importlib.util
import json

import pytest

from tests.project.running import ROOT

spec = importlib.util.spec_from_file_location("audit", ROOT / "bin" / "lib" / "audit.py")
audit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(audit)

SOUND = {"name": "Django", "version": "5.2.19", "vulns": []}
HOLED = {"name": "Pillow", "version": "9.0.0", "vulns": [{"id": "PYSEC-2022-8"}]}
UNASKED = {"name": "nh3", "skip_reason": "Dependency not found on PyPI and could not be audited: nh3 (0.3.8)"}
AWAY = "requests.exceptions.ConnectionError: Failed to resolve 'api.osv.dev'"


def answer(*packages):
    return json.dumps({"dependencies": list(packages), "fixes": []})


@pytest.mark.parametrize(
    ("output", "errors", "passes", "told"),
    [
        (answer(SOUND), "", True, "1 packages, no known hole"),
        (answer(SOUND, HOLED, UNASKED), "", False, "known holes: Pillow 9.0.0: PYSEC-2022-8"),
        (answer(SOUND, UNASKED), "", False, "not audited: nh3"),
        (answer(UNASKED, UNASKED), "", True, "no database can be reached from here: 2 packages were not audited"),
        ("", AWAY, True, "no database can be reached from here: nothing was audited"),
        ("", "error: invalid requirement", False, "pip-audit failed: error: invalid requirement"),
    ],
)
def test_only_a_network_that_is_not_there_is_forgiven(output, errors, passes, told):
    assert audit.judge(output, errors) == (passes, told)


def test_it_names_the_files_that_pin_everything():
    assert [(ROOT / name).exists() for name in audit.FILES] == [True, True]
