"""`manage.py export_person` writes what the program knows of one person into a ZIP that only its maker can read."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from autonax_support.management.commands._person import add_whom, lines, the_number, the_user
from autonax_support.privacy.export import export_citizen, export_user


class Command(BaseCommand):
    help = "Writes the data of one user or one citizen into a new ZIP file (data.json and the files), readable by you alone."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_whom(parser)
        parser.add_argument("--to", required=True, type=Path, metavar="FILE", help="the ZIP to write; it must not exist")

        parser.add_argument("--with-notes", action="store_true", help="the internal notes of the desk too, which are otherwise left out")

    def handle(self, *args: Any, **options: Any) -> None:
        user, path = the_user(options), options["to"]
        how = {"at": timezone.now(), "with_notes": options["with_notes"]}
        try:
            counts = export_user(user, path, **how) if user else export_citizen(the_number(options), path, **how)
        except FileExistsError:
            raise CommandError(f"{path}: این فایل از پیش هست و بازنویسی نمی‌شود.\nThis file exists and is not overwritten.") from None
        except OSError as error:
            raise CommandError(f"{path}: فایل نوشته نشد.\nThe file was not written: {error.strerror}.") from error
        self.stdout.write(f"{path}: خروجی اطلاعات شخصی آماده است.\nThe export is ready:\n{lines(counts)}")
