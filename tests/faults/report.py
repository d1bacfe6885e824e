"""Sums the rounds of a FAULT_REPORT: python tests/faults/report.py FILE"""

import json
import re
import sys
from collections import defaultdict
from pathlib import Path
from statistics import median

rounds = defaultdict(list)
for line in Path(sys.argv[1]).read_text().splitlines():
    figures = json.loads(line)
    rounds[re.sub(r"(-?\d+)?\]|\[", " ", figures.pop("test")).removeprefix("test_").replace("_", " ").strip()].append(figures)

row = "{:<52}{:>7}{:>7}{:>10}{:>11}{:>9}{:>10}{:>10}".format
print(row("fault", "rounds", "req/s", "requests", "no answer", "again", "back, s", "at most"))  # noqa: T201
for fault, figures in rounds.items():
    total = {name: sum(each[name] for each in figures) for name in figures[0]}
    back = [each["back"] for each in figures]
    facts = [len(figures), f"{total['requests'] / total['seconds']:.0f}", total["requests"], total["unanswered"], total["again"]]
    print(row(fault, *facts, f"{median(back):.2f}", f"{max(back):.2f}"))  # noqa: T201
