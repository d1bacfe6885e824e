"""Canned replies at the desk: heads keep those of their departments, support managers all. Experts meet them in the answer box only."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import F, ForeignKey
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from autonax_support.accounts.kept import KeptAdmin
from autonax_support.persian.forms import LineField, TextField
from autonax_support.persian.text import to_persian_digits
from tickets import canned
from tickets.limits import BODY_MAX, CANNED_TITLE_MAX
from tickets.models import CannedReply, Department
from tickets.models.canned_reply import TITLE_TWICE, CannedReplyQuerySet

COMMON = "common"
COMMON_NAME = "همه بخش‌ها"
NOT_KNOWN = "«{{{name}}}» شناخته نشد. این‌ها پر می‌شوند: {known}."
LOOSE_BRACE = "یک آکولاد باز یا بسته جا مانده است. نام را کامل بین { و } بنویسید."


def _known() -> str:
    return "، ".join(f"{{{name}}}" for name in canned.PLACES)


def _places() -> SafeString:
    rows = format_html_join("", "<li><bdi>{{{}}}</bdi>: {}</li>", canned.PLACES.items())
    return format_html(
        "<p>این نام‌ها، با آکولاد، در جای خود پر می‌شوند. آنچه مقداری ندارد خالی می‌ماند و تا پر نشود پاسخ فرستاده نمی‌شود.</p><ul>{}</ul>",
        rows,
    )


class CannedReplyForm(forms.ModelForm):
    title = LineField(
        max_length=CANNED_TITLE_MAX, label="عنوان", help_text="کارشناس آن را با این نام پیدا می‌کند؛ مانند: درخواست تصویر مدرک"
    )
    body = TextField(
        max_length=BODY_MAX,
        label="متن پاسخ",
        widget=forms.Textarea({"rows": 10, "cols": 80, "dir": "auto"}),
    )

    def clean_body(self) -> str:
        body = self.cleaned_data["body"]
        for name in canned.unknown(body):
            self.add_error("body", NOT_KNOWN.format(name=name, known=_known()))
        if canned.has_loose_brace(body):
            self.add_error("body", LOOSE_BRACE)
        return body

    def clean(self) -> dict[str, Any]:
        """The database refuses it too; here it is said where the title stands."""
        given = super().clean()
        if "title" in given and "department" in given:
            same = CannedReply.objects.filter(title=given["title"], department=given["department"]).exclude(pk=self.instance.pk)
            if same.exists():
                self.add_error("title", TITLE_TWICE)
        return given


class DepartmentFilter(admin.SimpleListFilter):
    title, parameter_name = "بخش", "department"

    def lookups(self, request: HttpRequest, model_admin: CannedReplyAdmin) -> list[tuple[str, str]]:
        rows = [(str(row.pk), row.name) for row in model_admin.departments(request)]
        return [*rows, (COMMON, COMMON_NAME)] if model_admin.keeps_all(request) else rows

    def queryset(self, request: HttpRequest, rows: CannedReplyQuerySet) -> CannedReplyQuerySet:
        chosen = self.value()
        if chosen not in [value for value, _ in self.lookup_choices]:
            return rows
        return rows.filter(department=None if chosen == COMMON else int(chosen))


@admin.register(CannedReply)
class CannedReplyAdmin(KeptAdmin):
    form = CannedReplyForm
    list_display = ["title", "whose", "place", "standing"]
    list_filter = [DepartmentFilter]
    sortable_by = ()
    list_select_related = ["department"]
    search_fields = ["title", "body"]
    ordering = [F("department__position").asc(nulls_last=True), "position", "title", "id"]

    def get_fieldsets(self, request: HttpRequest, obj: CannedReply | None = None) -> list[tuple[str | None, dict[str, Any]]]:
        return [
            (None, {"fields": ["department", "title", "position", "is_active"]}),
            ("متن", {"fields": ["body"], "description": _places()}),
        ]

    def get_queryset(self, request: HttpRequest) -> CannedReplyQuerySet:
        return CannedReply.objects.kept_by(request.user).order_by(*self.ordering)

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        kwargs["queryset"] = Department.objects.filter(pk__in=[row.pk for row in self.departments(request)])
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        field.help_text = ""
        if self.keeps_all(request):
            field.empty_label = COMMON_NAME
        else:
            field.required = True
        return field

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        """Departments have a page of their own."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if db_field.name == "department":
            field.widget.can_add_related = field.widget.can_change_related = field.widget.can_view_related = False
        return field

    @staticmethod
    def keeps_all(request: HttpRequest) -> bool:
        return request.user.has_perm("tickets.change_cannedreply")

    def departments(self, request: HttpRequest) -> list[Department]:
        """Those for which this person keeps replies; asked for once a request, since every right hangs on them."""
        if not hasattr(request, "kept_departments"):
            user, rows = request.user, Department.objects.all()
            may = user.is_active and user.is_staff
            request.kept_departments = list(rows if self.keeps_all(request) else rows.headed_by(user)) if may else []
        return request.kept_departments

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.keeps_all(request) or bool(self.departments(request))

    def has_change_permission(self, request: HttpRequest, obj: CannedReply | None = None) -> bool:
        """A row at hand came through `get_queryset`; what was read otherwise must be of one's own department."""
        if obj is None or self.keeps_all(request):
            return self.has_module_permission(request)
        return obj.department_id in [row.pk for row in self.departments(request)]

    has_view_permission = has_change_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return self.has_module_permission(request)

    @admin.display(description="بخش")
    def whose(self, reply: CannedReply) -> str:
        return reply.department.name if reply.department else COMMON_NAME

    @admin.display(description="ترتیب")
    def place(self, reply: CannedReply) -> str:
        return to_persian_digits(reply.position)
