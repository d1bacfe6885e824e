"""Runs the command, small and in this process."""

from datetime import UTC, datetime
from io import StringIO

from django.core.management import call_command

UNTIL = datetime(2026, 8, 1, tzinfo=UTC)
TICKETS = 60


def generate(tickets: int = TICKETS, **options) -> None:
    call_command("generate", tickets=tickets, until=UNTIL, processes=1, stdout=StringIO(), **options)
