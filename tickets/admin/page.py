"""The ticket page: the whole thread, the answer box, and beside them all that may be done to the ticket."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import wraps
from typing import Any
from uuid import uuid4

from django.contrib import admin
from django.db.models import AutoField, BigAutoField, CharField, DateTimeField, Exists, OuterRef, Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone

from autonax_support.accounts.anyone import Anyone, PreparedFor
from autonax_support.accounts.models import User
from autonax_support.persian.text import to_persian_digits
from autonax_support.schema.prepared import Later
from autonax_support.schema.uuids import as_uuid
from tickets.admin.forms import ANSWER, NOTE, AnswerForm, AssignForm, CloseForm, DevelopForm, TransferForm
from tickets.admin.meanwhile import is_being_written, strip
from tickets.admin.way import Way
from tickets.clock import clock_of
from tickets.drafts import Writing
from tickets.limits import AUDIT_QUIET_MINUTES, UNDO_MINUTES
from tickets.models import Department, Draft, Event, Ticket
from tickets.models.ticket import TicketQuerySet
from tickets.timeline import Entry, last_message_id, timeline
from tickets.verbs.transitions import LOOKS, UNDOABLE

SAME_CASE_MAX = OF_OFFICE_MAX = 10
TEMPLATE = "admin/tickets/ticket/change_form.html"


def tickets_for_page(tickets: TicketQuerySet, user: User | Anyone, since: datetime | Later) -> TicketQuerySet:
    """With all that the page shows; `is_revealed`: whether this person has had the national ID shown since then."""
    revealed = Event.objects.recent("reveal", by=user, ticket=OuterRef("pk"), since=since)
    related = ("office__city__province", "department", "assignee", "rating__rated_by")
    marked = tickets.told_marked(user).promise_marked().with_references()
    return marked.select_related(*related).annotate(is_revealed=Exists(revealed))


def the_ticket(user: User, number: int, at: datetime) -> Ticket:
    """Anybody else's is a 404, the same as none at all."""
    found = OPENED.first(user, number=number, since=at - timedelta(minutes=AUDIT_QUIET_MINUTES))
    if found is None:
        raise Http404
    return found


def _opened(anyone: Anyone, *, number: Later, since: Later) -> TicketQuerySet:
    return tickets_for_page(Ticket.objects.visible_to(anyone), anyone, since).filter(pk=number)


OPENED = PreparedFor(_opened, number=AutoField(), since=DateTimeField())


def on_ticket(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A verb's door: first may this expert see the ticket at all, then is it a POST."""

    @wraps(view)
    def door(request: HttpRequest, number: int) -> HttpResponse:
        at = timezone.now()
        ticket = the_ticket(request.user, number, at)
        return view(request, ticket, at) if request.method == "POST" else HttpResponseNotAllowed(["POST"])

    return door


def show(
    request: HttpRequest,
    ticket: Ticket,
    at: datetime,
    *,
    writing: Writing | None = None,
    answer: AnswerForm | None = None,
    conflict: bool = False,
    **bound: Any,
) -> HttpResponse:
    """`bound` holds the form of a verb that was refused, under the verb's name: it stands open with what was typed."""
    departments = list(Department.objects.all())
    entries = timeline(ticket, request.user, departments)
    drafts = list(_drafts(ticket, request.user, at))
    writing = writing or _begin(request, ticket, drafts)
    answer = answer or AnswerForm(initial={"kind": ANSWER} | (writing.draft.data if writing.draft else {}))
    context = admin.site.each_context(request) | {
        "title": f"تیکت {to_persian_digits(ticket.pk)}",
        "ticket": ticket,
        "entries": entries,
        "writing": writing,
        "kept": writing.kept,
        "file_errors": writing.file_errors,
        "answer": answer,
        "is_stranded": _is_stranded(ticket, answer, writing),
        "conflict": conflict,
        "way": Way.of(request),
        **strip(ticket, request.user, last_message_id(entries), at, [draft.owner for draft in drafts if draft.owner_id != request.user.pk]),
        "undoable": _undoable(entries, request.user, at),
        "rating": getattr(ticket, "rating", None),
        "case_url": ticket.case_url,
        "references": ticket.referred,
        "same_case": _same_case(ticket, request.user),
        "of_office": OF_OFFICE.all(request.user, number=ticket.pk, of=ticket.office_id),
        "clock": clock_of(ticket, at),
        "now": at,
        "bound": bound,
        **_verb_forms(ticket, departments, entries, bound),
    }
    return render(request, TEMPLATE, context)


def _verb_forms(ticket: Ticket, departments: list[Department], entries: list[Entry], bound: dict[str, Any]) -> dict[str, Any]:
    if not ticket.is_open:
        return bound
    others = other_departments(ticket, departments)
    experts = _experts(ticket, entries)
    return {
        "experts": experts,
        "transfer": bound.get("transfer") or TransferForm(departments=others),
        "assign": bound.get("assign") or AssignForm(ticket=ticket, experts=experts),
        "develop": bound.get("develop") or DevelopForm(ticket=ticket),
        "close": bound.get("close") or CloseForm(),
    }


def _experts(ticket: Ticket, entries: list[Entry]) -> list[User]:
    """Those whom the lines name are read along."""
    names = next((entry.names for entry in entries), None)
    if names is None or not names.person_ids:
        return list(ticket.department.experts())
    people = list(ticket.department.experts_and(names.person_ids))
    names.know(people)
    return [person for person in people if person.is_expert]


def other_departments(ticket: Ticket, departments: list[Department]) -> list[Department]:
    return [row for row in departments if row.is_active and row.pk != ticket.department_id]


def _drafts(ticket: Ticket, user: User, at: datetime) -> Any:
    """One's own unsent answer and those that colleagues are writing just now, newest first."""
    answers = Draft.objects.filter(kind=Draft.Kind.ANSWER, ticket=ticket).with_upload_mark()
    return answers.filter(Q(owner=user) | is_being_written(at)).select_related("owner").order_by("-updated_at")


def _begin(request: HttpRequest, ticket: Ticket, drafts: list[Draft]) -> Writing:
    """What `drafts.begin` does, out of the rows already read."""
    user, key = request.user, as_uuid(request.GET.get("draft", ""))
    mine = [draft for draft in drafts if draft.owner_id == user.pk]
    draft = next((draft for draft in mine if draft.key == key), mine[0] if mine else None)
    return Writing(user, Draft.Kind.ANSWER, ticket, draft.key if draft else uuid4(), draft, is_restored=draft is not None)


def _is_stranded(ticket: Ticket, answer: AnswerForm, writing: Writing) -> bool:
    """Words for the office in the box of a closed ticket. They must not pass for a note by themselves."""
    return not ticket.is_open and answer["kind"].value() != NOTE and bool(answer["body"].value() or writing.kept)


def _undoable(entries: list[Entry], user: User, at: datetime) -> Event | None:
    """`Ticket.undoable_event` out of the lines already read; the verb asks again."""
    last = next((entry.event for entry in reversed(entries) if entry.verb not in LOOKS), None)
    return last if last and last.can_be_undone_by(user, at, verbs=UNDOABLE, minutes=UNDO_MINUTES) else None


def _same_case(ticket: Ticket, user: User) -> list[Ticket]:
    """The newest others that are about this case or name it, among what this expert may see."""
    return OF_CASE.all(user, number=ticket.pk, tracking_number=ticket.tracking_number) if ticket.tracking_number else []


def _of_case(anyone: Anyone, *, number: Later, tracking_number: Later) -> TicketQuerySet:
    others = Ticket.objects.visible_to(anyone).of_case(tracking_number).exclude(pk=number)
    return others.order_by("-number")[:SAME_CASE_MAX]


OF_CASE = PreparedFor(_of_case, number=AutoField(), tracking_number=CharField())


def _of_office(anyone: Anyone, *, number: Later, of: Later) -> TicketQuerySet:
    """In the order of the office's own list, which has an index."""
    others = Ticket.objects.visible_to(anyone).filter(office=of).exclude(pk=number)
    return others.order_by("-last_activity_at", "-number")[:OF_OFFICE_MAX]


OF_OFFICE = PreparedFor(_of_office, number=AutoField(), of=BigAutoField())
