"""Run inside the product: for each line it is told it forks a child, so that fifty workers do not load the program fifty times.

`prepare N`: files N tickets of an office whose clerk has an address. `answer N`: answers the next N of them, each time later than the
gathering of messages. `work SECONDS`: a worker with this lease. The number of the child is printed; `prepare` and `answer` are done then.
"""

import logging
import os
import sys
from datetime import timedelta

import django

django.setup()

from django.utils import timezone  # noqa: E402

from autonax_support.accounts.models import User  # noqa: E402
from autonax_support.work import worker  # noqa: E402
from tickets.models import Department, Ticket  # noqa: E402
from tickets.verbs.filing import Case  # noqa: E402

logging.disable(logging.WARNING)
SUBJECT = "خبرها"
BEGAN = timezone.now() - timedelta(days=1)


def prepare(number: int) -> None:
    sara = User.objects.get(username="clerk-1-0")
    User.objects.filter(pk=sara.pk).update(email="sara@example.ir")
    department = Department.objects.get(name="پشتیبانی فنی")
    for _ in range(number):
        Ticket.file(by=sara, at=BEGAN, subject=SUBJECT, department=department, body="متن", case=Case(kind="none"))


def answer(number: int) -> None:
    expert = User.objects.get(username="expert-0")
    for ticket in Ticket.objects.filter(subject=SUBJECT).order_by("last_activity_at", "number")[:number]:
        ticket.answer(by=expert, at=ticket.last_activity_at + timedelta(minutes=3), body="پاسخ")


def work(lease: float) -> None:
    worker(name="faults", lease=timedelta(seconds=lease)).run()


for line in sys.stdin:
    verb, _, value = line.partition(" ")
    child = os.fork()
    if not child:
        {"prepare": prepare, "answer": answer, "work": work}[verb](float(value) if verb == "work" else int(value))
        os._exit(0)
    if verb != "work":
        assert os.waitpid(child, 0)[1] == 0
    sys.stdout.write(f"{child}\n")
    sys.stdout.flush()
