from typing import Any

from django import forms
from django.contrib.auth.forms import AdminPasswordChangeForm, AdminUserCreationForm, UserChangeForm

from autonax_support.accounts.forms import password_help
from autonax_support.accounts.models import Role, User
from autonax_support.persian.forms import LineField
from autonax_support.persian.text import to_ascii_digits

OFFICE_MISSING = "دفتر را انتخاب کنید؛ کاربر دفتر و مدیر دفتر به یک دفتر تعلق دارند."
OFFICE_TOO_MUCH = "کارشناس پشتیبانی به دفتری تعلق ندارد. این قسمت را خالی کنید یا نقش را تغییر دهید."


class PersonFields(forms.Form):
    """What the two forms of a user have in common."""

    full_name = LineField(max_length=150, label="نام و نام خانوادگی")
    mobile = LineField(max_length=20, label="موبایل", required=False)

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
    pass


class PersonForm(PersonFields, UserChangeForm):
    class Meta(UserChangeForm.Meta):
        model = User


class NewPersonForm(PasswordHelp, PersonFields, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ["username", "full_name", "role", "office", "email", "mobile", "is_active"]
