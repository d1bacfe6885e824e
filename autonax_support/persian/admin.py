"""Jalali dates in Django admin: forms, lists, read-only fields and filters."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from autonax_support.persian.calendar import day_of, day_start, from_jalali, numeric, numeric_with_time, to_jalali
from autonax_support.persian.forms import JalaliDateField, JalaliDateInput, JalaliDateTimeField, JalaliDateTimeInput

PERIODS = (
    ("today", "امروز"),
    ("week", "۷ روز گذشته"),
    ("month", "این ماه"),
    ("last_month", "ماه گذشته"),
    ("year", "امسال"),
)


class JalaliAdmin:
    """Mixin before ModelAdmin or an inline. Lists and read-only fields name date fields as usual."""

    formfield_overrides = {
        models.DateTimeField: {"form_class": JalaliDateTimeField, "widget": JalaliDateTimeInput},
        models.DateField: {"form_class": JalaliDateField, "widget": JalaliDateInput},
    }

    def get_list_display(self, request: HttpRequest) -> list[Any]:
        return [self.jalali(name) for name in super().get_list_display(request)]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        return [self.jalali(name) for name in super().get_readonly_fields(request, obj)]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> list[Any]:
        """Read-only fields are matched by identity, so both lists must name the same column."""
        only_shown = obj is not None and not self.has_change_permission(request, obj)
        read_only = self.get_readonly_fields(request, obj)

        def shown(name: Any) -> Any:
            if isinstance(name, (list, tuple)):
                return tuple(shown(one) for one in name)
            column = self.jalali(name)
            return column if only_shown or column in read_only else name

        fieldsets = super().get_fieldsets(request, obj)
        return [(title, {**options, "fields": tuple(map(shown, options["fields"]))}) for title, options in fieldsets]

    def jalali(self, name: Any) -> Any:
        if not isinstance(name, str):
            return name
        try:
            field = self.model._meta.get_field(name)
        except FieldDoesNotExist:
            return name
        return jalali_column(field) if isinstance(field, models.DateField) else name


@lru_cache(None)
def jalali_column(field: models.DateField) -> Callable[[models.Model], str]:
    shown = numeric_with_time if isinstance(field, models.DateTimeField) else numeric

    @admin.display(description=field.verbose_name, ordering=field.name)
    def column(row: models.Model) -> str:
        value = getattr(row, field.attname)
        return "-" if value is None else shown(value)

    column.__name__ = field.name
    return column


def jalali_periods(today: date) -> dict[str, tuple[date, date]]:
    """First day and the day after the last of each period that the filter offers."""
    year, month, _ = to_jalali(today)
    this_month = from_jalali(year, month, 1)
    next_month = from_jalali(year + month // 12, month % 12 + 1, 1)
    last_year, last_month, _ = to_jalali(this_month - timedelta(days=1))
    tomorrow = today + timedelta(days=1)
    return {
        "today": (today, tomorrow),
        "week": (tomorrow - timedelta(days=7), tomorrow),
        "month": (this_month, next_month),
        "last_month": (from_jalali(last_year, last_month, 1), this_month),
        "year": (from_jalali(year, 1, 1), from_jalali(year + 1, 1, 1)),
    }


def jalali_range_filter(field: str, title: str) -> type[admin.SimpleListFilter]:
    """For ModelAdmin.list_filter; ranges on the plain column, so that its index is used."""

    class JalaliRangeFilter(admin.SimpleListFilter):
        parameter_name = f"{field}_in"

        def lookups(self, request: HttpRequest, model_admin: Any) -> Sequence[tuple[str, str]]:
            return PERIODS

        def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
            period = jalali_periods(day_of(timezone.now())).get(self.value())
            if period is None:
                return queryset
            if isinstance(queryset.model._meta.get_field(field), models.DateTimeField):
                period = (day_start(period[0]), day_start(period[1]))
            return queryset.filter(**{f"{field}__gte": period[0], f"{field}__lt": period[1]})

    JalaliRangeFilter.title = title
    return JalaliRangeFilter
