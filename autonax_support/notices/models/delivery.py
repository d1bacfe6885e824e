from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q

from autonax_support.accounts.models import User
from autonax_support.notices.models.job import ATTEMPTS_MAX, CANDIDATES, DUE_WITHIN, ERROR_MAX, wait_after
from autonax_support.notices.models.notice import Notice
from autonax_support.persian.text import to_persian_digits
from autonax_support.schema.lengths import at_most

TRIED_FOR = timedelta(days=3)  # news that found its gateway away for so long is none any more; the bell has it
SENDINGS_MAX = 2  # of one delivery, by workers who did not live to say what became of it


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def open(self) -> DeliveryQuerySet:
        return self.filter(state__in=Delivery.OPEN)

    def due(self, at: datetime) -> DeliveryQuerySet:
        """Its time has come, nobody has it in hand, and nothing older of the same order is still to be sent."""
        free = Q(leased_until=None) | Q(leased_until__lte=at)
        older = Delivery.objects.open().filter(ordering_key=OuterRef("ordering_key"), pk__lt=OuterRef("pk"))
        return self.open().filter(free, ~Exists(older), run_at__lte=at).order_by("run_at", "id")

    def keep_up(self, at: datetime) -> bool:
        """Nothing has been due for long; what waits for its gateway is not due."""
        return not self.due(at - DUE_WITHIN).exists()

    def joinable(self, keys: Iterable[str], at: datetime) -> dict[str, int]:
        """By ordering key the delivery to which something of `at` may still be added. Locked: no worker takes it before the commit."""
        waiting = self.filter(ordering_key__in=keys, state=Delivery.State.QUEUED, leased_until=None, run_at__gt=at)
        return dict(waiting.select_for_update(of=("self",)).order_by("pk").values_list("ordering_key", "pk"))

    def put_off(self, channel: str, *, at: datetime, until: datetime) -> int:
        """All that would go this way before then: the gateway is away, and one of them has found that out."""
        with transaction.atomic():
            soon = self.open().filter(channel=channel, run_at__lt=until).filter(Q(leased_until=None) | Q(leased_until__lte=at))
            free = list(soon.select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True))
            return self.filter(pk__in=free).update(run_at=until)


class DeliveryManager(models.Manager.from_queryset(DeliveryQuerySet)):
    def claim(self, *, by: str, at: datetime, lease: timedelta) -> Delivery | None:
        """As `Job.objects.claim` does it."""
        if not self.due(at).exists():
            return None
        with transaction.atomic():
            candidates = self.due(at).select_for_update(of=("self",), skip_locked=True).values_list("pk", flat=True)
            for pk in list(candidates[:CANDIDATES]):
                taken = self.due(at).order_by().filter(pk=pk)
                if taken.update(leased_until=at + lease, leased_by=by, attempts=F("attempts") + 1):
                    return self.get(pk=pk)
        return None


class Delivery(models.Model):
    """The way of some notices to one person by e-mail or SMS. Claimed by a conditional UPDATE with a lease; never sent in a request.

    What has one `ordering_key` (channel, person, ticket) goes out in the order of the ids. Each verb below is an UPDATE that only the
    holder can make. `sendings` counts those whose end nobody knows: a worker died, or may have died, in the act.
    """

    class Channel(models.TextChoices):
        EMAIL = "email", "ایمیل"
        SMS = "sms", "پیامک"

    class State(models.TextChoices):
        QUEUED = "queued", "در صف ارسال"
        SENT = "sent", "فرستاده شد"
        WAITING = "waiting", "در انتظار تلاش دوباره"
        DEAD = "dead", "ارسال ناموفق"
        DROPPED = "dropped", "کنار گذاشته شد"

    OPEN = (State.QUEUED, State.WAITING)
    UNSENT = (State.DEAD, State.DROPPED)

    channel = models.CharField("راه خبررسانی", max_length=5, choices=Channel)
    target = models.CharField("نشانی", max_length=254)
    notices = models.ManyToManyField("notices.Notice", related_name="deliveries", verbose_name="اعلان‌ها")
    ordering_key = models.CharField("کلید ترتیب", max_length=64)
    state = models.CharField("وضعیت", max_length=7, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField("تلاش‌ها", default=0)
    sendings = models.PositiveSmallIntegerField("ارسال‌های بی‌خبر", default=0, db_default=0)
    error = models.CharField("آخرین خطا", max_length=ERROR_MAX, blank=True, default="", db_default="")
    run_at = models.DateTimeField("زمان ارسال")
    expires_at = models.DateTimeField("تلاش تا")
    leased_until = models.DateTimeField("در دست تا", null=True, blank=True)
    leased_by = models.CharField("در دست", max_length=64, blank=True)
    sent_at = models.DateTimeField("زمان فرستادن", null=True, blank=True)

    objects = DeliveryManager()

    class Meta:
        verbose_name = "ارسال اعلان"
        verbose_name_plural = "ارسال اعلان‌ها"
        constraints = [
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | ~Q(state="sent") & Q(sent_at=None), name="delivery_sent_whole"
            ),
            at_most(ERROR_MAX, "error", name="delivery_error_length"),
        ]
        indexes = [
            models.Index(fields=["run_at", "id"], name="delivery_due", condition=Q(state__in=["queued", "waiting"])),
            models.Index(fields=["ordering_key", "id"], name="delivery_order", condition=Q(state__in=["queued", "waiting"])),
            models.Index(fields=["expires_at"], name="delivery_to_sweep", condition=Q(state__in=["sent", "dead", "dropped"])),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {to_persian_digits(self.pk)}"

    @property
    def is_past_hope(self) -> bool:
        """Those who had it before did not live to say what was wrong; two of them may have sent it."""
        return self.sendings >= SENDINGS_MAX or self.attempts > ATTEMPTS_MAX

    def told(self) -> list[Notice]:
        """What it is about, oldest first; all of one person."""
        notices = self.notices.select_related("recipient__office", "ticket__department", "ticket__office", "event__actor", "event__message")
        return list(notices.order_by("pk"))

    def readdress(self, person: User) -> bool:
        """To where its person is reached by now; False: nowhere."""
        target = address_of(person, self.channel)
        if target and target != self.target:
            self._held().update(target=target)
            self.target = target
        return bool(target)

    def begin(self, *, at: datetime, lease: timedelta) -> bool:
        """From here on it may arrive. False: it is no longer held here, and must not be sent."""
        self.has_begun = self._held().update(sendings=F("sendings") + 1, leased_until=at + lease) == 1
        return self.has_begun

    def finish(self, *, at: datetime) -> bool:
        return self._let_go(state=self.State.SENT, sent_at=at, error="")

    def fail(self, error: str, *, at: datetime) -> bool:
        """Tried again after a growing wait, until it has failed ATTEMPTS_MAX times."""
        if self.attempts >= ATTEMPTS_MAX:
            return self.give_up(error)
        return self._not_sent(state=self.State.WAITING, run_at=at + wait_after(self.attempts), error=error[:ERROR_MAX])

    def give_up(self, error: str) -> bool:
        return self._not_sent(state=self.State.DEAD, error=error[:ERROR_MAX])

    def drop(self) -> bool:
        """Nobody is to be told any more: its person is not reached or does not want it, or what it says was withdrawn. No failure."""
        return self._not_sent(state=self.State.DROPPED, error="")

    def wait(self, error: str = "", *, until: datetime) -> bool:
        """Nothing is wrong with it: this attempt does not count."""
        return self._not_sent(state=self.State.WAITING, run_at=until, error=error[:ERROR_MAX], attempts=self.attempts - 1)

    def break_off(self, *, at: datetime) -> bool:
        """The worker must end in the middle of it; whether it arrives is not known."""
        return self._let_go(state=self.State.WAITING, run_at=at, attempts=self.attempts - 1)

    def revive(self, *, at: datetime) -> bool:
        """Once more from the first attempt, for one that was given up or dropped, to where its person can be reached today."""
        notice = self.notices.select_related("recipient").order_by("pk").first()
        unsent = Delivery.objects.filter(pk=self.pk, state__in=self.UNSENT)
        target = address_of(notice.recipient, self.channel) if notice else ""
        fresh = {"attempts": 0, "sendings": 0, "run_at": at, "expires_at": at + TRIED_FOR, "leased_until": None, "leased_by": ""}
        return bool(target) and unsent.update(state=self.State.QUEUED, target=target, **fresh) == 1

    def _held(self) -> DeliveryQuerySet:
        return Delivery.objects.open().filter(pk=self.pk, leased_by=self.leased_by, attempts=self.attempts)

    def _not_sent(self, **outcome: Any) -> bool:
        known = {"sendings": F("sendings") - 1} if getattr(self, "has_begun", False) else {}
        return self._let_go(**known, **outcome)

    def _let_go(self, **outcome: Any) -> bool:
        return self._held().update(leased_until=None, leased_by="", **outcome) == 1


def address_of(person: User, channel: str) -> str:
    """Where this person is reached that way; nothing where they are not."""
    return (person.email if channel == Delivery.Channel.EMAIL else person.mobile).strip()
