"""People who can be reached, and what a test sends them with."""

from datetime import timedelta

from autonax_support.accounts.models import User
from autonax_support.notices.composing import compose
from autonax_support.notices.models import Delivery
from autonax_support.notices.sending import Sending
from autonax_support.telling import tell
from tests.notices.conftest import AT

LEASE = timedelta(seconds=45)


def reachable(person, *, email="", mobile=""):
    User.objects.filter(pk=person.pk).update(email=email, mobile=mobile)
    person.refresh_from_db()
    return person


def deliveries(channel="email"):
    return list(Delivery.objects.filter(channel=channel).order_by("pk"))


def letter_of(delivery, at=AT):
    return compose(delivery, tell, at)


class Tray:
    """A gateway that keeps what it is given, or raises what it is told to raise; what it has begun is told as well."""

    def __init__(self, *troubles, after_begin=False):
        self.sent, self.troubles, self.after_begin = [], list(troubles), after_begin

    def send(self, letter, begin):
        if not self.after_begin and self.troubles:
            raise self.troubles.pop(0)
        begin()
        if self.troubles:
            raise self.troubles.pop(0)
        self.sent.append(letter)


def sending(clock, *, by="w", email=None, sms=None):
    return Sending(tell, by=by, lease=LEASE, clock=clock, gateways={"email": email or Tray(), "sms": sms or Tray()})


def run(ours):
    """Everything that is due; how many were taken."""
    taken = 0
    while delivery := ours.claim(ours.clock()):
        ours.attempt(delivery, ours.clock())
        taken += 1
    return taken
