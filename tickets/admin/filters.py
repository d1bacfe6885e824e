from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms

from autonax_support.accounts.models import User
from autonax_support.persian.calendar import day_start
from autonax_support.persian.forms import JalaliDateField, LineField
from autonax_support.persian.text import to_ascii_digits, to_persian_digits
from tickets.admin.choosing import OFFICES_MAX, choices_for
from tickets.limits import QUERY_MAX
from tickets.models import Priority, Status
from tickets.models.ticket import TicketQuerySet

TOO_LONG = f"متن جستجو را کوتاه‌تر کنید؛ {to_persian_digits(QUERY_MAX)} نویسه کافی است."
BACKWARDS = "تاریخ پایان پیش از تاریخ آغاز است. یکی از دو تاریخ را تغییر دهید."
NO_OFFICE = "دفتری با این نام یا کد پیدا نشد. بخشی از نام دفتر یا کد آن را بنویسید."
MANY_OFFICES = f"این نام در بیش از {to_persian_digits(OFFICES_MAX)} دفتر هست. نام کامل‌تر یا کد دفتر را بنویسید."
ME, NOBODY = "me", "nobody"
RATED = "any"
FILTERS = "filters"
STARS = [(str(count), f"{to_persian_digits(count)} ستاره") for count in range(5, 0, -1)]


NARROWED_BY = {
    "department": "department",
    "status": "status",
    "priority": "priority",
    "office": "office__in",
    "province": "office__city__province",
}


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
    assignee = forms.ChoiceField(label="کارشناس مسئول", required=False)
    office = LineField(label="دفتر", max_length=QUERY_MAX, required=False, widget=forms.TextInput({"placeholder": "نام یا کد دفتر"}))
    province = forms.TypedChoiceField(label="استان", coerce=int, required=False)
    rating = forms.ChoiceField(label="امتیاز", choices=[("", "همه"), (RATED, "امتیازدار"), *STARS], required=False)
    priority = forms.ChoiceField(label="اولویت", choices=[("", "همه"), *Priority.choices], required=False)

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="filter_%s", **kwargs)
        self.user = user
        offered = choices_for(user, self.data.get("office", "")[:QUERY_MAX])
        experts = [choice for choice in offered["assignee"] if choice[0] != user.pk]
        self.offices = offered["office"]
        self.fields["department"].choices = [("", "همه"), *offered["department"]]
        self.fields["assignee"].choices = [("", "همه"), (ME, "من"), (NOBODY, "بدون کارشناس"), *experts]
        self.fields["province"].choices = [("", "همه"), *offered["province"]]
        self.fields["from"] = JalaliDateField(label="از تاریخ", required=False)
        self.fields["to"] = JalaliDateField(label="تا تاریخ", required=False)

    def clean_office(self) -> list[int]:
        """The offices meant: few enough for their own index to lead to their tickets. A whole code is that office alone."""
        text = self.cleaned_data["office"]
        if text and not self.offices:
            raise forms.ValidationError(NO_OFFICE)
        if len(self.offices) > OFFICES_MAX:
            raise forms.ValidationError(MANY_OFFICES)
        whole = [pk for pk, code in self.offices if code == to_ascii_digits(text)]
        return whole or [pk for pk, _ in self.offices]

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
        return any(value not in (None, "", []) for value in self.cleaned_data.values())

    @property
    def is_open_on_phones(self) -> bool:
        """There the filters wait behind a link to this same page; who only searched wants to see what was found."""
        return FILTERS in self.data or bool(self.given.keys() - {"q"} or self.errors.keys() - {"q"})

    def narrow(self, tickets: TicketQuerySet) -> TicketQuerySet:
        """By all but the words searched for; a wrong query and an office that is none find nothing."""
        given = self.cleaned_data
        if "q" in self.errors or "office" in self.errors:
            return tickets.none()
        for name, lookup in NARROWED_BY.items():
            if given.get(name):
                tickets = tickets.filter(**{lookup: given[name]})
        if given.get("assignee"):
            tickets = tickets.filter(assignee={ME: self.user.pk, NOBODY: None}.get(given["assignee"], given["assignee"]))
        if given.get("rating"):
            tickets = tickets.filter(rating__isnull=False) if given["rating"] == RATED else tickets.filter(rating__stars=given["rating"])
        if given.get("from"):
            tickets = tickets.filter(filed_at__gte=day_start(given["from"]))
        if given.get("to"):
            tickets = tickets.filter(filed_at__lt=day_start(given["to"] + timedelta(days=1)))
        return tickets
