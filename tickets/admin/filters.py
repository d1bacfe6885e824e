from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from autonax_support.accounts.models import User
from autonax_support.persian.calendar import day_start
from autonax_support.persian.forms import JalaliDateField, LineField
from autonax_support.persian.text import to_persian_digits
from tickets.admin.queue import departments_of
from tickets.limits import QUERY_MAX
from tickets.models import Priority, Status
from tickets.models.ticket import TicketQuerySet

TOO_LONG = f"متن جستجو را کوتاه‌تر کنید؛ {to_persian_digits(QUERY_MAX)} نویسه کافی است."
BACKWARDS = "تاریخ پایان پیش از تاریخ آغاز است. یکی از دو تاریخ را تغییر دهید."
ME, NOBODY = "me", "nobody"
FILTERS = "filters"


class QueueFilter(forms.Form):
    """What the address narrows the queue by. A choice that is none of ours narrows nothing; a wrong date is told at its field."""

    q = LineField(
        label="جستجو",
        max_length=QUERY_MAX,
        required=False,
        error_messages={"too_long": TOO_LONG},
        widget=forms.TextInput({"type": "search", "placeholder": "شماره تیکت، شماره پیگیری، شماره ملی یا بخشی از متن"}),
    )
    department = forms.TypedChoiceField(label="بخش", coerce=int, required=False)
    status = forms.ChoiceField(label="وضعیت", choices=[("", "همه"), *Status.choices], required=False)
    assignee = forms.ChoiceField(label="کارشناس مسئول", choices=[("", "همه"), (ME, "من"), (NOBODY, "بدون کارشناس")], required=False)
    priority = forms.ChoiceField(label="اولویت", choices=[("", "همه"), *Priority.choices], required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self.user = user
        self.fields["department"].choices = [("", "همه"), *((row.pk, row.name) for row in departments_of(user))]
        self.fields["from"] = JalaliDateField(label="از تاریخ", required=False)
        self.fields["to"] = JalaliDateField(label="تا تاریخ", required=False)

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        if given.get("from") and given.get("to") and given["to"] < given["from"]:
            self.add_error("to", BACKWARDS)
        return given

    @property
    def given(self) -> dict[str, str]:
        """As typed and worth carrying to the next page."""
        return {name: self.data[name] for name in self.fields if self.data.get(name)}

    @property
    def narrows(self) -> bool:
        return any(value not in (None, "") for value in self.cleaned_data.values())

    @property
    def is_open_on_phones(self) -> bool:
        """There the filters wait behind a link to this same page."""
        return self.narrows or bool(self.errors) or FILTERS in self.data

    def narrow(self, tickets: TicketQuerySet) -> TicketQuerySet:
        """By all but the words searched for; a wrong query finds nothing."""
        given = self.cleaned_data
        if "q" in self.errors:
            return tickets.none()
        for name in ("department", "status", "priority"):
            if given.get(name):
                tickets = tickets.filter(**{name: given[name]})
        if given.get("assignee"):
            tickets = tickets.filter(assignee=self.user if given["assignee"] == ME else None)
        if given.get("from"):
            tickets = tickets.filter(filed_at__gte=day_start(given["from"]))
        if given.get("to"):
            tickets = tickets.filter(filed_at__lt=day_start(given["to"] + timedelta(days=1)))
        return tickets
