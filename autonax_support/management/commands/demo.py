"""`manage.py demo` loads the demo's people, tickets and announcements, once; bin/demo shows the sign-ins it prints."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from autonax_support.accounts.models import Office, User
from autonax_support.demo.announcements import announce
from autonax_support.demo.canned import keep_replies
from autonax_support.demo.drafts import leave_a_draft
from autonax_support.demo.guide import GUIDE_CASE, PLATE, file_guide_tickets, skip_numbers_up_to
from autonax_support.demo.host import make_keys
from autonax_support.demo.people import PASSWORD, SIGN_INS, settle
from autonax_support.demo.playing import Play
from autonax_support.demo.stories import STORIES
from tickets.models import Ticket

FIRST_OF_TODAY = 118_201  # as if the years since the guide had used up the numbers between

NOT_THE_DEMO = (
    "داده‌های نمایشی فقط در پایگاه داده نسخه نمایشی ثبت می‌شود.\n"
    "Demo data is loaded into the demo's own database only. This environment names a site of its own "
    "(SECRET_KEY, DATABASE_URL, SITE_URL or ALLOWED_HOSTS is set)."
)
NOT_EMPTY = (
    "این پایگاه داده کاربران دیگری دارد؛ داده نمایشی به آن افزوده نشد.\n"
    "This database holds people who are not the demo's. Name another folder with DEMO_DIR."
)


class Command(BaseCommand):
    help = "Loads the demo's data into the demo's own database. A second time it changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(NOT_THE_DEMO)
        make_keys(settings.DEMO_DIR, settings.PORT)
        with transaction.atomic():
            if not is_loaded():
                if User.objects.exists() or Office.objects.exists():
                    raise CommandError(NOT_EMPTY)
                load()
        self.stdout.write(f"Sign in with the password {PASSWORD}")
        for username, words in SIGN_INS.items():
            self.stdout.write(f"  {username:<8}{words}")
        self.stdout.write(f"or come from Autonax without one: {settings.SITE_URL}{reverse('demo_host')}")


def is_loaded() -> bool:
    """Its own ticket tells: nobody can delete it, or change its number."""
    return Ticket.objects.filter(pk=PLATE, tracking_number=GUIDE_CASE.tracking_number).exists()


def load() -> None:
    now = timezone.now()
    people = settle(now)
    keep_replies()
    file_guide_tickets(people)
    skip_numbers_up_to(FIRST_OF_TODAY)
    Play(STORIES, people, now).perform()
    leave_a_draft(people["reza"], now)
    announce(people, now)
