"""The signed token of a form: whose text it is, under which key, in which form, on which ticket."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core import signing
from django.http import Http404, HttpRequest

from tickets.models import Draft

SALT = "tickets.draft"
TOKEN_AGE = 14 * 24 * 3600  # seconds; a form left open longer than this has lost its owner


@dataclass(frozen=True)
class Claim:
    """What a draft token says: who writes, under which key, in which form."""

    owner_id: int
    key: UUID
    kind: str
    ticket_id: int | None

    @property
    def token(self) -> str:
        return signing.dumps([self.owner_id, self.key.hex, self.kind, self.ticket_id], salt=SALT)

    def locked_draft(self, at: datetime) -> Draft:
        """Its draft, made where there is none yet. Raises Http404 when the key is that of another text."""
        mine = {"owner_id": self.owner_id, "kind": self.kind, "ticket_id": self.ticket_id}
        for _ in range(4):  # a parallel request may send the draft, and so delete it, between the two queries
            draft = Draft.objects.select_for_update().filter(key=self.key, **mine).first()
            if draft:
                return draft
            Draft.objects.bulk_create([Draft(key=self.key, updated_at=at, **mine)], ignore_conflicts=True)
        raise Http404


def read_token(token: str) -> Claim | None:
    """Whose text it is; None for a forged or outlived token, and for one of another version of this program."""
    try:
        owner_id, key, kind, ticket_id = signing.loads(token, salt=SALT, max_age=TOKEN_AGE)
        claim = Claim(int(owner_id), UUID(key), str(kind), None if ticket_id is None else int(ticket_id))
    except (signing.BadSignature, TypeError, ValueError, AttributeError):
        return None
    is_whole = claim.kind in Draft.Kind.values and (claim.ticket_id is None) == (claim.kind == Draft.Kind.FILING)
    return claim if is_whole else None


def claim_of(request: HttpRequest) -> Claim | None:
    return read_token(request.POST.get("draft_token", "")) if request.method == "POST" else None


def belongs_to_another(request: HttpRequest) -> bool:
    """Somebody else's form on a shared PC: its text is theirs, and it must not be executed by who is signed in now."""
    claim = claim_of(request)
    return claim is not None and claim.owner_id != request.user.pk
