from __future__ import annotations

from typing import Any

from django import forms

from autonax_support.accounts.models import User
from autonax_support.persian.calendar import day_start
from autonax_support.persian.forms import JalaliDateField, TextField
from tickets.choices import BY_EXPERT, ClosedReason, Priority, Status
from tickets.forms import BODY_TOO_LONG, DepartmentField
from tickets.limits import BODY_MAX, REASON_MAX
from tickets.models import Department, Ticket

ANSWER, NOTE = "answer", "note"
STAY, CLOSE, NEXT = "stay", "close", "next"
NOBODY = "nobody"
REASON_SEEN = "دفتر این دلیل را می‌بیند."
REASON_FOR_MOVING = "برای تغییر موعد، دلیل لازم است."
GIVE_REASON = "دلیل را بنویسید."


def short_text() -> forms.Textarea:
    return forms.Textarea({"rows": 2, "dir": "auto"})


class AnswerForm(forms.Form):
    kind = forms.ChoiceField(choices=[(ANSWER, "پاسخ به دفتر"), (NOTE, "یادداشت داخلی")])
    body = TextField(max_length=BODY_MAX, required=False, error_messages={"too_long": BODY_TOO_LONG})
    then = forms.ChoiceField(choices=[(STAY, ""), (CLOSE, ""), (NEXT, "")], required=False)
    development_done = forms.BooleanField(label="توسعه انجام شد", required=False)

    @property
    def is_note(self) -> bool:
        """The box sends its radio and its button. Where the two differ nothing goes to the office."""
        return NOTE in self.data.getlist("kind")


class TransferForm(forms.Form):
    department = DepartmentField(
        label="بخش مقصد",
        queryset=Department.objects.accepting(),
        error_messages={"required": "بخش مقصد را انتخاب کنید."},
    )
    reason = TextField(
        label="دلیل", max_length=REASON_MAX, help_text=REASON_SEEN, widget=short_text(), error_messages={"required": GIVE_REASON}
    )

    def __init__(self, data: Any = None, *, departments: list[Department], **kwargs: Any) -> None:
        super().__init__(data, auto_id="transfer_%s", **kwargs)
        self.fields["department"].widget.choices = [("", "انتخاب کنید"), *((row.pk, row.name) for row in departments)]


class AssignForm(forms.Form):
    assignee = forms.ChoiceField(label="واگذاری به همکار", error_messages={"required": "یک همکار را انتخاب کنید."})

    def __init__(self, data: Any = None, *, ticket: Ticket, experts: list[User], **kwargs: Any) -> None:
        super().__init__(data, auto_id="assign_%s", **kwargs)
        self.experts = {str(person.pk): person for person in experts}
        field = self.fields["assignee"]
        field.choices = [("", "انتخاب کنید"), *((key, person.full_name) for key, person in self.experts.items()), (NOBODY, "بدون کارشناس")]
        field.error_messages["invalid_choice"] = f"این همکار عضو بخش {ticket.department.name} نیست. همکار دیگری را انتخاب کنید."

    def clean_assignee(self) -> User | None:
        return self.experts.get(self.cleaned_data["assignee"])


class PrioritiseForm(forms.Form):
    priority = forms.ChoiceField(label="اولویت", choices=Priority.choices, error_messages={"required": "اولویت را انتخاب کنید."})


class DevelopForm(forms.Form):
    promised = JalaliDateField(label="موعد رفع مشکل", help_text="تاریخ را به شکل ۱۴۰۵/۰۹/۰۲ وارد کنید.")
    reason = TextField(label="دلیل", max_length=REASON_MAX, required=False, help_text=REASON_SEEN, widget=short_text())

    def __init__(self, data: Any = None, *, ticket: Ticket, **kwargs: Any) -> None:
        super().__init__(data, auto_id="develop_%s", initial={"promised": ticket.promised_at}, **kwargs)
        self.promised_before = ticket.promised_at if ticket.status == Status.IN_DEVELOPMENT else None
        if self.promised_before:
            self.fields["reason"].optional = False  # the label would say so, and moving the day needs one
            self.fields["reason"].help_text = f"{REASON_FOR_MOVING} {REASON_SEEN}"

    def clean(self) -> dict[str, Any]:
        promised = self.cleaned_data.get("promised")
        is_moved = promised and self.promised_before and day_start(promised) != self.promised_before
        if is_moved and not self.cleaned_data.get("reason", "given"):
            self.add_error("reason", GIVE_REASON)
        return self.cleaned_data


class CloseForm(forms.Form):
    reason = forms.ChoiceField(
        label="دلیل",
        choices=[("", "انتخاب کنید"), *(choice for choice in ClosedReason.choices if choice[0] in BY_EXPERT)],
        error_messages={"required": "دلیل را انتخاب کنید."},
    )
    remark = TextField(label="توضیح", max_length=REASON_MAX, required=False, help_text="دفتر این توضیح را می‌بیند.", widget=short_text())

    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="close_%s", **kwargs)

    def clean(self) -> dict[str, Any]:
        if self.cleaned_data.get("reason") == ClosedReason.OTHER and not self.cleaned_data.get("remark", "given"):
            self.add_error("remark", GIVE_REASON)
        return self.cleaned_data
