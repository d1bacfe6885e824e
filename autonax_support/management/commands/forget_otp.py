"""`manage.py forget_otp --user NAME`: the last way in for a manager who has lost phone and paper and has no colleague to reset it."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from autonax_support.accounts import second_factor
from autonax_support.accounts.models import AuditEntry, AuditVerb
from autonax_support.management.commands._person import named

DONE = "ورود دومرحله‌ای برداشته شد؛ ورود با گذرواژه.\nThe second factor is gone; the password alone signs in."
NOTHING = "برای این کاربر ورود دومرحله‌ای فعال نبود.\nThis user had no second factor."


class Command(BaseCommand):
    help = "Takes a user's second factor away and ends the sessions. Needs the shell of the server, and is audited."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--user", metavar="NAME", required=True, help="user name of a member of the staff")

    def handle(self, *args: Any, **options: Any) -> None:
        user = named(options["user"])
        if not second_factor.forget(user):
            self.stdout.write(NOTHING)
            return
        user.end_sessions()
        AuditEntry.record(AuditVerb.OTP_RESET, actor=None, address="", at=timezone.now(), model="accounts.user", id=user.pk)
        self.stdout.write(DONE)
