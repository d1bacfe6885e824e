"""Holidays from a file: the shipped one for 1404 to 1406, and each new year's. CSV with the columns of `COLUMNS`, in UTF-8."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from autonax_support.accounts.models import Province
from autonax_support.persian.calendar import JalaliError, parse_jalali, to_jalali
from autonax_support.persian.text import clean_line
from tickets.models import Holiday
from tickets.working_time import calendar_changed, lock_calendar

SHIPPED = Path(__file__).parent / "data" / "holidays.csv"
COLUMNS = ("day", "title", "certainty", "source")
CERTAINTIES = {"confirmed": True, "forecast": False}
LENGTHS = {"title": 200, "source": 100}


class BadFile(ValueError):
    """Its text names the line and what is wrong there."""


@dataclass(frozen=True)
class Row:
    day: date
    title: str
    is_confirmed: bool
    source: str
    province: str
    line: int

    @property
    def values(self) -> dict[str, object]:
        return {"title": self.title, "is_confirmed": self.is_confirmed, "source": self.source}


class Imported(NamedTuple):
    added: int
    changed: int
    unchanged: int


def read(lines: Iterable[str]) -> list[Row]:
    """All rows, or BadFile. A further column `province` may name a province; an empty one is the whole country."""
    table = csv.DictReader(lines, strict=True)  # or a quote that never ends would swallow the rows behind it
    try:
        if not set(COLUMNS) <= set(table.fieldnames or ()):
            raise BadFile(f"line 1: the columns are {', '.join(COLUMNS)} and, if wanted, province")
        rows = list(_rows(table))
    except csv.Error as wrong:
        raise BadFile(f"line {table.line_num + 1}: {wrong}") from wrong
    seen: dict[tuple[date, str], int] = {}
    for row in rows:
        first = seen.setdefault((row.day, row.province), row.line)
        if first != row.line:
            raise BadFile(f"line {row.line}: the same day as in line {first}")
    return rows


@transaction.atomic
def store(rows: Iterable[Row]) -> Imported:
    """Adds and changes, by day and province; what is not in the file stays. All or nothing."""
    lock_calendar()
    provinces = {province.name: province for province in Province.objects.all()}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for row in rows:
        if row.province and row.province not in provinces:
            raise BadFile(f"line {row.line}: no province is called {row.province}")
        counts[_store(row, provinces.get(row.province))] += 1
    if counts["added"] or counts["changed"]:
        calendar_changed()
    return Imported(**counts)


def doubtful(rows: Iterable[Row]) -> list[str]:
    """What a file that is stored leaves for somebody to decide: forecasts of its years that it does not have, and its days that are off."""
    days = {row.day for row in rows}
    years = {to_jalali(row.day)[0] for row in rows if row.is_confirmed}
    of_years = [holiday for holiday in Holiday.objects.filter(province=None) if to_jalali(holiday.day)[0] in years]
    missing = (row for row in of_years if row.is_active and not row.is_confirmed and row.day not in days)
    found = {row.day: "is a forecast that the file does not have" for row in missing}
    found |= {row.day: "is in the file but switched off" for row in of_years if not row.is_active and row.day in days}
    return [f"{'/'.join(f'{part:02}' for part in to_jalali(day))} {why}: look at it" for day, why in sorted(found.items())]


def _store(row: Row, province: Province | None) -> str:
    holiday, is_new = Holiday.objects.get_or_create(day=row.day, province=province, defaults=row.values)
    if is_new:
        return "added"
    if all(getattr(holiday, name) == value for name, value in row.values.items()):
        return "unchanged"
    Holiday.objects.filter(pk=holiday.pk).update(**row.values)
    return "changed"


def _rows(table: csv.DictReader) -> Iterator[Row]:
    for line in table:
        number = table.line_num
        if None in line or None in line.values():
            raise BadFile(f"line {number}: not as many columns as the first line has")
        text = {name: clean_line(value) for name, value in line.items()}
        if not text["title"]:
            raise BadFile(f"line {number}: a title is missing")
        if text["certainty"] not in CERTAINTIES:
            raise BadFile(f"line {number}: certainty is {' or '.join(CERTAINTIES)}")
        for name, longest in LENGTHS.items():
            if len(text[name]) > longest:
                raise BadFile(f"line {number}: {name} is longer than {longest} characters")
        try:
            day = parse_jalali(text["day"])
        except JalaliError:
            raise BadFile(f"line {number}: {text['day']!r} is no Jalali day") from None
        yield Row(day, text["title"], CERTAINTIES[text["certainty"]], text["source"], text.get("province", ""), number)
