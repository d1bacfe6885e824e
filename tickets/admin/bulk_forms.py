"""What a verb asks for when it is done to many tickets; what a ticket alone can tell, its verb refuses."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from autonax_support.accounts.models import User
from autonax_support.persian.forms import JalaliDateField, TextField
from tickets.admin.forms import REASON_FOR_MOVING, REASON_SEEN, CloseForm, PrioritiseForm, TransferForm, short_text
from tickets.limits import REASON_MAX

PAST = "موعد رفع مشکل باید از امروز به بعد باشد."
NO_WAY_BACK = "اولویت قبلی تیکت‌ها را با «برگرداندن» نمی‌شود بازگرداند."
NOT_OURS = "این همکار عضو بخش این تیکت‌ها نیست. همکار دیگری را انتخاب کنید."


class BulkForm(forms.Form):
    """`asked` is what the batch keeps: ids, codes and what was typed."""

    @property
    def asked(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class BulkAssign(BulkForm):
    assignee = forms.TypedChoiceField(
        label="واگذاری به همکار",
        coerce=int,
        error_messages={"required": "یک همکار را انتخاب کنید.", "invalid_choice": NOT_OURS},
    )

    def __init__(self, data: Any = None, *, experts: list[User], **kwargs: Any) -> None:
        super().__init__(data, auto_id="bulk_%s", **kwargs)
        self.fields["assignee"].choices = [("", "انتخاب کنید"), *((row.pk, row.full_name) for row in experts)]


class BulkTransfer(TransferForm):
    @property
    def asked(self) -> dict[str, Any]:
        return {"department": self.cleaned_data["department"].pk, "reason": self.cleaned_data["reason"]}


class BulkPrioritise(PrioritiseForm, BulkForm):
    def __init__(self, data: Any = None, **kwargs: Any) -> None:
        super().__init__(data, auto_id="bulk_%s", **kwargs)
        self.fields["priority"].help_text = NO_WAY_BACK


class BulkDevelop(BulkForm):
    promised = JalaliDateField(label="موعد رفع مشکل", help_text="تاریخ را به شکل ۱۴۰۵/۰۹/۰۲ وارد کنید.")
    reason = TextField(
        label="دلیل", max_length=REASON_MAX, required=False, help_text=f"{REASON_FOR_MOVING} {REASON_SEEN}", widget=short_text()
    )

    def __init__(self, data: Any = None, *, today: date, **kwargs: Any) -> None:
        super().__init__(data, auto_id="bulk_%s", **kwargs)
        self.today = today

    def clean_promised(self) -> date:
        if self.cleaned_data["promised"] < self.today:
            raise forms.ValidationError(PAST)
        return self.cleaned_data["promised"]

    @property
    def asked(self) -> dict[str, Any]:
        return self.cleaned_data | {"promised": self.cleaned_data["promised"].isoformat()}


class BulkClose(CloseForm):
    @property
    def asked(self) -> dict[str, Any]:
        return {"why": self.cleaned_data["reason"], "remark": self.cleaned_data["remark"]}
