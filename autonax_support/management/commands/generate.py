"""`manage.py generate` fills a database with invented tickets, for measuring and for looking at long lists."""

from argparse import ArgumentParser
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from autonax_support.generating.announcements import announce
from autonax_support.generating.loading import first_free, load, refresh_statistics
from autonax_support.generating.people import settle
from autonax_support.generating.world import Plan
from autonax_support.progress import ProgressLine
from tickets.models import Ticket

PRODUCTION = (
    "این فرمان تیکت‌های ساختگی ثبت می‌کند و برای سامانه در حال کار نیست.\n"
    "This command writes invented tickets, and this environment names a site of its own. Say --force if that is what you want."
)
NOT_EMPTY = (
    "این پایگاه داده تیکت دارد؛ تیکت ساختگی به آن افزوده نشد.\n"
    "This database holds tickets. Say --force to add the invented ones to them: nothing can take them out again."
)


class Command(BaseCommand):
    help = "Writes invented tickets with messages, people, events, ratings and attachments (rows only, no files) into the database."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--tickets", type=int, default=10_000, help="how many; each thousand has 4,000 messages (default 10,000)")
        parser.add_argument("--seed", type=int, default=1, help="the same seed, number and --until give the same rows")
        parser.add_argument("--until", type=datetime.fromisoformat, help="the moment up to which things happened, in UTC; default now")
        parser.add_argument("--password", help="everybody's password; without it the invented people cannot sign in")
        parser.add_argument("--processes", type=int, help="how many make the texts; default one for each CPU")
        parser.add_argument("--force", action="store_true", help="also in production, and beside tickets that are there")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["tickets"] < 1:
            raise CommandError("--tickets: 1 or more")
        if not options["force"]:
            _refuse_to_spoil()
        until = options["until"].replace(tzinfo=UTC) if options["until"] else timezone.now()
        number, message = first_free()
        plan = Plan(options["tickets"], options["seed"], int(until.timestamp()), number, message)
        progress = ProgressLine("tickets")
        with transaction.atomic():
            world = settle(plan, options["password"])
            announce(plan)
            load(plan, world, progress, options["processes"])
        progress.say("Statistics")
        refresh_statistics()
        seconds = progress.end()
        self.stdout.write(f"{plan.tickets:,} tickets in {seconds:.1f} s, {plan.tickets / seconds:,.0f}/s")


def _refuse_to_spoil() -> None:
    if not settings.DEMO:
        raise CommandError(PRODUCTION)
    if Ticket.objects.exists():
        raise CommandError(NOT_EMPTY)
