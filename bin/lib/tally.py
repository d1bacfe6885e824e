"""Prints «passed failed» of one pytest run, from its JUnit report and its exit code.

Skipped counts as failed, and so does a run that did not come to its end.
"""

import sys
from pathlib import Path
from xml.etree import ElementTree  # nosec B405 # reads our own file only

report, code = Path(sys.argv[1]), int(sys.argv[2])
ALL_PASSED, SOME_FAILED = 0, 1

good = bad = 0
if report.exists():
    for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 # nosec B314 # our own file
        wrong = sum(int(suite.get(kind, 0)) for kind in ("failures", "errors", "skipped"))
        good, bad = good + int(suite.get("tests", 0)) - wrong, bad + wrong
if code not in (ALL_PASSED, SOME_FAILED) or (code == SOME_FAILED and not bad):
    bad += 1
print(good, bad)  # noqa: T201
