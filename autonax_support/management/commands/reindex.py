"""`manage.py reindex` writes the search rows that are missing or were made by an older version of the program."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from autonax_support.persian.text import to_persian_digits
from autonax_support.progress import ProgressLine
from tickets.rebuilding import rebuild


class Command(BaseCommand):
    help = "Writes the search rows that are missing or outlived. May be cut off, run again, and run while people work."

    def handle(self, *args: Any, **options: Any) -> None:
        progress = ProgressLine(stream=options.get("stderr"))
        written = rebuild(progress)
        progress.end()
        self.stdout.write(f"{to_persian_digits(written)} متن برای جستجو آماده شد.\n{written} texts were made ready for searching.")
