"""One delivery after another, on its way out. What a worker does with them, as `jobs.py` says it of jobs.

A delivery is sent once; twice where a worker died in the act; and where a gateway takes it and never says so, until its attempts are
used up.
"""

from __future__ import annotations

import logging
import random
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from django.utils import timezone

from autonax_support.notices.composing import Tell, compose
from autonax_support.notices.gateways import Away, Gateway, Mail, Refused, Sms, Trouble, Unanswered, gateway_to, is_open
from autonax_support.notices.models import Channels, Delivery
from autonax_support.notices.models.job import ATTEMPTS_MAX, LeaseLost

PAUSE = timedelta(minutes=1)  # of a whole channel whose gateway is away
LONGER_PAUSE = timedelta(minutes=5)  # of the delivery that found that out: if it was to blame, it is not the first again

logger = logging.getLogger(__name__)


class Sending:
    """For one worker. `tell` says what notices are about; `gateways` are this site's unless a test has its own."""

    def __init__(
        self,
        tell: Tell,
        *,
        by: str,
        lease: timedelta,
        clock: Callable[[], datetime] = timezone.now,
        gateways: Mapping[str, Gateway] | None = None,
    ) -> None:
        self.tell, self.by, self.lease, self.clock, self.gateways = tell, by, lease, clock, gateways or {}

    def claim(self, at: datetime) -> Delivery | None:
        return Delivery.objects.claim(by=self.by, at=at, lease=self.lease)

    def attempt(self, delivery: Delivery, at: datetime) -> None:
        """To its end: sent, to be tried again, given up or dropped."""
        if delivery.is_past_hope:
            self._given_up(delivery, "WorkerLost")
            return
        try:
            self._send(delivery, at)
        except LeaseLost:
            logger.warning("delivery %s was taken by another worker meanwhile", delivery.pk)
        except Refused as trouble:
            self._given_up(delivery, str(trouble))
        except Unanswered as trouble:
            self._failed(delivery, str(trouble))
            self._others_wait(delivery)
        except Away as trouble:
            self._gateway_is_away(delivery, str(trouble))
        except Trouble as trouble:
            self._failed(delivery, str(trouble))
        except Exception as error:  # noqa: BLE001 - of the words, say; the next delivery must not wait for it
            self._failed(delivery, type(error).__name__, error)

    def _send(self, delivery: Delivery, at: datetime) -> None:
        letter = self._letter(delivery, at)
        if letter is None:
            return
        gateway = self.gateways.get(delivery.channel) or gateway_to(delivery.channel)
        gateway.send(letter, lambda: self._begin(delivery))
        if not delivery.finish(at=self.clock()):
            logger.warning("delivery %s was sent, but its lease had ended before", delivery.pk)

    def _letter(self, delivery: Delivery, at: datetime) -> Mail | Sms | None:
        """None: it is not to be sent, or not now, and that is stored."""
        person = delivery.notices.select_related("recipient").order_by("pk")[0].recipient
        channels = Channels.objects.of([person])[person.pk]
        is_wanted = delivery.readdress(person) and channels.wants(delivery.channel) and is_open(delivery.channel)
        letter = compose(delivery, self.tell, at) if is_wanted else None
        if letter is None:
            logger.info("delivery %s (%s) is dropped: there is nothing to tell, or no way to", delivery.pk, delivery.channel)
            delivery.drop()
            return None
        if (until := channels.time_for(delivery.channel, at)) > at:
            delivery.wait(until=until)
            return None
        return letter

    def _begin(self, delivery: Delivery) -> None:
        if not delivery.begin(at=self.clock(), lease=self.lease):
            raise LeaseLost

    def _gateway_is_away(self, delivery: Delivery, what: str) -> None:
        """It costs no attempt, but what has waited for days is no news any more."""
        at = self.clock()
        if at >= delivery.expires_at:
            self._given_up(delivery, what)
            return
        logger.warning("%s: the gateway is away (%s)", delivery.channel, what)
        delivery.wait(what, until=at + _about(LONGER_PAUSE))
        self._others_wait(delivery)

    def _others_wait(self, delivery: Delivery) -> None:
        at = self.clock()
        Delivery.objects.put_off(delivery.channel, at=at, until=at + _about(PAUSE))

    def _failed(self, delivery: Delivery, what: str, error: Exception | None = None) -> None:
        reference = f"{secrets.randbelow(10**7):07}"
        line = "delivery %s (%s) failed: %s, attempt %s, error reference %s"
        logger.error(line, delivery.pk, delivery.channel, what, delivery.attempts, reference, exc_info=error)
        delivery.fail(f"{what} {reference}", at=self.clock())
        if delivery.attempts >= ATTEMPTS_MAX:
            logger.error("delivery %s (%s) is given up", delivery.pk, delivery.channel)

    def _given_up(self, delivery: Delivery, what: str) -> None:
        logger.warning("delivery %s (%s) is given up: %s", delivery.pk, delivery.channel, what)
        delivery.give_up(what)


def _about(pause: timedelta) -> timedelta:
    return pause * random.uniform(0.8, 1.2)  # noqa: S311 # nosec B311 # no secret
