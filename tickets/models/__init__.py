from tickets.choices import CaseKind, ClosedReason, Priority, Status
from tickets.models.batch import Batch
from tickets.models.canned_reply import CannedReply
from tickets.models.department import Department, DepartmentMember
from tickets.models.draft import Draft
from tickets.models.event import Audience, Event, Source
from tickets.models.message import Message
from tickets.models.promise import Promise
from tickets.models.rating import Rating
from tickets.models.reference import CaseReference
from tickets.models.refused import Refused
from tickets.models.search_doc import SearchDoc
from tickets.models.ticket import Ticket
from tickets.models.unread import Unread
from tickets.models.working_time import Holiday, SpecialDay, WorkSpan

__all__ = [
    "Audience",
    "Batch",
    "CannedReply",
    "CaseKind",
    "CaseReference",
    "ClosedReason",
    "Department",
    "DepartmentMember",
    "Draft",
    "Event",
    "Holiday",
    "Message",
    "Priority",
    "Promise",
    "Rating",
    "Refused",
    "SearchDoc",
    "Source",
    "SpecialDay",
    "Status",
    "Ticket",
    "Unread",
    "WorkSpan",
]
