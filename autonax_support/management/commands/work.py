"""`manage.py work`: does what the program leaves for later. Any number of them may run, on any number of machines."""

import logging
import os
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from autonax_support.notices import jobs
from autonax_support.work import worker

NICE = 10  # pages come first


class Command(BaseCommand):
    help = "Runs background jobs until it is told to end (SIGTERM or Ctrl-C)."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do what is due, and end")
        parser.add_argument("--name", default="", help="shown at the desk beside the job in hand; the host's name if not given")
        lease, grace = int(jobs.LEASE.total_seconds()), int(jobs.GRACE)
        parser.add_argument("--lease", type=float, default=lease, help=f"seconds until a killed worker's job is taken again ({lease})")
        parser.add_argument("--grace", type=float, default=grace, help=f"seconds a running job gets when the worker must end ({grace})")

    def handle(self, *args: Any, **options: Any) -> None:
        if not 0 < options["lease"] <= 60 or not 0 < options["grace"] <= 25:
            raise CommandError("--lease is more than 0 and at most 60 seconds, --grace at most 25.")
        if options["verbosity"] == 0:
            logging.getLogger(jobs.__name__).setLevel(logging.WARNING)
        ours = worker(name=options["name"], lease=timedelta(seconds=options["lease"]), grace=options["grace"])
        if options["once"]:
            ours.run_once()
        else:
            os.setpriority(os.PRIO_PROCESS, 0, max(NICE, os.getpriority(os.PRIO_PROCESS, 0)))
            ours.run()
