"""What the filters of the queue offer, and which offices a text means: one query for all of them."""

from __future__ import annotations

from collections import defaultdict

from django.db.models import F, Q, QuerySet, Value

from autonax_support.accounts.models import Office, Province, User
from autonax_support.persian.text import clean_line, to_ascii_digits, to_persian_digits, without_invisibles
from tickets.models import Department, DepartmentMember

WORDS_MAX = 10
OFFICES_MAX = 200  # meant by one text

Choices = list[tuple[int, str]]


def choices_for(user: User, office: str) -> dict[str, Choices]:
    """`department`, `assignee`, `province` as they are offered; `office` by code, at most one more than OFFICES_MAX of those called so.

    Experts who have left the desk are among them: they may still have tickets.
    """
    departments = Department.objects.open_to(user)
    members = DepartmentMember.objects.filter(department__in=departments.order_by().values("pk")).values("user")
    parts = [
        _part("department", departments, "name", place="position"),
        _part("assignee", User.objects.filter(pk__in=members), "full_name"),
        _part("province", Province.objects.all(), "name"),
    ]
    if text := clean_line(office).strip():
        meant = offices_called(text).order_by("code").values("pk")[: OFFICES_MAX + 1]
        parts.append(_part("office", Office.objects.filter(pk__in=meant), "code"))
    found = defaultdict(list)
    for kind, _, name, pk in sorted(parts[0].union(*parts[1:], all=True)):
        found[kind].append((pk, name))
    return found


def offices_called(text: str) -> QuerySet[Office]:
    """By code, whole or its beginning, else by words of name and city. Names keep the digits their writer used: both are looked for."""
    digits = to_ascii_digits(without_invisibles(text)).replace(" ", "")
    if digits.isascii() and digits.isdigit():
        return Office.objects.filter(code__startswith=digits)
    words = Q()
    for word in text.split()[:WORDS_MAX]:
        spelt = {to_ascii_digits(word), to_persian_digits(word)}
        words &= Q(*(Q(**{f"{field}__icontains": one}) for one in spelt for field in ("title", "city__name")), _connector=Q.OR)
    return Office.objects.filter(words)


def _part(kind: str, rows: QuerySet, name: str, place: str = "") -> QuerySet:
    return rows.order_by().values_list(Value(kind), F(place) if place else Value(0), name, "pk")
