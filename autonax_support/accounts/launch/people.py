"""The office and the person of a launch, by the ids of their host and never by a name."""

from __future__ import annotations

from datetime import datetime
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.db.models import Model

from autonax_support.accounts.launch.claims import Claims
from autonax_support.accounts.launch.token import NotAccepted
from autonax_support.accounts.models import AuditEntry, AuditVerb, City, Office, Province, User


def person_of(claims: Claims, *, at: datetime, address: str) -> User:
    """Made or brought up to date, with the office. Raises NotAccepted, and then the caller's transaction must leave nothing behind."""
    office = _office_of(claims, at, address)
    told = {"full_name": claims.name, "role": claims.role, "office": office}
    if claims.mobile:
        told["mobile"] = claims.mobile
    fresh = {**told, "username": f"launch-{uuid4().hex}", "password": make_password(None), "date_joined": at}
    ids = {"host_issuer": claims.issuer, "host_subject": claims.subject}
    person, is_new = User.objects.select_related("office").get_or_create(**ids, defaults=fresh)
    if is_new:
        _created(person, at, address)
        return person
    if person.is_staff or person.is_superuser:
        raise NotAccepted("staff", claims.issuer)
    if not person.is_active:
        raise NotAccepted("inactive_user", claims.issuer)
    before = person.office_id
    _follow(person, told)
    if before != office.pk:
        moved = {"before": {"office": before}, "after": {"office": office.pk}}
        AuditEntry.record(AuditVerb.CHANGED, actor=None, address=address, at=at, model="accounts.user", id=person.pk, **moved)
    return person


def _office_of(claims: Claims, at: datetime, address: str) -> Office:
    province, _ = Province.objects.get_or_create(name=claims.province)
    city, _ = City.objects.get_or_create(province=province, name=claims.city)
    told = {"title": claims.office_title, "city": city}
    ids = {"host_issuer": claims.issuer, "code": claims.office_code}
    office, is_new = Office.objects.get_or_create(**ids, defaults={**told, "created_at": at})
    if is_new:
        _created(office, at, address)
    elif not office.is_active:
        raise NotAccepted("inactive_office", claims.issuer)
    else:
        _follow(office, told)
    return office


def _follow(row: Model, told: dict[str, object]) -> None:
    """Most launches change nothing, and then nothing is written."""
    changed = [name for name, value in told.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, told[name])
    if changed:
        row.save(update_fields=changed)


def _created(row: Model, at: datetime, address: str) -> None:
    AuditEntry.record(AuditVerb.CREATED, actor=None, address=address, at=at, model=row._meta.label_lower, id=row.pk)
