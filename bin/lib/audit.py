"""Asks the databases of known holes about every pinned package. Fails when one is known, or when some were asked and others not.

pip-audit ends with 0 also where it reached nobody; that is told here, and passes, since a network is no fault of the code.
"""

import json
import subprocess  # nosec B404 # runs pip-audit with arguments of our own
import sys
from pathlib import Path

SECONDS = 10  # so long the normal run waits; `--long` gives the number of seconds itself
FILES = ["requirements.txt", "requirements-dev.txt"]


def audit(seconds: float) -> tuple[bool, str]:
    """Whether it may pass, and what to tell."""
    program = Path(sys.executable).with_name("pip-audit")
    files = [part for name in FILES for part in ("-r", name)]
    command = [str(program), *files, "--no-deps", "--disable-pip", "--progress-spinner", "off", "-f", "json", "--timeout", "5"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=seconds, check=False)  # noqa: S603 # nosec B603
    except subprocess.TimeoutExpired:
        return True, f"no database answered within {seconds:g} s: nothing was audited"
    return judge(done.stdout, done.stderr)


def judge(output: str, errors: str) -> tuple[bool, str]:
    try:
        packages = json.loads(output)["dependencies"]
    except (ValueError, KeyError, TypeError):
        is_away = any(word in errors for word in ("ConnectionError", "Timeout", "NameResolutionError"))
        return is_away, "no database can be reached from here: nothing was audited" if is_away else f"pip-audit failed: {errors[-2000:]}"
    asked = [package for package in packages if "skip_reason" not in package]
    known = [f"{package['name']} {package['version']}: {hole['id']}" for package in asked for hole in package.get("vulns", [])]
    if known:
        return False, "known holes: " + ", ".join(known)
    if not asked:
        return True, f"no database can be reached from here: {len(packages)} packages were not audited"
    left = [package["name"] for package in packages if "skip_reason" in package]
    return not left, "not audited: " + ", ".join(left) if left else f"{len(asked)} packages, no known hole"


if __name__ == "__main__":
    passes, told = audit(float(sys.argv[1]) if sys.argv[1:] else SECONDS)
    print(f"pip-audit: {told}")  # noqa: T201
    sys.exit(not passes)
