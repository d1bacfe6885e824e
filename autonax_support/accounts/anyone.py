from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import BigAutoField, Field, QuerySet

from autonax_support.accounts.models import User
from autonax_support.schema.prepared import Later, Prepared

SEES_ALL = "tickets.work_in_all_departments"


class Kind(NamedTuple):
    """What of a person decides how a query that is `visible_to` them reads: a part of its shape (schema/prepared.py)."""

    is_active: bool
    is_staff: bool
    sees_all: bool


def kind_of(user: User) -> Kind:
    return Kind(user.is_active, user.is_staff, user.is_staff and user.has_perm(SEES_ALL))


@dataclass(frozen=True)
class Anyone:
    """Every person of a kind: stands for the user while a query is prepared. What it has not got, such a query cannot ask for."""

    kind: Kind
    pk: Later
    office_id: Later
    is_authenticated = True

    @property
    def is_active(self) -> bool:
        return self.kind.is_active

    @property
    def is_staff(self) -> bool:
        return self.kind.is_staff

    def has_perm(self, permission: str) -> bool:
        return {SEES_ALL: self.kind.sees_all}[permission]


class PreparedFor:
    """A prepared query of what a person may see; `write(anyone, *shape, **values)`."""

    def __init__(self, write: Callable[..., QuerySet], **fields: Field) -> None:
        def for_kind(kind: Kind, *shape: Hashable, user: Later, office: Later, **values: Later) -> QuerySet:
            return write(Anyone(kind, user, office), *shape, **values)

        self._prepared = Prepared(for_kind, user=BigAutoField(), office=BigAutoField(), **fields)

    def all(self, user: User, *shape: Hashable, **values: Any) -> list[Any]:
        return self._prepared.all(kind_of(user), *shape, user=user.pk, office=user.office_id, **values)

    def first(self, user: User, *shape: Hashable, **values: Any) -> Any:
        """Or None."""
        return self._prepared.first(kind_of(user), *shape, user=user.pk, office=user.office_id, **values)
