from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field, ForeignKey
from django.http import HttpRequest

from autonax_support.accounts.kept import KeptAdmin, record
from autonax_support.accounts.models import AuditVerb, Role, User
from autonax_support.persian.forms import LineField
from autonax_support.persian.text import to_persian_digits
from tickets.models import Department, DepartmentMember


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


@admin.register(Department)
class DepartmentAdmin(KeptAdmin):
    form = DepartmentForm
    fields = ["name", "position", "province", "is_active"]
    inlines = [MemberInline]
    list_display = ["name", "place", "province", "accepts", "heads"]
    list_select_related = ["province"]
    ordering = ["position", "id"]

    def get_queryset(self, request: HttpRequest) -> Any:
        return super().get_queryset(request).prefetch_related("members__user")

    @admin.display(description="ترتیب", ordering="position")
    def place(self, department: Department) -> str:
        return to_persian_digits(department.position)

    @admin.display(description="تیکت می‌پذیرد", ordering="is_active")
    def accepts(self, department: Department) -> str:
        return "بله" if department.is_active else "خیر"

    @admin.display(description="سرپرست بخش")
    def heads(self, department: Department) -> str:
        return "، ".join(member.user.full_name for member in department.members.all() if member.is_head)

    def save_formset(self, request: HttpRequest, form: forms.ModelForm, formset: forms.BaseModelFormSet, change: bool) -> None:
        super().save_formset(request, form, formset, change)
        changed = [member for member, _ in formset.changed_objects]
        rows = {"added": formset.new_objects, "changed": changed, "removed": formset.deleted_objects}
        told = {what: [[row.user_id, row.is_head] for row in members] for what, members in rows.items() if members}
        if told:
            record(AuditVerb.CHANGED, request, form.instance, members=told)
