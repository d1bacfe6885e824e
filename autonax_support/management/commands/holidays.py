"""`manage.py holidays FILE`: a year's official holidays. The file is described in tickets/holidays.py."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from tickets import holidays, rescheduling


class Command(BaseCommand):
    help = "Adds and changes official holidays from a CSV file. Due times that this moves are moved by the worker."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=holidays.SHIPPED, help="the shipped one if not given")
        parser.add_argument("--dry-run", action="store_true", help="only say what would be done")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            rows = holidays.read(options["file"].read_text(encoding="utf-8-sig").splitlines())
            with transaction.atomic():
                done = holidays.store(rows)
                moved = self._move() if done.added or done.changed else 0
                doubtful = holidays.doubtful(rows)
                transaction.set_rollback(options["dry_run"])
        except (holidays.BadFile, OSError, UnicodeDecodeError) as wrong:
            raise CommandError(f"Nothing was imported. {wrong}") from wrong
        would = "would be " if options["dry_run"] else ""
        self.stdout.write(f"{done.added} {would}added, {done.changed} {would}changed, {done.unchanged} as they were")
        for line in doubtful:
            self.stdout.write(line)
        if moved:
            most = rescheduling.COUNTED_MAX
            self.stdout.write(f"{f'more than {most}' if moved > most else moved} due times {would or 'are being '}moved")

    def _move(self) -> int:
        """How many due times the holidays move; the job is in the same transaction."""
        rescheduling.enqueue(None, cause="holiday", day=None, at=timezone.now())
        return rescheduling.would_move(None)
