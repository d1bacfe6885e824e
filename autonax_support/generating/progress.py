"""One line on a terminal, or on a log now and then: how far it is, how quick, how long yet."""

import sys
import time
from typing import TextIO

WIDTH = 24


class Progress:
    def __init__(self, total: int, stream: TextIO | None = None) -> None:
        self.total, self.done, self.stream = total, 0, stream or sys.stderr
        self.began = self._shown = time.monotonic()
        self._is_terminal = self.stream.isatty()

    def advance(self, count: int) -> None:
        self.done += count
        now = time.monotonic()
        if now - self._shown >= (0.2 if self._is_terminal else 10) or self.done >= self.total:
            self._shown = now
            self._write(self._line(now - self.began))

    def say(self, what: str) -> None:
        self._write(f"{what}, after {time.monotonic() - self.began:.0f} s …")

    def end(self) -> float:
        """Seconds from the beginning."""
        if self._is_terminal:
            self.stream.write("\n")
        return time.monotonic() - self.began

    def _line(self, seconds: float) -> str:
        rate = self.done / max(seconds, 0.001)
        full = WIDTH * self.done // self.total
        left = (self.total - self.done) / max(rate, 0.001)
        bar = "#" * full + "." * (WIDTH - full)
        return f"[{bar}] {self.done:,} of {self.total:,} tickets, {rate:,.0f}/s, {left // 60:.0f}:{left % 60:02.0f} left"

    def _write(self, line: str) -> None:
        self.stream.write(f"\r\x1b[K{line}" if self._is_terminal else f"{line}\n")
        self.stream.flush()
