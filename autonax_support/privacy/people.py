"""Making one user nobody: names, addresses and ways in go, what was written stays readable under «کاربر ناشناس».

Names go last, so that a run that was cut off is found again under the same user name and simply goes on.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import uuid4

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Q, QuerySet

from autonax_support.accounts import second_factor
from autonax_support.accounts.models import AuditEntry, AuditVerb, User
from autonax_support.files.models import Upload
from autonax_support.notices.models import Channels, Delivery
from autonax_support.reference import MANAGERS
from tickets.drafts import discard
from tickets.models import DepartmentMember, Draft, Message, Status, Ticket, Unread
from tickets.search import index_tickets_again

ANONYMOUS = "کاربر ناشناس"
BATCH = 200
SIGNED_IN_AS = 30  # so much of a name did a failed sign-in keep


class LastManager(Exception):
    """Without this person nobody could configure the system any more."""


def refuse_the_last_manager(user: User) -> None:
    managers = User.objects.who_may_sign_in().filter(Q(groups__name=MANAGERS) | Q(is_superuser=True)).distinct()
    if set(managers) == {user}:
        raise LastManager


def what_would_go(user: User) -> dict[str, int]:
    return {
        "tickets": filed_under_name(user).count(),
        "messages": written_under_name(user).count(),
        "drafts": Draft.objects.of(user).count(),
        "uploads": Upload.objects.filter(owner=user).count(),
        "audit_entries": entries_that_name(user).count(),
        "sessions": len(sessions_of(user)),
    }


def anonymise(user: User, *, at: datetime) -> dict[str, int]:
    """Refuses the last active support manager. A second run finds nothing more to do."""
    refuse_the_last_manager(user)
    counts = {"sessions": _close_the_account(user), **_discard_drafts(user)}
    _give_tickets_back(user, at)
    counts["tickets"] = _in_batches(filed_under_name(user), _rename_tickets)
    counts["messages"] = _in_batches(written_under_name(user), lambda rows: rows.update(author_name=ANONYMOUS))
    with transaction.atomic():
        counts["audit_entries"] = entries_that_name(user).delete()[0]
        _forget_in_the_log_of_the_desk(user)
        _forget_targets(user)
        _take_the_name(user, at)
        AuditEntry.record(AuditVerb.ANONYMISED, actor=None, address="", at=at, user=user.pk, counts=counts)
    return counts


def filed_under_name(user: User) -> QuerySet[Ticket]:
    return Ticket.objects.filter(filed_by=user).exclude(filed_by_name=ANONYMOUS)


def written_under_name(user: User) -> QuerySet[Message]:
    return Message.objects.filter(author=user).exclude(author_name=ANONYMOUS)


def entries_that_name(user: User) -> QuerySet[AuditEntry]:
    """Changes of this account, and attempts to sign in under a name it has or had."""
    about = Q(data__model="accounts.user", data__id=user.pk)
    named = Q()
    for name in _names_at_the_door(user, AuditEntry.objects.filter(about)):
        named |= Q(data__name__iexact=name) | Q(data__name__iexact=name[:SIGNED_IN_AS])
    return AuditEntry.objects.filter(about | named)


def sessions_of(user: User) -> list[str]:
    """Their keys. A session says whose it is only inside."""
    sessions = Session.objects.iterator(chunk_size=BATCH)
    return [session.pk for session in sessions if session.get_decoded().get("_auth_user_id") == str(user.pk)]


def _names_at_the_door(user: User, entries: Iterable[AuditEntry]) -> set[str]:
    earlier = (state.get("username") for entry in entries for state in _states(entry))
    return {user.username, *filter(None, earlier)}


def _states(entry: AuditEntry) -> list[dict[str, Any]]:
    return [state for state in (entry.data.get("before"), entry.data.get("after")) if isinstance(state, dict)]


@transaction.atomic
def _close_the_account(user: User) -> int:
    """From here on nobody writes under this name."""
    user.set_unusable_password()
    user.is_active = False
    user.save(update_fields=["password", "is_active"])
    user.end_sessions()
    second_factor.forget(user)
    return Session.objects.filter(pk__in=sessions_of(user)).delete()[0]


def _discard_drafts(user: User) -> dict[str, int]:
    counts = {"drafts": 0, "uploads": Upload.objects.filter(owner=user).count()}
    for draft in Draft.objects.of(user):
        discard(draft)
        counts["drafts"] += 1
    return counts


def _give_tickets_back(user: User, at: datetime) -> None:
    """An expert's open tickets wait for another one."""
    for ticket in Ticket.objects.filter(assignee=user).exclude(status=Status.CLOSED):
        ticket.assign(by=None, at=at, to=None)


def _in_batches(rows: QuerySet[Any], change: Any) -> int:
    """Each batch is a transaction; what is done is no longer among `rows`."""
    count = 0
    while keys := list(rows.order_by("pk").values_list("pk", flat=True)[:BATCH]):
        with transaction.atomic():
            change(rows.model.objects.filter(pk__in=keys))
        count += len(keys)
    return count


def _rename_tickets(tickets: QuerySet[Ticket]) -> None:
    """The name is among what a ticket is found by."""
    locked = list(tickets.select_for_update(of=("self",)))
    tickets.update(filed_by_name=ANONYMOUS)
    for ticket in locked:
        ticket.filed_by_name = ANONYMOUS
    index_tickets_again(locked)


def _forget_in_the_log_of_the_desk(user: User) -> None:
    """Django's own log of changes keeps names: of the changed person, and of members of a department."""
    person = Q(content_type=ContentType.objects.get_for_model(User), object_id=str(user.pk))
    names = {name: ANONYMOUS for name in (user.full_name, json.dumps(user.full_name)[1:-1], user.username) if name}
    told = Q()
    for name in names:
        told |= Q(object_repr__contains=name) | Q(change_message__contains=name)
    for entry in LogEntry.objects.filter(person | told):
        for name in sorted(names, key=len, reverse=True):
            entry.object_repr = entry.object_repr.replace(name, ANONYMOUS)
            entry.change_message = entry.change_message.replace(name, ANONYMOUS)
        entry.object_repr = ANONYMOUS if entry.object_id == str(user.pk) and entry.content_type.model == "user" else entry.object_repr
        entry.save(update_fields=["object_repr", "change_message"])


def _forget_targets(user: User) -> None:
    deliveries = Delivery.objects.filter(pk__in=Delivery.objects.filter(notices__recipient=user).values("pk"))
    deliveries.exclude(state=Delivery.State.SENT).update(state=Delivery.State.DROPPED)
    deliveries.update(target="")
    Channels.objects.filter(user=user).delete()


def _take_the_name(user: User, at: datetime) -> None:
    user.groups.clear()
    user.user_permissions.clear()
    DepartmentMember.objects.filter(user=user).delete()
    Unread.objects.filter(user=user).delete()
    user.full_name, user.email, user.mobile = ANONYMOUS, "", ""
    user.host_issuer = user.host_subject = None
    user.is_superuser = False
    if user.anonymised_at is None:
        user.username, user.anonymised_at = f"anonymous-{uuid4().hex[:12]}", at
    fields = ["full_name", "email", "mobile", "host_issuer", "host_subject", "is_superuser", "username", "anonymised_at", "last_login"]
    user.last_login = None
    user.save(update_fields=fields)
