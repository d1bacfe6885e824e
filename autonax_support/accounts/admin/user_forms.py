from typing import Any

from django import forms
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashWidget,
    SetUnusablePasswordMixin,
    UserChangeForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.db.models import PROTECT

from autonax_support.accounts.forms import password_help
from autonax_support.accounts.models import Role, User
from autonax_support.accounts.models.user import NAME_TAKEN
from autonax_support.persian.forms import LineField
from autonax_support.persian.text import to_ascii_digits

OFFICE_MISSING = "دفتر را انتخاب کنید؛ کاربر دفتر و مدیر دفتر به یک دفتر تعلق دارند."
OFFICE_TOO_MUCH = "کارشناس پشتیبانی به دفتری تعلق ندارد. این قسمت را خالی کنید یا نقش را تغییر دهید."

ROLE_BOUND = "نقش میان دفتر و پشتیبانی جابه‌جا نمی‌شود، چون این‌ها به نام این کاربر است: {kinds}. برای نقش دیگر حساب جدیدی ثبت کنید."
PASSWORD_SET, PASSWORD_MISSING = "گذرواژه تعیین شده است", "گذرواژه‌ای تعیین نشده است"
LOST_BY_IT = "اگر غیرفعال شود، گذرواژه کنونی این کاربر از میان می‌رود."
OWN_ROLE = "نقش خودتان از اینجا تغییر نمی‌کند. این کار را مدیر پشتیبانی دیگری انجام می‌دهد."
OWN_ACCOUNT = "حساب خودتان از اینجا غیرفعال نمی‌شود. این کار را مدیر پشتیبانی دیگری انجام می‌دهد."


class PersonFields(forms.Form):
    """What the two forms of a user have in common."""

    full_name = LineField(max_length=150, label="نام و نام خانوادگی")
    mobile = LineField(max_length=20, label="موبایل", required=False)

    def clean_username(self) -> str:
        username = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=username).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(NAME_TAKEN)
        return username

    def clean_mobile(self) -> str:
        return to_ascii_digits(self.cleaned_data["mobile"])

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        role, office = self.cleaned_data.get("role"), self.cleaned_data.get("office")
        if role == Role.STAFF and office:
            self.add_error("office", OFFICE_TOO_MUCH)
        elif role and role != Role.STAFF and not office and "office" not in self.errors:
            self.add_error("office", OFFICE_MISSING)
        return cleaned


class PasswordHelp:
    """Django's own help has another word for password and Latin digits."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = password_help()


class NewPasswordForm(PasswordHelp, AdminPasswordChangeForm):
    usable_password_help_text = (
        SetUnusablePasswordMixin.usable_password_help_text
        + f'<ul id="id_unusable_warning" class="messagelist"><li class="warning">{LOST_BY_IT}</li></ul>'  # the id is Django's script's
    )


class PasswordState(ReadOnlyPasswordHashWidget):
    """Whether there is one and the way to change it; how it is kept is nobody's business."""

    def get_context(self, name: str, value: str | None, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        is_set = bool(value) and is_password_usable(value)
        return context | {"summary": [{"label": PASSWORD_SET if is_set else PASSWORD_MISSING}]}


class PersonForm(PersonFields, UserChangeForm):
    doer: User  # who changes this person: the admin tells each form class

    class Meta(UserChangeForm.Meta):
        model = User

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].widget = PasswordState()
            self.fields["password"].help_text = ""

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        person, role = self.instance, self.cleaned_data.get("role", self.instance.role)
        changes_side = (role == Role.STAFF) != person.is_staff
        if person == self.doer and changes_side:
            self.add_error("role", OWN_ROLE)
        elif changes_side and (kinds := _kept_of(person)):
            self.add_error("role", ROLE_BOUND.format(kinds="، ".join(kinds)))
        if person == self.doer and not self.cleaned_data.get("is_active", True):
            self.add_error("is_active", OWN_ACCOUNT)
        return cleaned


def _kept_of(person: User) -> list[str]:
    """What the other rooms keep in this person's name; their rules take for granted on which side of the counter it was done."""
    found = [
        relation.related_model._meta.verbose_name_plural
        for relation in User._meta.related_objects
        if relation.on_delete is PROTECT and relation.related_model._meta.app_label != User._meta.app_label
        if relation.related_model._base_manager.filter(**{relation.field.name: person}).exists()
    ]
    return list(dict.fromkeys(found))


class NewPersonForm(PasswordHelp, PersonFields, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "full_name", "role", "office", "email", "mobile", "is_active"]
