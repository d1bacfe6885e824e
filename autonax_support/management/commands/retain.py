"""`manage.py retain` takes away what is past its time, as the settings RETAIN_… say; --dry-run only tells what that would be."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from autonax_support.management.commands._person import lines
from autonax_support.persian.calendar import numeric
from autonax_support.persian.text import to_persian_digits
from autonax_support.privacy import retention

OFF = (
    "مدت نگهداری تعیین نشده است؛ همه چیز می‌ماند.\n"
    "Everything is kept: none of RETAIN_ATTACHMENTS_DAYS, RETAIN_CLOSED_TEXT_DAYS, RETAIN_AUDIT_DAYS is set."
)
WORDS = {
    "tickets": ("متن تیکت‌های بسته", "texts of closed tickets"),
    "files": ("فایل تیکت‌های بسته", "files of closed tickets"),
    "audit_entries": ("رویدادهای سامانه", "audit entries"),
}


class Command(BaseCommand):
    help = "Erases files and texts of closed tickets and old audit entries, as the settings RETAIN_... say. No ticket is deleted."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--dry-run", action="store_true", help="only tell what would go")

    def handle(self, *args: Any, **options: Any) -> None:
        at = timezone.now()
        due = retention.due(at)
        if not due:
            self.stdout.write(OFF)
        elif options["dry_run"]:
            self.stdout.write("\n".join(map(self._told, due)))
        else:
            counts = {kind: count for kind, count in retention.run(at).items() if count}
            self.stdout.write(f"پاک شد · erased:\n{lines(counts)}" if counts else "چیزی برای پاک کردن نیست.\nNothing is past its time.")

    def _told(self, due: retention.Due) -> str:
        persian, english = WORDS[due.kind]
        days = to_persian_digits(due.days)
        if due.oldest is None:
            return f"{persian}: چیزی از {days} روز نگذشته است.\n  {english}: nothing is older than {due.days} days."
        rows, oldest = to_persian_digits(due.rows), numeric(due.oldest)
        return f"{persian}: {rows} مورد، قدیمی‌ترین {oldest}، نگهداری تا {days} روز.\n  {english}: {due.rows}, kept for {due.days} days."
