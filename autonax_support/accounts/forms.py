from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.contrib.auth import authenticate
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import MinimumLengthValidator, get_default_password_validators
from django.http import HttpRequest
from django.utils import timezone

from autonax_support.accounts import throttle
from autonax_support.accounts.models import User
from autonax_support.persian.forms import LineField
from autonax_support.persian.text import to_ascii_digits, to_persian_digits

REQUIRED = {"required": "این قسمت را پر کنید."}
WRONG = "نام کاربری یا گذرواژه درست نیست. زبان صفحه‌کلید و بزرگی و کوچکی حروف را بررسی کنید و دوباره وارد کنید."
LOCKED = "پس از چند ورود ناموفق، ورود با این نام کاربری از این رایانه تا {minutes} دقیقه بسته است. پس از آن دوباره تلاش کنید."
INACTIVE = "این حساب غیرفعال است. برای فعال شدن آن با مدیر پشتیبانی هماهنگ کنید."
NAME_HELP = "همکاران و کارشناسان این نام را کنار پیام‌های شما می‌بینند."
THEMES = [("light", "روشن"), ("dark", "تیره"), ("auto", "هماهنگ با دستگاه")]


class SignInForm(forms.Form):
    username = forms.CharField(
        label="نام کاربری",
        error_messages=REQUIRED,
        widget=forms.TextInput(
            {"dir": "ltr", "autocomplete": "username", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}
        ),
    )
    password = forms.CharField(
        label="گذرواژه",
        strip=False,
        error_messages=REQUIRED,
        widget=forms.PasswordInput({"dir": "ltr", "autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.user: User | None = None
        self.refused = False
        self.locked_for = 0  # minutes

    def clean_username(self) -> str:
        return to_ascii_digits(self.cleaned_data["username"])

    def clean(self) -> None:
        """One text for an unknown name and a wrong password; only the right password learns that the account is closed."""
        if self.errors:
            return
        attempt = throttle.stripped(self.request)
        user = authenticate(attempt, **self.cleaned_data)
        self.refused = user is None or not user.may_sign_in
        if getattr(attempt, "axes_locked_out", False):
            self.locked_for = throttle.minutes_left(self.request, self.cleaned_data["username"], timezone.now())
            raise forms.ValidationError(LOCKED.format(minutes=to_persian_digits(self.locked_for)))
        if self.refused:
            self.fields["username"].widget.attrs.pop("autofocus")
            self.fields["password"].widget.attrs["autofocus"] = True
            raise forms.ValidationError(WRONG if user is None else INACTIVE)
        self.user = user


def beside_its_button() -> FormHelper:
    """The template writes the form tag and the button; a form this short says its errors at the fields only."""
    helper = FormHelper()
    helper.form_tag = helper.form_show_errors = False
    return helper


class NameForm(forms.ModelForm):
    helper = beside_its_button()
    full_name = LineField(max_length=150, label="نام و نام خانوادگی", error_messages=REQUIRED, help_text=NAME_HELP)

    class Meta:
        model = User
        fields = ["full_name"]


class PasswordForm(PasswordChangeForm):
    helper = beside_its_button()
    error_messages = {
        **PasswordChangeForm.error_messages,
        "password_incorrect": "گذرواژه کنونی درست نیست. آن را دوباره وارد کنید.",  # nosec B105 # a sentence
        "password_mismatch": "دو گذرواژه یکسان نیست. همان گذرواژه را دوباره بنویسید.",  # nosec B105 # a sentence
    }
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, label in [("old_password", "گذرواژه کنونی"), ("new_password1", "گذرواژه جدید"), ("new_password2", "تکرار گذرواژه جدید")]:
            self.fields[name].label = label
            self.fields[name].help_text = ""
            self.fields[name].error_messages = {**self.fields[name].error_messages, **REQUIRED}
            self.fields[name].widget.attrs["dir"] = "ltr"
        self.fields["new_password1"].help_text = password_help()


class ThemeForm(forms.Form):
    theme = forms.ChoiceField(choices=THEMES)


def password_help() -> str:
    lengths = [validator.min_length for validator in get_default_password_validators() if isinstance(validator, MinimumLengthValidator)]
    return f"دست‌کم {to_persian_digits(max(lengths, default=1))} نویسه؛ نه یک گذرواژه رایج و نه شبیه نام شما."


class CodeForm(forms.Form):
    code = forms.CharField(
        label="کد یک‌بارمصرف",
        help_text="کد ۶ رقمی برنامه رمزساز گوشی را وارد کنید.",
        max_length=20,
        error_messages={"required": "کد یک‌بارمصرف را وارد کنید.", "max_length": "این کد ۶ رقم دارد."},
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": True}),
    )


class RecoveryForm(forms.Form):
    code = forms.CharField(
        label="کد بازیابی",
        help_text="یکی از کدهایی را وارد کنید که هنگام فعال‌سازی چاپ کردید یا نوشتید.",
        max_length=40,
        error_messages={"required": "یک کد بازیابی وارد کنید.", "max_length": "این کد ۱۰ نویسه دارد."},
        widget=forms.TextInput({"dir": "ltr", "autocomplete": "off", "autocapitalize": "none", "spellcheck": "false", "autofocus": True}),
    )


class OwnPasswordForm(forms.Form):
    password = forms.CharField(
        label="گذرواژه",
        strip=False,
        error_messages=REQUIRED,
        widget=forms.PasswordInput({"dir": "ltr", "autocomplete": "current-password", "autofocus": True}),
    )

    def __init__(self, user: User, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        if not self.user.check_password(self.cleaned_data["password"]):
            raise forms.ValidationError("گذرواژه درست نیست. آن را دوباره وارد کنید.")
        return self.cleaned_data["password"]
