"""The part of the filing form about cases: the one a launch brought, what its kind asks for, and further samples of the same fault."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django import forms
from django.http import QueryDict

from autonax_support.accounts.case import OpenCase
from autonax_support.persian.forms import DigitsField
from autonax_support.persian.identity import all_same_digit
from autonax_support.persian.text import clean_line, is_blank, to_ascii_digits, to_persian_digits
from tickets.choices import CaseKind
from tickets.limits import TRACKING_MAX, TRACKING_MIN
from tickets.models import CaseReference, Ticket
from tickets.verbs.filing import Reference

Given = QueryDict | dict[str, Any] | None
Role = CaseReference.Role
SAMPLES = (1, 2, 3)
PERSONS = {role: f"{role}_national_id" for role in (Role.OWNER, Role.BUYER, Role.SELLER)}
ASKED = {CaseKind.ASSISTANT: (Role.OWNER,), CaseKind.TRADE: (Role.BUYER, Role.SELLER)}
INCOMPLETE = "شماره پیگیری این نمونه را وارد کنید یا آن را حذف کنید."
SAME = "این نمونه همان پرونده بالاست. پرونده دیگری را وارد کنید."
UNLOCKED = "از این پس این قسمت را خودتان پر می‌کنید."
SAME_DIGITS = "شماره ملی از ده رقم یکسان ساخته نمی‌شود. شماره روی کارت ملی را بنویسید یا این قسمت را خالی بگذارید."


def label_of(person: str) -> str:
    return f"کد ملی {Role(person).label}"


class TrackingField(DigitsField):
    default_error_messages = {
        "digits": "شماره پیگیری فقط رقم دارد. حرف، فاصله و خط تیره را بردارید.",
        "length": "شماره پیگیری ۱۰ تا ۱۶ رقم است؛ اکنون {count} رقم وارد شده است.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(TRACKING_MIN, TRACKING_MAX, required=False, **kwargs)


class NationalIdField(DigitsField):
    default_error_messages = {
        "digits": "شماره ملی فقط رقم دارد. حرف، فاصله و خط تیره را بردارید.",
        "length": "شماره ملی ۱۰ رقم است؛ اکنون {count} رقم وارد شده است. صفرهای ابتدای آن را هم بنویسید.",
    }

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(10, 10, required=False, **kwargs)

    def validate(self, value: str) -> None:
        super().validate(value)
        if value and all_same_digit(value):
            raise forms.ValidationError(SAME_DIGITS, code="same")


class CaseForm(forms.Form):
    """What is locked is read from the session, whatever a POST says in its place.

    `case_for` is the tracking number of the launched case that the page was made for; empty once the clerk has pressed «تغییر».
    """

    case_for = forms.CharField(required=False, widget=forms.HiddenInput)
    case_kind = forms.ChoiceField(
        label="نوع پرونده",
        required=False,
        widget=forms.HiddenInput,
        choices=[(kind.value, kind.label) for kind in (CaseKind.ASSISTANT, CaseKind.TRADE, CaseKind.OTHER)],
    )
    tracking_number = TrackingField(label="شماره پیگیری", help_text="شماره پیگیری پرونده جاری در اتوناکس؛ ۱۰ تا ۱۶ رقم")
    national_id = NationalIdField(label="شماره ملی", help_text="شماره ملی ثبت‌شده در پرونده جاری؛ ۱۰ رقم")
    owner_national_id = NationalIdField(label=label_of(Role.OWNER))
    buyer_national_id = NationalIdField(label=label_of(Role.BUYER))
    seller_national_id = NationalIdField(label=label_of(Role.SELLER))

    same_case: Ticket | None = None  # an open ticket of the case, which the page shows

    def __init__(self, data: QueryDict | None = None, *, initial: dict[str, Any] | None = None, case: OpenCase | None = None) -> None:
        self.launched = case
        given = data if data is not None else initial
        if given is None and case:
            given = initial = opened(case)
        self.written_for = _digits((given or {}).get("case_for"))
        self.is_locked = bool(case and self.written_for == case.tracking_number)
        if self.is_locked and data is not None:
            data = _as_launched(data, case)
        elif self.is_locked:
            initial = {**initial, **_locked(case)}
        data, strays = _in_words(data)
        initial, more_strays = _in_words(initial)
        self.has_strays = strays or more_strays  # persons of another kind of case, now in the text
        super().__init__(data, initial=initial)
        self._add_samples()
        self._lock()
        self.fields["tracking_number"].optional = False  # unless the matter concerns no case

    def _add_samples(self) -> None:
        for row in SAMPLES:
            place = to_persian_digits(row)
            self.fields[f"sample_tracking_{row}"] = TrackingField(label=f"شماره پیگیری نمونه {place}")
            self.fields[f"sample_tracking_{row}"].optional = False  # as soon as there is a sample
            self.fields[f"sample_national_id_{row}"] = NationalIdField(label=f"کد ملی نمونه {place}")

    def _lock(self) -> None:
        """Marks what the launch has filled, and tells the page not to claim any more than that."""
        if not self.is_locked:
            self.initial = {**self.initial, "case_for": ""}
            return
        for name in _locked(self.launched):
            if name in ("tracking_number", "national_id"):
                self.fields[name].locked, self.fields[name].optional = True, False
                self.fields[name].widget.attrs["readonly"] = True
        self.fields["tracking_number"].help_text = "از پرونده جاری در اتوناکس پر شده است."

    def unlocked_at(self, name: str) -> None:
        """«تغییر» was pressed at this field: its person goes on there, and hears what it means."""
        field = self.fields[name if name == "national_id" else "tracking_number"]
        field.help_text = f"{field.help_text}. {UNLOCKED}"
        field.widget.attrs["autofocus"] = True

    @property
    def lost_its_case(self) -> bool:
        """The page was made for a launched case that is not the open one any more: it must not file for the one or the other unasked."""
        return bool(self.written_for) and not self.is_locked

    @property
    def other_case(self) -> str:
        """The launched case, where this form is about another."""
        typed = self.typed_number
        return self.launched.tracking_number if self.launched and typed and typed != self.launched.tracking_number else ""

    @property
    def typed_number(self) -> str:
        """The tracking number as it stands in the form, good or not, in ASCII digits."""
        return _digits(self["tracking_number"].value())

    @property
    def kind(self) -> str:
        kind = self["case_kind"].value()
        return kind if kind in CaseKind.values and kind != CaseKind.NONE else CaseKind.OTHER.value

    @property
    def asked(self) -> list[forms.BoundField]:
        """The national IDs that the guide asks for with this kind of case."""
        return [self[PERSONS[role]] for role in ASKED.get(self.kind, ())]

    @property
    def samples(self) -> Iterator[tuple[int, forms.BoundField, forms.BoundField]]:
        return ((row, self[f"sample_tracking_{row}"], self[f"sample_national_id_{row}"]) for row in SAMPLES)

    @property
    def has_samples(self) -> bool:
        return any(tracking.value() or person.value() or tracking.errors or person.errors for _, tracking, person in self.samples)

    @property
    def references(self) -> list[Reference]:
        """What stands beside the case itself, as `Ticket.file` wants it."""
        given = self.cleaned_data
        roles = [role for role in ASKED.get(self.kind, ()) if given[PERSONS[role]]]
        persons = [Reference(role.value, 1, national_id=given[PERSONS[role]]) for role in roles]
        rows = [(given[f"sample_tracking_{row}"], given[f"sample_national_id_{row}"]) for row in SAMPLES]
        filled = [row for row in rows if any(row)]
        return persons + [Reference(Role.SAMPLE.value, place, *row) for place, row in enumerate(filled, 1)]

    def clean(self) -> dict[str, Any]:
        self._check_samples()
        return self.cleaned_data

    def _check_samples(self) -> None:
        above = {self.cleaned_data.get("tracking_number")}
        for row in SAMPLES:
            name = f"sample_tracking_{row}"
            tracking = self.cleaned_data.get(name)
            if tracking and tracking in above:
                self.add_error(name, SAME)
            elif tracking == "" and (self[f"sample_national_id_{row}"].value() or "").strip():
                self.add_error(name, INCOMPLETE)
            above.add(tracking)


def opened(case: OpenCase) -> dict[str, str]:
    """The form of a launched case before a person has written anything."""
    return {"case_for": case.tracking_number, "subject": case.subject, **_locked(case)}


def _locked(case: OpenCase) -> dict[str, str]:
    kind = case.kind if case.kind in CaseKind.values and case.kind != CaseKind.NONE else CaseKind.OTHER.value
    known = {"tracking_number": case.tracking_number, "national_id": case.national_id}
    return {name: text for name, text in known.items() if text} | {"case_kind": kind}


def _as_launched(data: QueryDict, case: OpenCase) -> QueryDict:
    data = data.copy()
    for name, text in _locked(case).items():
        data[name] = text
    data.pop("no_case", None)
    return data


def _in_words(given: Given) -> tuple[Given, bool]:
    """Persons for whom a case of this kind has no field: typed when it was of another, they become lines of the text, seen and kept."""
    asked = ASKED.get(given.get("case_kind"), ()) if given else ()
    strays = [role for role, name in PERSONS.items() if given and role not in asked and not is_blank(given.get(name) or "")]
    if not strays:
        return given, False
    told = given.copy()
    lines = [f"{label_of(role)}: {to_persian_digits(given[PERSONS[role]])}" for role in strays]
    for role in strays:
        del told[PERSONS[role]]
    told["body"] = "\n".join(filter(None, [given.get("body"), *lines]))
    return told, True


def _digits(text: Any) -> str:
    return to_ascii_digits(clean_line(str(text or ""))).strip()
