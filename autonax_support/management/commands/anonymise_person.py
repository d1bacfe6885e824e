"""`manage.py anonymise_person` makes one user nobody, or takes one national ID out of everything; without --yes it counts."""

from __future__ import annotations

from argparse import ArgumentParser
from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from autonax_support.accounts.models import User
from autonax_support.management.commands._person import add_whom, lines, the_number, the_user
from autonax_support.privacy import citizens, people

LAST_MANAGER = (
    "این کاربر تنها مدیر پشتیبانی فعال است. نخست مدیر دیگری تعیین کنید.\n"
    "This is the last active support manager. Appoint another one first."
)
DRY_RUN = "چیزی تغییر نکرد؛ برای انجام، --yes را بیفزایید.\nNothing was changed; add --yes to do it. It would change:"
DONE = "ناشناس‌سازی انجام شد؛ این کار برنمی‌گردد.\nDone, and not to be undone:"


class Command(BaseCommand):
    help = "Removes one user's names and ways in, or one citizen's national ID. Only counts, unless --yes is given."

    def add_arguments(self, parser: ArgumentParser) -> None:
        add_whom(parser)
        parser.add_argument("--files", action="store_true", help="citizen: also erase the files of tickets that carry the number")
        parser.add_argument("--yes", action="store_true", help="do it")

    def handle(self, *args: Any, **options: Any) -> None:
        at, user = timezone.now(), the_user(options)
        counts = self._user(user, at, options) if user else self._citizen(the_number(options), at, options)
        self.stdout.write(f"{DONE if options['yes'] else DRY_RUN}\n{lines(counts)}")

    def _user(self, user: User, at: datetime, options: dict[str, Any]) -> dict[str, int]:
        try:
            people.refuse_the_last_manager(user)
            return people.anonymise(user, at=at) if options["yes"] else people.what_would_go(user)
        except people.LastManager:
            raise CommandError(LAST_MANAGER) from None

    def _citizen(self, number: str, at: datetime, options: dict[str, Any]) -> dict[str, int]:
        if options["yes"]:
            return citizens.anonymise(number, at=at, with_files=options["files"])
        return {"tickets": len(citizens.tickets_with(number)), "drafts": len(citizens.drafts_with(number))}
