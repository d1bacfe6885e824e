from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from autonax_support.persian.forms import LineField, TextField
from autonax_support.persian.identity import national_id_checks
from tickets.case_form import CaseForm
from tickets.limits import BODY_MAX, SUBJECT_MAX
from tickets.models import Department
from tickets.verbs.filing import Case

FEW_DEPARTMENTS = 4
BODY_TOO_LONG = "این متن {count} نویسه است؛ حداکثر {max} نویسه پذیرفته می‌شود. آن را کوتاه کنید یا ادامه را در فایل پیوست بفرستید."
WRONG_CHECK_DIGIT = (
    "رقم آخر با رقم‌های دیگر این شماره ملی سازگار نیست. اگر رقمی هنگام تایپ جابه‌جا شده است، اصلاح کنید؛ "
    "اگر در پرونده همین است، گزینه زیر را علامت بزنید و دوباره «ثبت تیکت» را بزنید."
)


class DepartmentField(forms.ModelChoiceField):
    """Few departments stand as cards, more in a select. One that closed meanwhile is named. `known`: what was read for the choices."""

    known: Sequence[Department] = ()

    def to_python(self, value: Any) -> Department | None:
        chosen = next((row for row in self.known if str(row.pk) == value), None)
        if chosen:
            return chosen
        try:
            return super().to_python(value)
        except forms.ValidationError:
            raise forms.ValidationError(self._why_not(str(value)), code="invalid_choice") from None

    def _why_not(self, value: str) -> str:
        closed = (
            Department.objects.filter(pk=value, is_active=False).first()
            if value.isascii() and value.isdigit() and len(value) < 10
            else None
        )
        if closed is None:
            return str(self.error_messages["invalid_choice"])
        return f"بخش {closed.name} دیگر تیکت نمی‌پذیرد. بخش دیگری را انتخاب کنید؛ متن و فایل‌های شما سر جای خود است."


class FilingForm(CaseForm):
    """The guide's steps 2 to 5; files, keys and drafts are the view's."""

    subject = LineField(
        label="موضوع",
        max_length=SUBJECT_MAX,
        help_text="موضوع فعالیت و درخواست جاری را که در حال انجام آن هستید وارد کنید.",
        error_messages={"required": "موضوع را بنویسید؛ مثلاً: خطای کد ملی - تمدید پروانه تاکسیرانی."},
        widget=forms.TextInput(attrs={"placeholder": "مثلاً: خطای کد ملی - تمدید پروانه تاکسیرانی"}),
    )
    department = DepartmentField(
        label="واحد مسئول",
        queryset=Department.objects.none(),
        empty_label=None,
        widget=forms.RadioSelect,
        error_messages={"required": "واحد مسئول را انتخاب کنید."},
    )
    confirm_national_id = forms.BooleanField(label="شماره ملی در پرونده همین است", required=False)
    no_case = forms.BooleanField(label="این موضوع به پرونده‌ای مربوط نیست", required=False)
    file_anyway = forms.BooleanField(label="ثبت تیکت جداگانه", required=False)
    body = TextField(
        label="متن پیام",
        max_length=BODY_MAX,
        help_text="شرح دقیقی از مشکل پیش‌آمده را بنویسید.",
        error_messages={"required": "متن پیام را بنویسید تا کارشناس بداند مشکل چیست.", "too_long": BODY_TOO_LONG},
        widget=forms.Textarea(
            attrs={
                "rows": 6,
                "dir": "auto",
                "placeholder": "چه کاری انجام می‌دادید و چه دیدید؟ اگر پیام خطایی بود، متن آن را بنویسید.",
            }
        ),
    )

    field_order = ["subject", "department", "tracking_number", "national_id"]  # as they stand on the page

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.departments = departments = list(Department.objects.accepting())
        field = self.fields["department"]
        field.queryset, field.known = Department.objects.accepting(), departments
        if len(departments) > FEW_DEPARTMENTS:
            field.widget = forms.Select()
        field.widget.choices = [(department.pk, department.name) for department in departments]
        if len(departments) > FEW_DEPARTMENTS:
            field.widget.choices.insert(0, ("", "انتخاب کنید"))

    @property
    def ticket(self) -> dict[str, Any]:
        """What `Ticket.file` wants to know."""
        given = self.cleaned_data
        case = Case(given["tracking_number"], given["national_id"], self.kind, tuple(self.references))
        return {"subject": given["subject"], "department": given["department"], "body": given["body"], "case": case}

    def clean(self) -> dict[str, Any]:
        super().clean()
        self._check_tracking_number()
        number = self.cleaned_data.get("national_id")
        if number and not national_id_checks(number):
            self._warn_of_national_id()
        return self.cleaned_data

    def _warn_of_national_id(self) -> None:
        """A warning, not a refusal: the wrong number in the case may be the very thing that is reported."""
        field = self.fields["national_id"]
        field.warning, field.confirm = WRONG_CHECK_DIGIT, self["confirm_national_id"]
        if not self.cleaned_data.get("confirm_national_id"):
            self.add_error("confirm_national_id", "رقم آخر شماره ملی را بررسی کنید یا این گزینه را علامت بزنید.")

    def _check_tracking_number(self) -> None:
        typed = self.cleaned_data.get("tracking_number")
        if typed is None:  # already refused at the field
            return
        if self.cleaned_data.get("no_case") and typed:
            self.add_error(
                "tracking_number",
                "هم شماره پیگیری وارد شده و هم گزینه «این موضوع به پرونده‌ای مربوط نیست» علامت دارد. یکی را بردارید.",
            )
        elif not typed and not self.cleaned_data.get("no_case"):
            self.add_error("tracking_number", "شماره پیگیری را وارد کنید یا گزینه «این موضوع به پرونده‌ای مربوط نیست» را علامت بزنید.")
