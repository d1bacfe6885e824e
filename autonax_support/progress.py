"""One line on a terminal, or on a log now and then: how far a command is, how quick, how long yet."""

import sys
import time
from typing import TextIO

WIDTH = 24


class ProgressLine:
    """Is called with what is done and what there is. Given a unit, it also says how many that are, and how many a second.

    The stream is not a command's own `stderr`: that ends every piece with a new line, and colours it as an error.
    """

    def __init__(self, unit: str = "", stream: TextIO | None = None) -> None:
        self.unit, self.stream = unit, stream or sys.stderr
        self.began = self._shown = time.monotonic()
        self._is_terminal, self._is_full = self.stream.isatty(), False

    def __call__(self, done: int, total: int) -> None:
        now, was_full, self._is_full = time.monotonic(), self._is_full, done >= total
        if now - self._shown >= (0.2 if self._is_terminal else 10) or (self._is_full and not was_full):
            self._shown = now
            self._write(self._line(done, total, now - self.began))

    def say(self, what: str) -> None:
        self._write(f"{what}, after {time.monotonic() - self.began:.0f} s …")

    def end(self) -> float:
        """Seconds from the beginning."""
        if self._is_terminal:
            self.stream.write("\n")
        return time.monotonic() - self.began

    def _line(self, done: int, total: int, seconds: float) -> str:
        share = done / total if total else 1.0
        minutes, rest = divmod(round(seconds * (1 - share) / share) if share else 0, 60)
        count = f"{done:,} of {total:,} {self.unit}, {done / max(seconds, 0.001):,.0f}/s" if self.unit else f"{share:.0%}"
        return f"[{'#' * int(WIDTH * share):.<{WIDTH}}] {count}, {minutes}:{rest:02} left"

    def _write(self, line: str) -> None:
        self.stream.write(f"\r\x1b[K{line}" if self._is_terminal else f"{line}\n")
        self.stream.flush()
