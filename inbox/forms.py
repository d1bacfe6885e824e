from __future__ import annotations

from typing import Any

from django import forms

from autonax_support.persian.forms import JalaliDateField, LineField, TextField
from autonax_support.persian.text import to_persian_digits
from tickets.forms import BODY_TOO_LONG
from tickets.limits import BODY_MAX, QUERY_MAX, REMARK_MAX
from tickets.models import Department, Status

ALL = ("", "همه")
AWAITING = [("awaiting_you", "در انتظار شما"), ("awaiting_support", "در انتظار پشتیبانی")]
STARS = {1: "خیلی ضعیف", 2: "ضعیف", 3: "متوسط", 4: "خوب", 5: "عالی"}
MESSAGE_ID_MAX = 2**63 - 1


class OneOf(forms.TypedChoiceField):
    """A filter by choice. What is not among the choices filters nothing: such an address was not made by our form."""

    def clean(self, value: Any) -> Any:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return self.empty_value


class FilterForm(forms.Form):
    """Search and filters of the list. What a field refuses is said at the field and not searched for; the others hold."""

    q = LineField(
        label="جستجو",
        max_length=QUERY_MAX,
        required=False,
        error_messages={"too_long": "متن جستجو را کوتاه‌تر کنید؛ {max} نویسه کافی است."},
        widget=forms.TextInput(
            attrs={
                "type": "search",
                "autocomplete": "off",
                "placeholder": "شماره تیکت، شماره پیگیری، شماره ملی یا بخشی از متن",
            }
        ),
    )
    status = OneOf(label="وضعیت", required=False, choices=[ALL, *AWAITING, *Status.choices])
    department = OneOf(label="بخش", required=False, coerce=int, empty_value=None)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="%s", **kwargs)
        departments = Department.objects.values_list("pk", "name")
        self.fields["department"].choices = [ALL, *departments]
        # `from` is the address's word and Python's
        self.fields["from"] = JalaliDateField(label="از تاریخ", required=False)
        self.fields["to"] = JalaliDateField(label="تا تاریخ", required=False)
        for field in self.fields.values():
            field.optional = False  # all of them are: the word at each label would say nothing
        self.full_clean()

    @property
    def filters(self) -> dict[str, Any]:
        """What was understood, by the names of the address."""
        return {name: value for name, value in self.cleaned_data.items() if value not in ("", None)}

    @property
    def address(self) -> dict[str, str]:
        """The same as text, so that links of the page say what the page shows."""
        return {name: self.data[name] for name in self.filters} | ({"q": self.filters["q"]} if "q" in self.filters else {})

    @property
    def narrows(self) -> bool:
        """Whether more than the tab was asked for."""
        return bool(self.filters.keys() - {"status"})

    @property
    def is_open_on_phones(self) -> bool:
        return "filters" in self.data or bool(self.filters.keys() & {"department", "from", "to"} or self.errors.keys() - {"q"})

    def clean(self) -> dict[str, Any]:
        begin, end = self.cleaned_data.get("from"), self.cleaned_data.get("to")
        if begin and end and end < begin:
            self.add_error("to", "تاریخ پایان پیش از تاریخ آغاز است. یکی از دو تاریخ را تغییر دهید.")
        return self.cleaned_data


class Seen(forms.IntegerField):
    """The last message that was on the page. Garbage says nothing, and refuses nothing."""

    def clean(self, value: Any) -> int | None:
        try:
            return super().clean(value)
        except forms.ValidationError:
            return None


class ReplyForm(forms.Form):
    """An empty text is the verb's to refuse: with a file it is a reply."""

    body = TextField(
        label="متن پیام",
        max_length=BODY_MAX,
        required=False,
        help_text="اگر پاسخ مناسب نگرفته‌اید، متن پیام و مدارک لازم را بفرستید تا مشکل دوباره بررسی شود.",
        error_messages={"too_long": BODY_TOO_LONG},
        widget=forms.Textarea(attrs={"rows": 5, "dir": "auto"}),
    )
    seen = Seen(required=False, min_value=0, max_value=MESSAGE_ID_MAX, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].optional = False  # text or file: neither is, alone


class RatingForm(forms.Form):
    stars = forms.TypedChoiceField(
        label="امتیاز شما",
        coerce=int,
        choices=[(stars, f"{to_persian_digits(stars)} ستاره، {word}") for stars, word in STARS.items()],
        widget=forms.RadioSelect,
        error_messages={"required": "تعداد ستاره را انتخاب کنید.", "invalid_choice": "تعداد ستاره را انتخاب کنید."},
    )
    remark = TextField(
        label="توضیح",
        max_length=REMARK_MAX,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )
