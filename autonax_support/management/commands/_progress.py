"""A line that says how far a command is; on a terminal it is written over itself, elsewhere only its end is."""

from __future__ import annotations

import time
from typing import TextIO

WIDTH = 30


class ProgressLine:
    def __init__(self, stream: TextIO) -> None:
        self.stream, self.began, self.said = stream, time.monotonic(), 0.0

    def __call__(self, done: int, total: int) -> None:
        now, is_end = time.monotonic(), done >= total
        if not is_end and (now - self.said < 0.2 or not self.stream.isatty()):
            return
        self.said = now
        share = done / total if total else 1.0
        left = (now - self.began) * (1 - share) / share if share else 0.0
        bar = "#" * round(share * WIDTH)
        self.stream.write(f"\r[{bar:<{WIDTH}}] {share:4.0%}  {left:5.0f} s left" + ("\n" if is_end else ""))
        self.stream.flush()
