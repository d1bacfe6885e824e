"""What a host says of a person, the office and the open case: put into the form of this program, or refused as a whole."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from autonax_support.accounts.case import OpenCase
from autonax_support.accounts.launch.token import NotAccepted
from autonax_support.accounts.models.user import OFFICE_ROLES
from autonax_support.persian.text import clean_line, is_blank, to_ascii_digits, without_invisibles

NAME_MAX, TITLE_MAX, PLACE_MAX, SUBJECT_MAX = 150, 200, 100, 200
TEXT_LONGEST = 4000  # before it is cleaned
STABLE_ID = re.compile(r"[\x21-\x7e]{1,200}")  # taken as it is: two ids of a host must never become one here
TOKEN_ID = re.compile(r"[\x21-\x7e]{16,100}")
CODE, TRACKING, NATIONAL_ID = re.compile("[0-9]{1,12}"), re.compile("[0-9]{10,16}"), re.compile("[0-9]{10}")
MOBILE = re.compile(r"(?:\+98|0098|0)?(9[0-9]{9})")
KINDS = ("assistant", "trade", "other")  # of tickets.CaseKind, without «none»
TARGETS = {"new": "tickets:new", "inbox": "inbox:list", "announcements": "announcements:list"}


@dataclass(frozen=True)
class Claims:
    issuer: str
    subject: str
    name: str
    mobile: str
    role: str
    office_code: str
    office_title: str
    province: str
    city: str
    case: OpenCase | None
    target: str


def claims_of(said: dict[str, Any], issuer: str) -> Claims:
    """Raises NotAccepted: a token that says something impossible is as bad as one with a wrong signature."""
    try:
        office = _part(said, "office")
        return Claims(
            issuer=issuer,
            subject=subject_of(said),
            name=_text(said, "name", NAME_MAX),
            mobile=_mobile(said),
            role=_choice(said, "role", OFFICE_ROLES),
            office_code=_digits(office, "code", CODE),
            office_title=_text(office, "title", TITLE_MAX),
            province=_text(office, "province", PLACE_MAX),
            city=_text(office, "city", PLACE_MAX),
            case=_case(_part(said, "case")) if said.get("case") is not None else None,
            target=_choice(said, "target", TARGETS, "new"),
        )
    except ValueError:
        raise NotAccepted("claims", issuer) from None


def subject_of(said: dict[str, Any]) -> str:
    return _exact(said, "sub", STABLE_ID)


def token_id_of(said: dict[str, Any], issuer: str) -> str:
    try:
        return _exact(said, "jti", TOKEN_ID)
    except ValueError:
        raise NotAccepted("claims", issuer) from None


def _case(told: dict[str, Any]) -> OpenCase:
    return OpenCase(
        tracking_number=_digits(told, "tracking_number", TRACKING),
        national_id=_national_id(told),
        subject=_text(told, "subject", SUBJECT_MAX, ""),
        kind=_choice(told, "kind", KINDS, "other"),
    )


def _part(told: dict[str, Any], name: str) -> dict[str, Any]:
    part = told.get(name)
    if not isinstance(part, dict):
        raise ValueError(name)
    return part


def _string(told: dict[str, Any], name: str, otherwise: str | None) -> str | None:
    """None where it is missing and may be; many a host writes what it does not know as null or as nothing."""
    value = told.get(name)
    if otherwise is not None and value in (None, ""):
        return None
    if not isinstance(value, str) or len(value) > TEXT_LONGEST:
        raise ValueError(name)
    return value


def _exact(told: dict[str, Any], name: str, shape: re.Pattern[str]) -> str:
    value = _string(told, name, None)
    if not shape.fullmatch(value):
        raise ValueError(name)
    return value


def _text(told: dict[str, Any], name: str, longest: int, otherwise: str | None = None) -> str:
    value = _string(told, name, otherwise)
    if value is None:
        return otherwise
    line = clean_line(value)
    if len(line) > longest or (otherwise is None and is_blank(line)):
        raise ValueError(name)
    return line


def _digits(told: dict[str, Any], name: str, shape: re.Pattern[str], otherwise: str | None = None) -> str:
    value = _string(told, name, otherwise)
    if value is None:
        return otherwise
    digits = to_ascii_digits(without_invisibles(value))
    if not shape.fullmatch(digits):
        raise ValueError(name)
    return digits


def _national_id(told: dict[str, Any]) -> str:
    """Empty where it is none: a wrong one in the case may be the very thing that somebody comes to report."""
    digits = to_ascii_digits(without_invisibles(_string(told, "national_id", "") or ""))
    return digits if NATIONAL_ID.fullmatch(digits) else ""


def _mobile(told: dict[str, Any]) -> str:
    """As 09…; empty where the host knows none."""
    value = _string(told, "mobile", "")
    found = MOBILE.fullmatch(re.sub(r"[\s().-]", "", to_ascii_digits(without_invisibles(value)))) if value else None
    if value and not found:
        raise ValueError("mobile")
    return f"0{found[1]}" if found else ""


def _choice(told: dict[str, Any], name: str, choices: Any, otherwise: str | None = None) -> str:
    value = _string(told, name, otherwise)
    if value is not None and value not in choices:
        raise ValueError(name)
    return otherwise if value is None else value
