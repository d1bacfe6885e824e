from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Exists, OuterRef, Q, Subquery
from django.db.models.functions import Cast

from autonax_support.accounts.models import Office, User
from autonax_support.notices.models import Notice
from autonax_support.persian.text import query_terms
from autonax_support.schema.gathered import Gathered
from autonax_support.schema.lengths import at_most
from autonax_support.schema.prepared import Later
from tickets.choices import CaseKind, ClosedReason, Priority, Status
from tickets.finding import identifier_in
from tickets.limits import RATING_DAYS, SUBJECT_MAX, TRACKING_MIN, UNDO_MINUTES
from tickets.models.department import Department
from tickets.models.event import Event
from tickets.models.promise import Promise
from tickets.models.reference import CaseReference
from tickets.models.search_doc import SearchDoc, SearchDocQuerySet, Way, way_to
from tickets.models.unread import Unread
from tickets.verbs.closing import Closing
from tickets.verbs.conversation import Conversation
from tickets.verbs.filing import Filing
from tickets.verbs.looking import Looking
from tickets.verbs.rating import RatingVerbs
from tickets.verbs.rescheduling import Rescheduling
from tickets.verbs.routing import Routing
from tickets.verbs.undoing import Undoing


def of_case(tracking_number: str | Later) -> Q:
    return Q(tracking_number=tracking_number) | _referring(tracking_number=tracking_number)


def of_person(national_id: str | Later) -> Q:
    return Q(national_id=national_id) | _referring(national_id=national_id)


def _referring(**number: str | Later) -> Q:
    """Found by the index of the references, which holds no empty ones: that is said, for a plan made before the number is known."""
    given = CaseReference.objects.filter(**number).exclude(**dict.fromkeys(number, "")).order_by()
    return Q(number__among=given.values("ticket_id"))


class TicketQuerySet(models.QuerySet["Ticket"]):
    def visible_to(self, user: User) -> TicketQuerySet:
        """The only door: clerks to their office, experts to their departments, support managers to all."""
        if not user.is_active:
            return self.none()
        if not user.is_staff:
            return self.filter(office_id=user.office_id)
        if user.has_perm("tickets.work_in_all_departments"):
            return self.all()
        return self.filter(department__in=Department.objects.of_member(user))

    def undoable_by(self, user: User, at: datetime) -> TicketQuerySet:
        """Visible tickets, and those this expert has just transferred out of sight."""
        if not (user.is_active and user.is_staff):
            return self.none()
        if user.has_perm("tickets.work_in_all_departments"):
            return self.all()
        mine = list(Department.objects.of_member(user).values_list("pk", flat=True))
        since = at - timedelta(minutes=UNDO_MINUTES)
        taken_away = Event.objects.filter(ticket=OuterRef("pk"), actor=user, verb="transfer", at__gt=since, before__department_id__in=mine)
        return self.filter(Q(department__in=mine) | Exists(taken_away))

    def taken_from(self, user: User) -> TicketQuerySet:
        """Tickets that stood in this expert's department and were transferred out of it: gone, but known."""
        mine = list(Department.objects.of_member(user).values_list("pk", flat=True)) if user.is_active and user.is_staff else []
        transfers = Event.objects.filter(ticket=OuterRef("pk"), verb="transfer", before__department_id__in=mine)
        return self.filter(Exists(transfers)).select_related("department")

    def awaiting_support(self) -> TicketQuerySet:
        return self.filter(awaiting_support_since__isnull=False)

    def unassigned_in(self, department: Department) -> TicketQuerySet:
        return self.awaiting_support().filter(department=department, assignee=None)

    def overdue(self, at: datetime) -> TicketQuerySet:
        """Whose promised answer is late. `queue_at` is the same moment then, and leads into the indexes of the queue."""
        return self.awaiting_support().filter(due_at__lt=at, queue_at__lt=at)

    def awaiting_office(self) -> TicketQuerySet:
        return self.filter(status=Status.ANSWERED)

    def matching(self, text: str, user: User) -> TicketQuerySet:
        """Tickets where the ticket itself or one of its messages holds every word; clerks never find by a note."""
        terms = query_terms(text)
        return self.with_one_of(SearchDoc.objects.open_to(user), way_to(terms)) if terms else self.none()

    def with_one_of(self, docs: SearchDocQuerySet, way: Way) -> TicketQuerySet:
        """Tickets of which one of `docs` holds the words."""
        if not way.often:
            return self.filter(number__among=docs.on_way(way).values("ticket_id"))
        return self.alias(hit=docs.one_that_says(way)).filter(hit__isnull=False)

    def identified_by(self, text: str) -> TicketQuerySet:
        """Tickets that have this very number, tracking number or national ID, in any digits; none when it is no number."""
        digits = identifier_in(text)
        return self.having(digits, len(digits)) if digits else self.none()

    def having(self, digits: str | Later, length: int) -> TicketQuerySet:
        """Tickets of this number. How long it is tells what it can be."""
        if length < TRACKING_MIN:
            return self.filter(number=Cast(digits, models.IntegerField()) if isinstance(digits, Later) else int(digits))
        return self.filter(of_case(digits) | of_person(digits) if length == TRACKING_MIN else of_case(digits))

    def of_case(self, tracking_number: str | Later) -> TicketQuerySet:
        """Those about this case, and those that name it as a sample."""
        return self.filter(of_case(tracking_number))

    def with_references(self) -> TicketQuerySet:
        rows = CaseReference.objects.filter(ticket=OuterRef("pk")).order_by("role", "position")
        return self.annotate(reference_rows=Gathered(rows, "role", "position", "tracking_number", "national_id"))

    def unread_marked(self, user: User) -> TicketQuerySet:
        return self.annotate(is_unread=Exists(Unread.objects.filter(user=user.pk, ticket=OuterRef("pk"))))

    def told_marked(self, user: User) -> TicketQuerySet:
        """Adds `is_told`: whether an unread notice of this person speaks of it."""
        return self.annotate(is_told=Exists(Notice.objects.visible_to(user).unread().filter(ticket=OuterRef("pk"))))

    def promise_marked(self) -> TicketQuerySet:
        """Adds `was_kept` (None where nothing was answered yet) and `is_head_told`: whether the running promise is known to be broken."""
        promises = Promise.objects.filter(ticket=OuterRef("pk"))
        settled = promises.filter(answered__isnull=False).order_by("-id").values("kept")[:1]
        heard = Notice.objects.filter(ticket=OuterRef("ticket"), kind=Notice.Kind.BREACHED, at=OuterRef("breached_at"))
        broken = promises.filter(Exists(heard), answered=None, breached_at__isnull=False)
        return self.annotate(was_kept=Subquery(settled), is_head_told=Exists(broken))


class Ticket(Filing, Conversation, Routing, Closing, RatingVerbs, Rescheduling, Undoing, Looking, models.Model):
    number = models.AutoField("شماره تیکت", primary_key=True)
    office = models.ForeignKey(Office, models.PROTECT, related_name="tickets", verbose_name="دفتر", db_index=False)
    filed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="filed_tickets", verbose_name="کاربر")
    filed_by_name = models.CharField("نام کاربر", max_length=150)
    department = models.ForeignKey(Department, models.PROTECT, related_name="tickets", verbose_name="بخش", db_index=False)
    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assigned_tickets",
        verbose_name="کارشناس مسئول",
        db_index=False,
    )
    status = models.CharField("وضعیت", max_length=14, choices=Status, default=Status.NEW)
    priority = models.CharField("اولویت", max_length=6, choices=Priority, default=Priority.NORMAL)
    subject = models.CharField("موضوع", max_length=SUBJECT_MAX)
    case_kind = models.CharField("نوع پرونده", max_length=9, choices=CaseKind, default=CaseKind.OTHER)
    tracking_number = models.CharField("شماره پیگیری", max_length=16, blank=True)
    national_id = models.CharField("شماره ملی", max_length=10, blank=True)
    filed_at = models.DateTimeField("تاریخ ثبت")
    last_activity_at = models.DateTimeField("آخرین رویداد")
    awaiting_support_since = models.DateTimeField("در انتظار از", null=True, blank=True)
    first_answered_at = models.DateTimeField("نخستین پاسخ", null=True, blank=True)
    due_at = models.DateTimeField("مهلت پاسخ", null=True, blank=True)
    promised_at = models.DateTimeField("موعد رفع مشکل", null=True, blank=True)
    queue_at = models.DateTimeField("جای در صف", editable=False)
    closed_at = models.DateTimeField("زمان بستن", null=True, blank=True)
    closed_reason = models.CharField("دلیل بستن", max_length=10, choices=ClosedReason, blank=True)
    reopened_count = models.PositiveSmallIntegerField("دفعات باز شدن", default=0)
    continues = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="continued_by", verbose_name="در ادامه")
    support_unread = models.BooleanField("پیام جدید", default=True)
    erased_at = models.DateTimeField("زمان پاک شدن متن", null=True, blank=True, editable=False)

    objects = TicketQuerySet.as_manager()

    class Meta:
        verbose_name = "تیکت"
        verbose_name_plural = "تیکت‌ها"
        permissions = [("work_in_all_departments", "کار در همه بخش‌ها")]
        constraints = [
            models.CheckConstraint(condition=Q(status__in=Status.values), name="ticket_status_known"),
            models.CheckConstraint(condition=Q(priority__in=Priority.values), name="ticket_priority_known"),
            models.CheckConstraint(condition=Q(case_kind__in=CaseKind.values), name="ticket_case_kind_known"),
            at_most(SUBJECT_MAX, "subject", name="ticket_subject_length"),
            models.CheckConstraint(condition=~Q(subject=""), name="ticket_subject_given"),
            models.CheckConstraint(condition=Q(tracking_number__regex=r"^([0-9]{10,16})?$"), name="ticket_tracking_number_digits"),
            models.CheckConstraint(condition=Q(national_id__regex=r"^([0-9]{10})?$"), name="ticket_national_id_digits"),
            models.CheckConstraint(
                condition=Q(case_kind="none", tracking_number="") | (~Q(case_kind="none") & ~Q(tracking_number="")),
                name="ticket_case_has_tracking_number",
            ),
            models.CheckConstraint(
                condition=Q(status__in=["new", "read", "followed_up"], awaiting_support_since__isnull=False)
                | Q(status__in=["answered", "closed"], awaiting_support_since=None)
                | Q(status="in_development"),
                name="ticket_ball_fits_status",
            ),
            models.CheckConstraint(
                condition=Q(status="closed", closed_at__isnull=False) & ~Q(closed_reason="")
                | ~Q(status="closed") & Q(closed_at=None, closed_reason=""),
                name="ticket_closed_whole",
            ),
            models.CheckConstraint(
                condition=~Q(status="in_development") | Q(promised_at__isnull=False), name="ticket_development_promised"
            ),
        ]
        indexes = [
            models.Index(fields=["office", "-last_activity_at", "-number"], name="inbox_all"),
            models.Index(fields=["office", "status", "-last_activity_at", "-number"], name="inbox_status"),
            models.Index(
                fields=["office", "-last_activity_at", "-number"],
                name="inbox_awaiting_support",
                condition=Q(awaiting_support_since__isnull=False),
            ),
            models.Index(fields=["office", "tracking_number"], name="ticket_case"),
            models.Index(fields=["department", "queue_at", "number"], name="queue_next", condition=Q(awaiting_support_since__isnull=False)),
            models.Index(fields=["department", "status", "queue_at", "number"], name="queue_status"),
            models.Index(fields=["department", "-filed_at", "-number"], name="queue_newest"),
            models.Index(fields=["-filed_at", "-number"], name="queue_newest_anywhere"),
            models.Index(fields=["queue_at", "number"], name="queue_next_anywhere", condition=Q(awaiting_support_since__isnull=False)),
            models.Index(
                fields=["status", "queue_at", "number"],
                name="queue_status_anywhere",
                condition=Q(status=Status.ANSWERED) | Q(status=Status.IN_DEVELOPMENT),
            ),
            models.Index(fields=["assignee", "queue_at", "number"], name="queue_mine", condition=~Q(status=Status.CLOSED)),
            models.Index(fields=["assignee", "-filed_at", "-number"], name="queue_of_assignee", condition=Q(assignee__isnull=False)),
            models.Index(fields=["tracking_number"], name="ticket_by_tracking_number", condition=~Q(tracking_number="")),
            models.Index(fields=["national_id"], name="ticket_by_national_id", condition=~Q(national_id="")),
            models.Index(fields=["closed_at"], name="ticket_to_erase", condition=Q(closed_at__isnull=False, erased_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.number}"

    @property
    def is_open(self) -> bool:
        return self.status != Status.CLOSED

    def workers(self) -> list[User]:
        """Whose work it is; where it is nobody's who still sees it, all who could take it."""
        is_theirs = self.assignee and type(self).objects.visible_to(self.assignee).filter(pk=self.pk).exists()
        return [self.assignee] if is_theirs else list(self.department.experts())

    @property
    def has_case(self) -> bool:
        return self.case_kind != CaseKind.NONE

    @property
    def referred(self) -> list[CaseReference]:
        """Its CaseReferences; of a ticket read `with_references`, without a query."""
        if "reference_rows" in self.__dict__:
            return [CaseReference(ticket=self, **row) for row in self.reference_rows or []]
        return list(self.references.all())

    @property
    def referred_numbers(self) -> set[str]:
        return {number for row in self.referred for number in (row.tracking_number, row.national_id) if number}

    @property
    def reopens_until(self) -> datetime | None:
        """The last moment at which a reply opens this closed ticket again; None while it is open."""
        return self.closed_at + timedelta(days=settings.REOPEN_DAYS) if self.closed_at else None

    @property
    def case_url(self) -> str:
        """The host's page of the case; empty where there is none. Nothing but digits goes into the address."""
        number = self.tracking_number
        is_known = settings.HOST_CASE_URL and number.isascii() and number.isdigit()
        return settings.HOST_CASE_URL.replace("{tracking_number}", number) if is_known else ""

    def reopens_at(self, at: datetime) -> bool:
        return self.closed_at is not None and at <= self.reopens_until

    def can_be_rated_at(self, at: datetime) -> bool:
        if self.first_answered_at is None:
            return False
        return self.closed_at is None or at <= self.closed_at + timedelta(days=RATING_DAYS)
