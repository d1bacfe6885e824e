from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q

from autonax_support.schema.lengths import at_most

HANDLE_LIVES = timedelta(seconds=60)
KEPT_AFTER = timedelta(days=1)  # longer than any token lives, whatever a clock has done meanwhile


class LaunchUseQuerySet(models.QuerySet["LaunchUse"]):
    def arriving(self, at: datetime) -> LaunchUseQuerySet:
        """Whose browser may still come with its handle."""
        return self.select_related("user__office").filter(arrived_at=None, used_at__gt=at - HANDLE_LIVES, used_at__lte=at)

    def lost(self, at: datetime) -> LaunchUseQuerySet:
        """With a case, though nobody arrives with it any more."""
        return self.filter(arrived_at=None, used_at__lte=at - HANDLE_LIVES).exclude(case={})

    def outlived(self, at: datetime) -> LaunchUseQuerySet:
        return self.filter(expires_at__lt=at - KEPT_AFTER)


class LaunchUse(models.Model):
    """A launch token that has been used: it is no good a second time. The case stays here for the seconds until its browser arrives."""

    issuer = models.CharField("سامانه میزبان", max_length=200)
    token_id = models.CharField("شناسه لینک ورود", max_length=100)
    used_at = models.DateTimeField("زمان استفاده")
    expires_at = models.DateTimeField("پایان اعتبار", db_index=True)
    # NULL only within the transaction that uses the token up
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="launches", verbose_name="کاربر")
    handle = models.CharField("نشانه ورود", max_length=64, null=True, unique=True)  # noqa: DJ001 - as the user
    target = models.CharField("مقصد", max_length=20, blank=True)
    case = models.JSONField("پرونده", default=dict, blank=True)
    arrived_at = models.DateTimeField("زمان رسیدن", null=True, blank=True)

    objects = LaunchUseQuerySet.as_manager()

    class Meta:
        verbose_name = "ورود از اتوناکس"
        verbose_name_plural = "ورودها از اتوناکس"
        constraints = [
            models.UniqueConstraint(fields=["issuer", "token_id"], name="launch_token_used_once"),
            models.CheckConstraint(condition=Q(arrived_at=None) | Q(case={}), name="launch_case_goes_on_arrival"),
            at_most(200, "issuer", name="launch_issuer_length"),
            at_most(100, "token_id", name="launch_token_id_length"),
        ]

    def __str__(self) -> str:
        return f"{self.issuer} {self.used_at:%Y-%m-%dT%H:%M}"
