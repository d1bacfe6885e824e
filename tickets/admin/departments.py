from __future__ import annotations

from itertools import pairwise
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, ForeignKey
from django.http import HttpRequest

from autonax_support.accounts.kept import KeptAdmin, record
from autonax_support.accounts.models import AuditVerb, Role, User
from autonax_support.persian.forms import ClockField, LineField
from autonax_support.persian.numbers import duration
from autonax_support.persian.text import to_persian_digits
from tickets.admin.moving import CalendarChange, MovesDueTimes
from tickets.models import Department, DepartmentMember, WorkSpan
from tickets.models.department import RESPONSES
from tickets.working_time import calendar_changed


class DepartmentForm(forms.ModelForm):
    name = LineField(max_length=100, label="نام", help_text="بدون «واحد» و «بخش»؛ مانند: پشتیبانی فنی")


class MemberFormSet(forms.BaseInlineFormSet):
    """In a table the head of the column names a control for the eye; each control says it for itself too."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        if form.instance.pk and "user" in form.fields:
            form.fields["user"].queryset |= User.objects.filter(pk=form.instance.user_id)  # a member who is no longer staff
        for name, label in (("user", "کارشناس"), ("is_head", "سرپرست بخش"), ("DELETE", "حذف")):
            if name in form.fields:
                widget = form.fields[name].widget
                getattr(widget, "widget", widget).attrs["aria-label"] = label


class MemberForm(forms.ModelForm):
    def _post_clean(self) -> None:
        """Somebody who is no longer staff is no new member, but one who is there must not hold up the rest of the department."""
        if self.has_changed():
            super()._post_clean()


class MemberInline(admin.TabularInline):
    """A membership is a right, not a record: taking it away is how an expert loses the department."""

    model = DepartmentMember
    form = MemberForm
    formset = MemberFormSet
    fields = ["user", "is_head"]
    extra = 1

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> forms.Field:
        if db_field.name == "user":
            kwargs["queryset"] = User.objects.filter(role=Role.STAFF).order_by("full_name")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_dbfield(self, db_field: Field, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """People are added and changed on their own pages."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "user":
            field.widget.can_add_related = field.widget.can_change_related = field.widget.can_view_related = False
        return field

    def has_delete_permission(self, request: HttpRequest, obj: Department | None = None) -> bool:
        return self.has_change_permission(request, obj)


ENDS_TOO_EARLY = "ساعت پایان باید پس از ساعت آغاز باشد. کاری را که از نیمه‌شب می‌گذرد در دو بازه بنویسید: تا ۲۴:۰۰، و روز بعد از ۰:۰۰."
OVERLAP = "این بازه با بازه دیگری در همان روز هم‌پوشانی دارد."


class SpanForm(forms.ModelForm):
    begin = ClockField(label="از ساعت")
    end = ClockField(label="تا ساعت")

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        begin, end = given.get("begin"), given.get("end")
        if begin is not None and end is not None and begin >= end:
            self.add_error("end", ENDS_TOO_EARLY)
        return given


class SpanFormSet(forms.BaseInlineFormSet):
    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for name, label in (("weekday", "روز"), ("begin", "از ساعت"), ("end", "تا ساعت"), ("DELETE", "حذف")):
            if name in form.fields:
                form.fields[name].widget.attrs["aria-label"] = label

    def clean(self) -> None:
        super().clean()
        if any(self.errors):
            return
        kept = [form for form in self.forms if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        if not kept:
            raise forms.ValidationError("دست‌کم یک بازه کاری در هفته تعیین کنید.")
        self._refuse_what_came_meanwhile(kept)
        kept = [form for form in kept if not form.errors]
        self._refuse_overlaps(sorted(kept, key=lambda form: (form.cleaned_data["weekday"], form.cleaned_data["begin"])))

    def _refuse_what_came_meanwhile(self, kept: list[forms.ModelForm]) -> None:
        """Somebody else may have added spans since this page was opened."""
        shown = [form.instance.pk for form in self.initial_forms]
        others = list(WorkSpan.objects.filter(department=self.instance.pk).exclude(pk__in=shown)) if self.instance.pk else []
        for form in kept:
            given = form.cleaned_data
            if any(other.weekday == given["weekday"] and other.begin < given["end"] and given["begin"] < other.end for other in others):
                form.add_error("begin", OVERLAP)

    def _refuse_overlaps(self, ordered: list[forms.ModelForm]) -> None:
        for earlier, later in pairwise(ordered):
            one, other = earlier.cleaned_data, later.cleaned_data
            if one["weekday"] == other["weekday"] and other["begin"] < one["end"]:
                later.add_error("begin", OVERLAP)


class SpanInline(admin.TabularInline):
    """A week is what it is now; what it was when something was promised stands in that promise."""

    model = WorkSpan
    form = SpanForm
    formset = SpanFormSet
    fields = ["weekday", "begin", "end"]
    extra = 1

    def has_delete_permission(self, request: HttpRequest, obj: Department | None = None) -> bool:
        return self.has_change_permission(request, obj)


@admin.register(Department)
class DepartmentAdmin(MovesDueTimes, KeptAdmin):
    form = DepartmentForm
    fieldsets = [
        (None, {"fields": ["name", "position", "province", "is_active", "works_on_holidays"]}),
        (
            "مهلت پاسخ",
            {
                "fields": [*RESPONSES, "warn_percent"],
                "description": "به دقیقه کاری همین بخش؛ ۴۸۰ دقیقه، ۸ ساعت است. تغییر آن برای تیکت‌های بعدی است. "
                "هشدار وقتی می‌رسد که این درصد از مهلت مانده باشد.",
            },
        ),
    ]
    inlines = [SpanInline, MemberInline]
    list_display = ["name", "place", "province", "accepts", "works", "heads"]
    list_select_related = ["province"]
    ordering = ["position", "id"]

    class Media:
        css = {"all": ["css/admin/departments.css"]}

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("members__user", "work_spans")

    def calendar_change(self, request: HttpRequest, form: DepartmentForm, formsets: Any) -> CalendarChange | None:
        spans = any(formset.model is WorkSpan and formset.has_changed() for formset in formsets)
        moves = spans or {"province", "works_on_holidays"}.intersection(form.changed_data)
        return CalendarChange([form.instance], "hours") if moves else None

    @admin.display(description="ترتیب", ordering="position")
    def place(self, department: Department) -> str:
        return to_persian_digits(department.position)

    @admin.display(description="تیکت می‌پذیرد", ordering="is_active")
    def accepts(self, department: Department) -> str:
        return "بله" if department.is_active else "خیر"

    @admin.display(description="ساعت کاری")
    def works(self, department: Department) -> str:
        """Without hours nothing is promised, which must be seen."""
        minutes = sum(span.end - span.begin for span in department.work_spans.all())
        return f"{duration(minutes)} در هفته" if minutes else "⚠ ندارد؛ مهلت پاسخ داده نمی‌شود"

    @admin.display(description="سرپرست بخش")
    def heads(self, department: Department) -> str:
        return "، ".join(member.user.full_name for member in department.members.all() if member.is_head)

    def save_model(self, request: HttpRequest, obj: Department, form: DepartmentForm, change: bool) -> None:
        """The whole row is written, and with it the number of the calendar as it was read: another change may have come meanwhile."""
        super().save_model(request, obj, form, change)
        calendar_changed([obj])

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        if formset.model is WorkSpan:
            self._record_week(request, form, formset)
            return
        changed = [member for member, _ in formset.changed_objects]
        rows = {"added": formset.new_objects, "changed": changed, "removed": formset.deleted_objects}
        told = {what: [[row.user_id, row.is_head] for row in members] for what, members in rows.items() if members}
        if told:
            record(AuditVerb.CHANGED, request, form.instance, members=told)

    def _record_week(self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet) -> None:
        if formset.has_changed():
            week = [[span.weekday, span.begin, span.end] for span in WorkSpan.objects.filter(department=form.instance)]
            record(AuditVerb.CHANGED, request, form.instance, week=week)
