from __future__ import annotations

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Sum
from django.db.models.fields.json import KT
from django.urls import reverse

from autonax_support.accounts.models import User
from autonax_support.persian.identity import ISOLATED, veil_national_ids

TITLE_MAX = 80

SAMPLE_FIELDS = tuple((f"sample_tracking_{row}", f"sample_national_id_{row}") for row in (1, 2, 3))
REFERENCE_FIELDS = ("owner_national_id", "buyer_national_id", "seller_national_id", *(name for pair in SAMPLE_FIELDS for name in pair))
WRITTEN_FIELDS = ("subject", "tracking_number", "national_id", *REFERENCE_FIELDS, "body")


class DraftQuerySet(models.QuerySet["Draft"]):
    def of(self, owner: User) -> DraftQuerySet:
        return self.filter(owner=owner.pk)

    def reachable_by(self, owner: User) -> DraftQuerySet:
        """One's own drafts, but for those of tickets that have gone out of sight since."""
        tickets = self.model._meta.get_field("ticket").related_model.objects.visible_to(owner)
        return self.of(owner).filter(Q(ticket=None) | Exists(tickets.filter(pk=OuterRef("ticket_id"))))

    def with_upload_mark(self) -> DraftQuerySet:
        """`has_uploads` saves the pages a query for what is rarely there."""
        uploads = self.model._meta.get_field("uploads").related_model.objects
        return self.annotate(has_uploads=Exists(uploads.filter(draft=OuterRef("pk"))))

    def with_file_counts(self) -> DraftQuerySet:
        return self.annotate(file_count=Count("attachments", distinct=True) + Count("uploads", distinct=True))

    def files_waiting(self, owner: User) -> int:
        """How many files lie in a person's drafts, whole or on their way; those that were refused weigh nothing."""
        counted = self.of(owner).annotate(unfinished=Count("uploads", filter=~Q(uploads__state="refused"), distinct=True))
        sums = counted.annotate(whole=Count("attachments", distinct=True)).aggregate(files=Sum(F("unfinished") + F("whole")))
        return sums["files"] or 0

    def newest(self, owner: User, kind: str, ticket_id: int | None) -> Draft | None:
        return self.of(owner).filter(kind=kind, ticket_id=ticket_id).newest_first().first()

    def of_case(self, *spellings: str) -> DraftQuerySet:
        """Filing drafts with this tracking number; they keep it in the digits in which it was typed or shown."""
        return self.filter(kind=Draft.Kind.FILING).alias(number=KT("data__tracking_number")).filter(number__in=spellings)

    def newest_first(self) -> DraftQuerySet:
        return self.order_by("-updated_at")


class Draft(models.Model):
    """What a person typed and uploaded but did not send. Its key becomes the submission key."""

    class Kind(models.TextChoices):
        FILING = "filing", "ثبت تیکت"
        REPLY = "reply", "پاسخ کاربر"
        ANSWER = "answer", "پاسخ پشتیبانی"

    key = models.UUIDField("کلید", primary_key=True, default=uuid.uuid4)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="drafts", verbose_name="نویسنده", db_index=False)
    kind = models.CharField("نوع", max_length=6, choices=Kind)
    ticket = models.ForeignKey("tickets.Ticket", models.PROTECT, null=True, related_name="drafts", verbose_name="تیکت")
    data = models.JSONField("متن", default=dict)
    version = models.PositiveIntegerField("نسخه", default=1)
    page = models.UUIDField("صفحه", null=True, editable=False, help_text="صفحه‌ای که آخرین بار در آن نوشته شد.")
    updated_at = models.DateTimeField("زمان")

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = "پیش‌نویس"
        verbose_name_plural = "پیش‌نویس‌ها"
        indexes = [models.Index(fields=["owner", "kind", "ticket", "-updated_at"], name="draft_of_owner")]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="filing", ticket=None) | Q(kind__in=["reply", "answer"], ticket__isnull=False),
                name="draft_kind_fits_ticket",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.ticket_id or ''}".strip()

    def get_absolute_url(self) -> str:
        """The form in which the text stands again."""
        if self.kind == self.Kind.FILING:
            return f"{reverse('tickets:new')}?draft={self.key}"
        if self.kind == self.Kind.REPLY:
            return f"{reverse('inbox:ticket', args=[self.ticket_id])}?draft={self.key}#reply"
        return f"{reverse('admin:tickets_ticket_change', args=[self.ticket_id])}?draft={self.key}#answer"

    @property
    def title(self) -> str:
        """What the list of drafts calls it: the subject, or the first words of the text; national IDs masked before the cut."""
        return veil_national_ids(self.data.get("subject") or self.data.get("body", ""), frame=ISOLATED)[:TITLE_MAX]

    @property
    def has_words(self) -> bool:
        """Whether a person wrote anything in it; a department or a box that is merely set is no text."""
        return any(self.data.get(name) for name in WRITTEN_FIELDS)
