"""The case of Autonax that a person is working on: it arrives with the launch, stays in the session, and fills the filing form."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.http import HttpRequest

SESSION_KEY = "case"


@dataclass(frozen=True)
class OpenCase:
    """`kind` is a code of tickets.CaseKind. Digits are ASCII; what the host did not say is empty."""

    tracking_number: str = ""
    national_id: str = ""
    subject: str = ""
    kind: str = "other"


def keep_case(request: HttpRequest, case: OpenCase) -> None:
    request.session[SESSION_KEY] = asdict(case)


def case_of(request: HttpRequest) -> OpenCase | None:
    """None without a launch, or where the host named no case."""
    stored = request.session.get(SESSION_KEY)
    return OpenCase(**stored) if stored and stored.get("tracking_number") else None


def forget_case(request: HttpRequest) -> None:
    request.session.pop(SESSION_KEY, None)
