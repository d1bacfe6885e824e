import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import partial

from django.conf import settings
from django.db import models, transaction
from django.db.models import F, Q

from autonax_support.accounts.models import User
from autonax_support.schema.lengths import at_most
from autonax_support.schema.uuids import as_uuid

from .. import storage

STATES = {
    "receiving": "در حال بارگذاری",
    "checking": "در حال بررسی فایل",
    "refused": "پذیرفته نشد",
}
REFUSAL_MAX = 500


class OutOfStep(Exception):
    """The chunk does not begin where the upload ends: it came twice, or another was quicker."""


class UploadQuerySet(models.QuerySet["Upload"]):
    def visible_to(self, user: User) -> "UploadQuerySet":
        """A file on its way is its owner's alone."""
        return self.filter(owner=user)

    def of_draft(self, draft: models.Model) -> "UploadQuerySet":
        return self.filter(draft=draft)

    def unfinished(self) -> "UploadQuerySet":
        return self.filter(state__in=self.model.UNFINISHED)

    def stale(self, before: datetime) -> "UploadQuerySet":
        return self.filter(updated_at__lt=before)

    @transaction.atomic
    def erase(self) -> int:
        """Rows go with the transaction, their chunks only once it is committed."""
        rows = list(self.select_for_update(of=("self",)).values_list("pk", "chunks"))
        self.model.objects.filter(pk__in=[pk for pk, _ in rows]).delete()
        keys = [key for _, chunks in rows for key, _ in chunks]
        transaction.on_commit(partial(storage.erase, keys), robust=True)
        return len(rows)


class UploadManager(models.Manager.from_queryset(UploadQuerySet)):
    def remove(self, ids: Iterable[object], draft: models.Model) -> int:
        """Gives up the named uploads of this draft; ids of other drafts and garbage are passed over."""
        return self.of_draft(draft).filter(pk__in=[key for key in map(as_uuid, ids) if key]).erase()


class Upload(models.Model):
    """A file on its way to a draft: `received` of `size` bytes are here, as `chunks` ([storage key, bytes] in their order).

    What passes the checks becomes the Attachment of the same id, and this row goes.
    """

    UNFINISHED = ("receiving", "checking")

    id = models.UUIDField("شناسه", primary_key=True, default=uuid.uuid4, editable=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="uploads", verbose_name="کاربر")
    draft = models.ForeignKey("tickets.Draft", models.PROTECT, related_name="uploads", verbose_name="پیش‌نویس")
    name = models.CharField("نام فایل", max_length=150)
    size = models.PositiveBigIntegerField("حجم")
    received = models.PositiveBigIntegerField("دریافت‌شده", default=0)
    chunks = models.JSONField("تکه‌ها", default=list)
    state = models.CharField("وضعیت", max_length=12, choices=STATES, default="receiving")
    refusal = models.CharField("دلیل نپذیرفتن", max_length=REFUSAL_MAX, blank=True, default="")
    created_at = models.DateTimeField("زمان بارگذاری")
    updated_at = models.DateTimeField("آخرین تکه")

    objects = UploadManager()

    class Meta:
        verbose_name = "فایل"
        verbose_name_plural = "فایل‌ها"
        indexes = [models.Index(fields=["updated_at"], name="upload_to_sweep")]
        constraints = [
            at_most(150, "name", name="upload_name_length"),
            at_most(REFUSAL_MAX, "refusal", name="upload_refusal_length"),
            models.CheckConstraint(
                name="upload_received_within_size",
                condition=Q(size__gte=1, received__gte=0, received__lte=F("size")),
                violation_error_message="حجم دریافت‌شده با حجم فایل نمی‌خواند.",
            ),
            models.CheckConstraint(
                name="upload_state_known",
                condition=Q(state__in=list(STATES)),
                violation_error_message="این وضعیت شناخته نیست.",
            ),
            models.CheckConstraint(
                name="upload_whole_before_check",
                condition=Q(state="receiving") | Q(state="checking", received=F("size")) | Q(state="refused"),
                violation_error_message="فایل پیش از رسیدن کامل بررسی نمی‌شود.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_whole(self) -> bool:
        return self.received == self.size

    @property
    def is_checking(self) -> bool:
        return self.state == "checking"

    @property
    def is_refused(self) -> bool:
        return self.state == "refused"

    @property
    def percent(self) -> int:
        return self.received * 100 // self.size

    def append(self, key: str, length: int, *, at: datetime) -> None:
        """The stored chunk becomes the next part; the last one starts the check. One UPDATE decides between parallel ones."""
        received = self.received + length
        changes = {
            "received": received,
            "chunks": [*self.chunks, [key, length]],
            "state": "checking" if received == self.size else "receiving",
            "updated_at": at,
        }
        if not type(self).objects.filter(pk=self.pk, state="receiving", received=self.received).update(**changes):
            raise OutOfStep
        for name, value in changes.items():
            setattr(self, name, value)

    @transaction.atomic
    def refuse(self, refusal: str, *, at: datetime) -> None:
        """The sentence stays for the person to read; the bytes go."""
        keys = [key for key, _ in self.chunks]
        self.state, self.refusal, self.chunks, self.updated_at = "refused", refusal[:REFUSAL_MAX], [], at
        self.save(update_fields=["state", "refusal", "chunks", "updated_at"])
        transaction.on_commit(partial(storage.erase, keys), robust=True)
