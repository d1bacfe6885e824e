from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from autonax_support.accounts.models import User
from autonax_support.notices.models.delivery import Delivery
from autonax_support.persian.calendar import tehran

QUIET_FROM, QUIET_UNTIL = 21, 8  # hours of Tehran


class ChannelsQuerySet(models.QuerySet["Channels"]):
    def of(self, people: Iterable[User]) -> dict[int, Channels]:
        """By person; who has never chosen gets what is usual."""
        people = list(people)
        chosen = {row.user_id: row for row in self.filter(user__in=[person.pk for person in people])}
        return {person.pk: chosen.get(person.pk) or Channels.usual(person) for person in people}


class Channels(models.Model):
    """How one person wants to be told, beside the bell that is always there; and when no SMS shall disturb them."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="channels", verbose_name="کاربر")
    email = models.BooleanField("ایمیل", default=True)
    sms = models.BooleanField("پیامک", default=False)
    quiet_from = models.PositiveSmallIntegerField("آغاز سکوت پیامک", default=QUIET_FROM)
    quiet_until = models.PositiveSmallIntegerField("پایان سکوت پیامک", default=QUIET_UNTIL)

    objects = ChannelsQuerySet.as_manager()

    class Meta:
        verbose_name = "راه‌های خبررسانی"
        verbose_name_plural = "راه‌های خبررسانی"
        constraints = [models.CheckConstraint(condition=Q(quiet_from__lte=23, quiet_until__lte=23), name="channels_quiet_hours")]

    def __str__(self) -> str:
        return str(self.user)

    @classmethod
    def usual(cls, person: User) -> Channels:
        """Experts sit before the desk; clerks are told by SMS too, so that nobody has to phone."""
        return cls(user=person, email=True, sms=person.is_office)

    def wants(self, channel: str) -> bool:
        return self.email if channel == Delivery.Channel.EMAIL else self.sms

    def time_for(self, channel: str, at: datetime) -> datetime:
        """`at`, or for an SMS that would come in quiet hours their end. The same hour twice means that none is quiet."""
        if channel != Delivery.Channel.SMS or not self._is_quiet(tehran(at).hour):
            return at
        end = tehran(at).replace(hour=self.quiet_until, minute=0, second=0, microsecond=0)
        return end if end > at else end + timedelta(days=1)

    def _is_quiet(self, hour: int) -> bool:
        if self.quiet_from <= self.quiet_until:
            return self.quiet_from <= hour < self.quiet_until
        return hour >= self.quiet_from or hour < self.quiet_until
