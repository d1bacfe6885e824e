from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count, Exists, F, FilteredRelation, OuterRef, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from announcements.limits import BODY_MAX, TITLE_MAX, UNREAD_DAYS
from announcements.models.receipt import Receipt
from announcements.models.refused import Refused
from autonax_support.accounts.models import AuditEntry, AuditVerb, User
from autonax_support.notices.models import Notice
from autonax_support.schema.lengths import at_most

EXPIRES_TOO_EARLY = "زمان پایان پیش از زمان انتشار است. یکی از دو زمان را تغییر دهید."
PUBLISHED_BEFORE = "این اطلاعیه پیش‌تر منتشر شده است؛ دوباره فرستاده نشد."
ONLY_STAFF = "انتشار اطلاعیه با مدیر پشتیبانی است."
NOT_VISIBLE = "این اطلاعیه اکنون منتشر نیست."
NOTHING_TO_CONFIRM = "این اطلاعیه به اعلام آگاهی نیاز ندارد."


class AnnouncementQuerySet(models.QuerySet["Announcement"]):
    def visible_to(self, user: User, at: datetime) -> AnnouncementQuerySet:
        """What is published and not over: the same for clerks and staff. Drafts live in the admin only."""
        return self.live(at) if user.is_authenticated else self.none()

    def drafts(self) -> AnnouncementQuerySet:
        return self.filter(published_at=None)

    def scheduled(self, at: datetime) -> AnnouncementQuerySet:
        return self.filter(published_at__gt=at)

    def live(self, at: datetime) -> AnnouncementQuerySet:
        return self.filter(Q(expires_at=None) | Q(expires_at__gt=at), published_at__lte=at)

    def expired(self, at: datetime) -> AnnouncementQuerySet:
        return self.filter(published_at__lte=at, expires_at__lte=at)

    def unread_by(self, user: User, at: datetime, since: datetime | None = None) -> AnnouncementQuerySet:
        recent = self.visible_to(user, at).filter(published_at__gte=unread_since(user, at) if since is None else since)
        return recent.filter(~Exists(Receipt.objects.filter(announcement=OuterRef("pk"), user=user.pk)))

    def urgent(self) -> AnnouncementQuerySet:
        return self.filter(level=Announcement.Level.URGENT)

    def newest_first(self) -> AnnouncementQuerySet:
        return self.order_by("-published_at", "-id")

    def awaiting_confirmation_by(self, user: User, at: datetime) -> AnnouncementQuerySet:
        """Somebody new confirms what still counts, however old it is."""
        done = Receipt.objects.filter(announcement=OuterRef("pk"), user=user, confirmed_version=OuterRef("version"))
        return self.visible_to(user, at).filter(~Exists(done), needs_confirmation=True)

    def with_receipt_of(self, user: User, at: datetime) -> AnnouncementQuerySet:
        """Adds `is_unread` (as `unread_by` sees it), `confirmed_at` and `confirmed_version` of this person."""
        return self.annotate(
            mine=FilteredRelation("receipts", condition=Q(receipts__user=user)),
            is_unread=Q(mine__id=None, published_at__gte=unread_since(user, at)),
            confirmed_at=F("mine__confirmed_at"),
            confirmed_version=F("mine__confirmed_version"),
        )

    def with_receipt_counts(self) -> AnnouncementQuerySet:
        """Adds `read_count` and, of the text as it stands now, `confirmed_count`."""
        receipts = Receipt.objects.filter(announcement=OuterRef("pk"))
        confirmed = receipts.filter(confirmed_version=OuterRef("version"))
        return self.annotate(read_count=_count(receipts), confirmed_count=_count(confirmed))


def _count(receipts: models.QuerySet[Receipt]) -> Coalesce:
    """For the rows of one page: a join would count the receipts of all announcements first."""
    return Coalesce(models.Subquery(receipts.order_by().values("announcement").annotate(n=Count("pk")).values("n")), 0)


class Announcement(models.Model):
    """What support tells the offices. Not to be undone once it is out: it ends by `expires_at`."""

    class Kind(models.TextChoices):
        BROADCAST = "broadcast", "اطلاعیه"
        NAMED = "named", "پیغام"

    class Level(models.TextChoices):
        INFO = "info", "عادی"
        IMPORTANT = "important", "مهم"
        URGENT = "urgent", "فوری"

    class State(models.TextChoices):
        DRAFT = "draft", "پیش‌نویس"
        SCHEDULED = "scheduled", "در نوبت انتشار"
        LIVE = "live", "منتشر شده"
        EXPIRED = "expired", "پایان‌یافته"

    kind = models.CharField("نوع", max_length=9, choices=Kind, default=Kind.BROADCAST)
    level = models.CharField("اهمیت", max_length=9, choices=Level, default=Level.INFO)
    title = models.CharField("عنوان", max_length=TITLE_MAX)
    body = models.TextField("متن")
    published_at = models.DateTimeField("زمان انتشار", null=True, blank=True)
    expires_at = models.DateTimeField("زمان پایان", null=True, blank=True)
    pinned = models.BooleanField("سنجاق‌شده", default=False)
    needs_confirmation = models.BooleanField("نیازمند اعلام آگاهی", default=False)
    version = models.PositiveIntegerField("نسخه", default=1, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="announcements", verbose_name="نویسنده", editable=False
    )
    created_at = models.DateTimeField("تاریخ ثبت", default=timezone.now, editable=False)

    objects = AnnouncementQuerySet.as_manager()

    class Meta:
        verbose_name = "اطلاعیه"
        verbose_name_plural = "اطلاعیه‌ها و پیغام‌ها"
        indexes = [
            models.Index(fields=["-pinned", "-published_at", "-id"], name="announcement_list"),
            models.Index(fields=["-published_at", "-id"], name="announcement_recent"),
            models.Index(fields=["level", "-published_at", "-id"], name="announcement_level"),
        ]
        constraints = [
            at_most(TITLE_MAX, "title", name="announcement_title_length"),
            at_most(BODY_MAX, "body", name="announcement_body_length"),
            models.CheckConstraint(
                condition=Q(kind__in=["broadcast", "named"], level__in=["info", "important", "urgent"]),
                name="announcement_kind_and_level",
            ),
            models.CheckConstraint(condition=Q(version__gte=1), name="announcement_version_from_1"),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(expires_at=None) | Q(expires_at__gt=F("published_at")),
                name="announcement_expires_after_publication",
                violation_error_message=EXPIRES_TOO_EARLY,
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def state(self, at: datetime) -> State:
        if self.published_at is None:
            return self.State.DRAFT
        if self.published_at > at:
            return self.State.SCHEDULED
        if self.expires_at is not None and self.expires_at <= at:
            return self.State.EXPIRED
        return self.State.LIVE

    def is_out(self, at: datetime) -> bool:
        return self.published_at is not None and self.published_at <= at

    def audience(self) -> models.QuerySet[User]:
        """The people of the offices. Experts may read it too, but nobody waits for them to."""
        return User.objects.who_may_sign_in().exclude(office=None)

    def confirmations(self) -> models.QuerySet[Receipt]:
        """Of the text as it stands now."""
        return self.receipts.filter(confirmed_version=self.version)

    def read(self, *, by: User, at: datetime) -> Receipt:
        """Idempotent: the first reading stays. The bell need not tell of it any more."""
        self._refuse_unless_live(at)
        Notice.objects.visible_to(by).filter(announcement=self).mark_read(at)
        return self.receipts.get_or_create(user=by, defaults={"read_at": at})[0]

    @transaction.atomic
    def confirm(self, *, by: User, at: datetime, version: int | None = None) -> Receipt:
        """`version` is the one the person had before their eyes; an older one than now does not confirm the new text."""
        if not self.needs_confirmation:
            raise Refused(NOTHING_TO_CONFIRM)
        receipt = self.read(by=by, at=at)
        seen = min(version or self.version, self.version)
        newer = Q(confirmed_version=None) | Q(confirmed_version__lt=seen)
        self.receipts.filter(newer, user=by).update(confirmed_at=at, confirmed_version=seen)
        receipt.refresh_from_db()
        return receipt

    @transaction.atomic
    def publish(self, *, by: User, at: datetime, on: datetime | None = None, address: str = "") -> None:
        """Out at `on` (now, if not said). What is only scheduled may be moved; what is out stays out."""
        locked = Announcement.objects.select_for_update().get(pk=self.pk)
        moment = on or at
        if not by.is_staff:
            raise Refused(ONLY_STAFF)
        if locked.is_out(at):
            raise Refused(PUBLISHED_BEFORE)
        if locked.expires_at is not None and locked.expires_at <= moment:
            raise Refused(EXPIRES_TOO_EARLY)
        self._set_publication(moment, by=by, at=at, address=address)

    @transaction.atomic
    def withdraw(self, *, by: User, at: datetime, address: str = "") -> None:
        """From the queue back to a draft, as long as nobody can have read it."""
        if Announcement.objects.select_for_update().get(pk=self.pk).is_out(at):
            raise Refused(PUBLISHED_BEFORE)
        self._set_publication(None, by=by, at=at, address=address)

    def revise(self, *, by: User, at: datetime, address: str = "") -> None:
        """The text says something new: everybody confirms once more."""
        Announcement.objects.filter(pk=self.pk).update(version=F("version") + 1)
        self.refresh_from_db(fields=["version"])
        self._record(by=by, at=at, address=address, version=self.version)

    def _refuse_unless_live(self, at: datetime) -> None:
        if self.state(at) != self.State.LIVE:
            raise Refused(NOT_VISIBLE)

    def _set_publication(self, moment: datetime | None, *, by: User, at: datetime, address: str) -> None:
        self.published_at = moment
        self.save(update_fields=["published_at"])
        self._record(by=by, at=at, address=address, published_at=moment and moment.isoformat())

    def _record(self, *, by: User, at: datetime, address: str, **changed: object) -> None:
        AuditEntry.record(AuditVerb.CHANGED, actor=by, address=address, at=at, announcement=self.pk, **changed)


def unread_since(user: User, at: datetime) -> datetime:
    """Nobody is greeted with the unread announcements of the years before them."""
    return max(user.date_joined, at - timedelta(days=UNREAD_DAYS))
