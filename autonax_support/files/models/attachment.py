import logging
import uuid
from collections.abc import Iterable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from django.conf import settings
from django.core.validators import MinLengthValidator
from django.db import models, transaction
from django.db.models import Exists, Max, OuterRef, Q

from autonax_support.accounts.models import User
from autonax_support.schema.lengths import at_most
from autonax_support.schema.uuids import as_uuid

from .. import storage

if TYPE_CHECKING:
    from ..checks import CheckedFile

KINDS = {"picture": "عکس", "pdf": "PDF", "word": "Word", "excel": "Excel", "text": "متن", "zip": "ZIP"}
SCAN_STATES = {"none": "ویروس‌یابی نشده", "clean": "بدون بدافزار", "infected": "دارای بدافزار"}
ERASED_NAME = "فایل پاک‌شده"
logger = logging.getLogger(__name__)
SIZE_CEILING = 200 * 1024 * 1024  # beyond every ATTACHMENT_MAX_MB, with room for re-encoded pictures


class AttachmentQuerySet(models.QuerySet):
    def visible_to(self, user: User) -> "AttachmentQuerySet":
        """What hangs on a message this person may read, and what waits in their own drafts."""
        if not user.is_active:
            return self.none()
        messages = self.model._meta.get_field("message").related_model.objects.visible_to(user)
        return self.filter(Exists(messages.filter(pk=OuterRef("message_id"))) | Q(draft__owner=user.pk))

    def with_ticket(self) -> "AttachmentQuerySet":
        """Whose history a view is written into (`seen_by`)."""
        return self.select_related("message__ticket__department")

    def of_draft(self, draft: models.Model) -> "AttachmentQuerySet":
        return self.filter(draft=draft)

    def waiting_for_scan(self) -> "AttachmentQuerySet":
        return self.filter(scan_state="none", erased_at=None)

    def not_emptied(self) -> "AttachmentQuerySet":
        """Of malware the object has gone before, but its name has not."""
        return self.filter(Q(erased_at=None) | ~Q(name=ERASED_NAME))

    def send(self, message: models.Model) -> int:
        return self.update(draft=None, message=message)

    @transaction.atomic
    def discard(self) -> int:
        """Rows go with the transaction, their objects only once it is committed. What is being sent just now stays."""
        locked = self.select_for_update(of=("self",))
        rows = list(locked.values_list("pk", "storage_key", "thumbnail_key"))
        keys = [key for _, *pair in rows for key in pair if key]
        self.model.objects.filter(pk__in=[pk for pk, *_ in rows]).delete()
        transaction.on_commit(partial(storage.erase, keys), robust=True)
        return len(rows)

    @transaction.atomic
    def erase(self, at: datetime) -> int:
        """Object, thumbnail and name go, the row stays and says so. Its key goes too: an object that could not go now is nobody's then."""
        rows = list(self.not_emptied().select_for_update(of=("self",)))
        keys = [key for row in rows for key in (row.storage_key, row.thumbnail_key) if key]
        for row in rows:
            row.storage_key, row.thumbnail_key, row.name, row.erased_at = row.no_object, "", ERASED_NAME, row.erased_at or at
        self.model.objects.bulk_update(rows, ["storage_key", "thumbnail_key", "name", "erased_at"], batch_size=200)
        transaction.on_commit(partial(storage.erase, keys), robust=True)
        return len(rows)


class AttachmentManager(models.Manager.from_queryset(AttachmentQuerySet)):
    def keep(
        self,
        checked: "CheckedFile",
        *,
        owner: User,
        draft: models.Model | None = None,
        message: models.Model | None = None,
        at: datetime,
        id: uuid.UUID | None = None,  # noqa: A002 - the field's name
    ) -> "Attachment":
        """The object is written before the row: an aborted transaction leaves an object without row, never the reverse."""
        last = self.filter(draft=draft, message=message).aggregate(last=Max("position"))["last"]
        key = storage.write(checked.content)
        thumbnail_key = storage.write_bytes(checked.thumbnail) if checked.thumbnail else ""
        return self.create(
            id=id or uuid.uuid4(),
            message=message,
            draft=draft,
            owner=owner,
            position=0 if last is None else last + 1,
            storage_key=key,
            thumbnail_key=thumbnail_key,
            name=checked.name,
            kind=checked.kind,
            content_type=checked.content_type,
            size=checked.size,
            width=checked.width,
            height=checked.height,
            received_sha256=checked.received_sha256,
            stored_sha256=checked.stored_sha256,
            scan_state=checked.scan_state,
            created_at=at,
        )

    def remove(self, ids: Iterable[object], draft: models.Model) -> int:
        """Drop the named attachments of this draft; ids of other drafts and garbage are passed over."""
        return self.of_draft(draft).filter(pk__in=[key for key in map(as_uuid, ids) if key]).discard()


class Attachment(models.Model):
    """A checked file. The shown name never becomes part of a path."""

    id = models.UUIDField("شناسه", primary_key=True, default=uuid.uuid4, editable=False)
    message = models.ForeignKey("tickets.Message", models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name="پیام")
    draft = models.ForeignKey("tickets.Draft", models.PROTECT, null=True, blank=True, related_name="attachments", verbose_name="پیش‌نویس")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="attachments", verbose_name="کاربر")
    position = models.PositiveSmallIntegerField("ترتیب", default=0)
    storage_key = models.CharField("نشانی در انبار", max_length=100, unique=True)
    thumbnail_key = models.CharField("نشانی عکس کوچک", max_length=100, blank=True, default="")
    name = models.CharField("نام فایل", max_length=150)
    kind = models.CharField("نوع", max_length=10, choices=KINDS)
    content_type = models.CharField("نوع محتوا", max_length=100)
    size = models.PositiveBigIntegerField("حجم")
    width = models.PositiveIntegerField("پهنا", null=True, blank=True)
    height = models.PositiveIntegerField("بلندا", null=True, blank=True)
    received_sha256 = models.CharField("SHA-256 دریافت‌شده", max_length=64, validators=[MinLengthValidator(64)])
    stored_sha256 = models.CharField("SHA-256 نگهداری‌شده", max_length=64, validators=[MinLengthValidator(64)])
    scan_state = models.CharField("ویروس‌یابی", max_length=10, choices=SCAN_STATES, default="none")
    created_at = models.DateTimeField("زمان بارگذاری")
    erased_at = models.DateTimeField("زمان پاک شدن", null=True, blank=True, editable=False)

    objects = AttachmentManager()

    class Meta:
        verbose_name = "پیوست"
        verbose_name_plural = "پیوست‌ها"
        ordering = ["position", "created_at"]
        indexes = [models.Index(fields=["id"], name="attachment_to_scan", condition=Q(scan_state="none", erased_at=None))]
        constraints = [
            models.CheckConstraint(
                name="attachment_message_xor_draft",
                condition=Q(message__isnull=True, draft__isnull=False) | Q(message__isnull=False, draft__isnull=True),
                violation_error_message="هر پیوست به یک پیام یا یک پیش‌نویس تعلق دارد.",
            ),
            models.CheckConstraint(
                name="attachment_size_range",
                condition=Q(size__gte=1, size__lte=SIZE_CEILING),
                violation_error_message="حجم پیوست بیرون از اندازه است.",
            ),
            models.CheckConstraint(
                name="attachment_kind_known",
                condition=Q(kind__in=list(KINDS)),
                violation_error_message="این نوع پیوست شناخته نیست.",
            ),
            models.CheckConstraint(
                name="attachment_scan_state_known",
                condition=Q(scan_state__in=list(SCAN_STATES)),
                violation_error_message="این وضعیت ویروس‌یابی شناخته نیست.",
            ),
            models.CheckConstraint(
                name="attachment_picture_has_size",
                # a comparison with NULL passes every CHECK, so NULL is ruled out by name
                condition=Q(kind="picture", width__isnull=False, height__isnull=False, width__gte=1, height__gte=1)
                | (~Q(kind="picture") & Q(width__isnull=True, height__isnull=True)),
                violation_error_message="پهنا و بلندا فقط برای عکس است.",
            ),
            at_most(150, "name", name="attachment_name_length"),
            models.CheckConstraint(
                name="attachment_name_not_empty",
                condition=~Q(name=""),
                violation_error_message="نام پیوست خالی است.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_picture(self) -> bool:
        return self.kind == "picture"

    @property
    def no_object(self) -> str:
        """What stands as the key of an object that is gone: unique, and named by nothing in the storage."""
        return f"erased/{self.pk.hex}"

    def seen_by(self, user: User, *, at: datetime) -> None:
        """It was handed over; what waits in one's own draft is nobody's history."""
        if self.message_id:
            self.message.ticket.see_file(self.pk, by=user, at=at)

    @transaction.atomic
    def scanned(self, state: str, *, at: datetime) -> None:
        """What clamd said later. Of malware the objects go, and the row, which names them no more, stays to say so."""
        waiting = Attachment.objects.waiting_for_scan().filter(pk=self.pk)
        if state == "clean":
            waiting.update(scan_state=state)
        elif waiting.update(scan_state=state, erased_at=at, storage_key=self.no_object, thumbnail_key=""):
            logger.warning("attachment %s is malware and was erased", self.pk)
            keys = [key for key in (self.storage_key, self.thumbnail_key) if key]
            transaction.on_commit(partial(storage.erase, keys), robust=True)
