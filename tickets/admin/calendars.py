"""Holidays and special days, and the year that they and the hours of a department make."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path

from autonax_support.accounts.kept import KeptAdmin
from autonax_support.persian.forms import ClockField, LineField, shown_clock
from tickets.admin.departments import ENDS_TOO_EARLY
from tickets.admin.moving import CalendarChange, MovesDueTimes
from tickets.admin.year import show_year
from tickets.models import Department, Holiday, SpecialDay


class HolidayForm(forms.ModelForm):
    title = LineField(max_length=200, label="مناسبت")
    source = LineField(max_length=100, label="منبع", required=False)


@admin.register(Holiday)
class HolidayAdmin(MovesDueTimes, KeptAdmin):
    form = HolidayForm
    change_list_template = "admin/tickets/holidays.html"
    fields = ["day", "title", "is_confirmed", "province", "source", "is_active"]
    list_display = ["day", "title", "certainty", "place", "standing"]
    list_select_related = ["province"]
    ordering = ["-day", "-id"]
    search_fields = ["title"]

    def get_urls(self) -> list[URLPattern]:
        return [path("calendar/", self.admin_site.admin_view(self.year), name="tickets_calendar"), *super().get_urls()]

    def year(self, request: HttpRequest) -> HttpResponse:
        return show_year(request, may_change=self.has_change_permission(request))

    def calendar_change(self, request: HttpRequest, form: HolidayForm, formsets: Any) -> CalendarChange | None:
        if not {"day", "province", "is_active"}.intersection(form.changed_data):
            return None
        return CalendarChange(None, "holiday", form.instance.day)

    @admin.display(description="قطعی", ordering="is_confirmed")
    def certainty(self, holiday: Holiday) -> str:
        return "قطعی" if holiday.is_confirmed else "پیش‌بینی‌شده"

    @admin.display(description="استان", ordering="province")
    def place(self, holiday: Holiday) -> str:
        return holiday.province.name if holiday.province else "سراسر کشور"


class SpecialDayForm(forms.ModelForm):
    title = LineField(max_length=200, label="دلیل")
    begin = ClockField(label="از ساعت", required=False, help_text="هر دو ساعت خالی: آن روز تعطیل است.")
    end = ClockField(label="تا ساعت", required=False)

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        begin, end = given.get("begin"), given.get("end")
        if (begin is None) != (end is None) and not {"begin", "end"}.intersection(self.errors):
            self.add_error("end" if end is None else "begin", "هر دو ساعت را بنویسید، یا برای تعطیلی هر دو را خالی بگذارید.")
        elif begin is not None and end is not None and begin >= end:
            self.add_error("end", ENDS_TOO_EARLY)
        return given


@admin.register(SpecialDay)
class SpecialDayAdmin(MovesDueTimes, KeptAdmin):
    form = SpecialDayForm
    fields = ["day", "department", "begin", "end", "title", "is_active"]
    list_display = ["day", "what", "title", "whose", "standing"]
    list_select_related = ["department"]
    ordering = ["-day", "-id"]
    search_fields = ["title"]

    def calendar_change(self, request: HttpRequest, form: SpecialDayForm, formsets: Any) -> CalendarChange | None:
        if not {"day", "department", "begin", "end", "is_active"}.intersection(form.changed_data):
            return None
        row = form.instance
        before = form.initial.get("department")
        departments = None if row.department is None or (row.pk and "department" in form.changed_data and not before) else [row.department]
        if departments and before and before != row.department_id:
            departments += Department.objects.filter(pk=before)
        return CalendarChange(departments, "closure" if row.is_closure else "opening", row.day)

    @admin.display(description="نوع")
    def what(self, row: SpecialDay) -> str:
        return "تعطیلی موردی" if row.is_closure else f"روز کاری موردی، {shown_clock(row.begin)} تا {shown_clock(row.end)}"

    @admin.display(description="بخش", ordering="department")
    def whose(self, row: SpecialDay) -> str:
        return row.department.name if row.department else "همه بخش‌ها"
