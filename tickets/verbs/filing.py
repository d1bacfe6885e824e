from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import IntegrityError, transaction

from autonax_support.accounts.models import User
from tickets import promise
from tickets.models.draft import Draft
from tickets.models.event import Audience, Event, Source
from tickets.models.message import Message
from tickets.models.reference import CaseReference
from tickets.models.refused import Refused
from tickets.search import index_filed
from tickets.verbs.acting import send_files

if TYPE_CHECKING:
    from tickets.models.department import Department
    from tickets.models.ticket import Ticket


@dataclass(frozen=True)
class Reference:
    """A further case or person of a ticket; `role` is one of CaseReference.Role."""

    role: str
    position: int
    tracking_number: str = ""
    national_id: str = ""


@dataclass(frozen=True)
class Case:
    """The case a ticket is about; without a tracking number it is about none."""

    tracking_number: str = ""
    national_id: str = ""
    kind: str = "other"
    references: tuple[Reference, ...] = ()

    @property
    def stored_kind(self) -> str:
        return self.kind if self.tracking_number else "none"


class Filing:
    @classmethod
    def file(
        cls: type[Ticket],
        *,
        by: User,
        at: datetime,
        subject: str,
        department: Department,
        body: str,
        case: Case,
        key: UUID | None = None,
        draft: Draft | None = None,
        continues: Ticket | None = None,
    ) -> Ticket:
        """Files once per submission key: the same author gets the stored ticket again, anybody else 404."""
        with transaction.atomic():
            stored = Message.submitted(key, by)
            if stored:
                return stored.ticket
            cls._refuse_filing(by, department)
            try:
                with transaction.atomic():
                    return cls._file_now(by, at, subject, department, body, case, key, draft, continues)
            except IntegrityError:
                stored = Message.submitted(key, by)
                if stored is None:
                    raise
                return stored.ticket

    @staticmethod
    def _refuse_filing(by: User, department: Department) -> None:
        if by.is_staff:
            raise Refused("این کار برای حساب شما باز نیست.")
        if not department.is_active:
            raise Refused(f"بخش {department.name} دیگر تیکت نمی‌پذیرد. بخش دیگری را انتخاب کنید؛ متن و فایل‌های شما سر جای خود است.")

    @classmethod
    def _file_now(cls: type[Ticket], by, at, subject, department, body, case, key, draft, continues) -> Ticket:
        ticket = cls(
            office=by.office if continues is None else continues.office,
            filed_by=by,
            filed_by_name=by.full_name,
            department=department,
            subject=subject,
            case_kind=case.stored_kind,
            tracking_number=case.tracking_number,
            national_id=case.national_id,
            filed_at=at,
            last_activity_at=at,
            awaiting_support_since=at,
            continues=continues,
        )
        promised = promise.begin(ticket, at)
        ticket.queue_at = ticket._queue_at()
        ticket.save(force_insert=True)
        if promised:
            promised.save(force_insert=True)
        if case.references:
            CaseReference.objects.bulk_create(CaseReference(ticket=ticket, **asdict(row)) for row in case.references)
        message = Message.objects.create(
            ticket=ticket,
            kind=Message.Kind.FILED,
            side=Message.Side.OFFICE,
            author=by,
            author_name=by.full_name,
            body=body,
            submission_key=key,
            created_at=at,
        )
        send_files(draft, message)
        index_filed(ticket, message)
        facts = {"department_id": department.pk} | ({"continues": continues.pk} if continues else {})
        Event.objects.create(
            ticket=ticket, verb="file", actor=by, source=Source.of(by), audience=Audience.OFFICE, message=message, after=facts, at=at
        )
        return ticket
