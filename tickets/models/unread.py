from __future__ import annotations

from django.conf import settings
from django.db import models

from autonax_support.accounts.models import User


class UnreadQuerySet(models.QuerySet["Unread"]):
    def mark(self, ticket: models.Model, people: list[User]) -> None:
        """Insert the pairs that are not there yet; two answers make one mark."""
        self.bulk_create([Unread(user=person, ticket=ticket) for person in people], ignore_conflicts=True)


class Unread(models.Model):
    """A person of the office has not opened the ticket since support last moved it."""

    pk = models.CompositePrimaryKey("user_id", "ticket_id")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="unread", db_index=False)
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, related_name="unread")

    objects = UnreadQuerySet.as_manager()

    class Meta:
        verbose_name = "پاسخ خوانده‌نشده"
        verbose_name_plural = "پاسخ‌های خوانده‌نشده"

    def __str__(self) -> str:
        return f"{self.user_id}/{self.ticket_id}"
