from typing import Any

from crispy_forms.helper import FormHelper
from django import forms

from autonax_support.accounts.models import User
from autonax_support.notices.gateways import is_open
from autonax_support.notices.models import Channels
from autonax_support.notices.models.delivery import address_of
from autonax_support.persian.text import to_persian_digits

HOURS = [(hour, to_persian_digits(f"{hour}:00")) for hour in range(24)]
MISSING = {
    "email": "نشانی ایمیل شما ثبت نشده است؛ برای ثبت آن با مدیر پشتیبانی هماهنگ کنید.",
    "sms": "شماره موبایل شما ثبت نشده است؛ برای ثبت آن با مدیر پشتیبانی هماهنگ کنید.",
}
CLOSED = "این راه در این سامانه باز نیست."


def beside_its_button() -> FormHelper:
    helper = FormHelper()
    helper.form_tag = helper.form_show_errors = False
    return helper


class ChannelsForm(forms.ModelForm):
    """What cannot reach this person cannot be switched, and says why."""

    helper = beside_its_button()
    quiet_from = forms.TypedChoiceField(label="آغاز ساعت سکوت پیامک", choices=HOURS, coerce=int)
    quiet_until = forms.TypedChoiceField(
        label="پایان ساعت سکوت پیامک",
        choices=HOURS,
        coerce=int,
        help_text="پیامک‌های این ساعت‌ها پس از پایان آن فرستاده می‌شود. دو ساعت یکسان یعنی بدون سکوت.",
    )

    class Meta:
        model = Channels
        fields = ["email", "sms", "quiet_from", "quiet_until"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for channel in ("email", "sms"):
            field, address = self.fields[channel], address_of(self.instance.user, channel)
            field.help_text = MISSING[channel] if not address else "" if is_open(channel) else CLOSED
            field.disabled = bool(field.help_text)

    def save(self, commit: bool = True) -> Channels:
        """By whichever of two clicks comes first."""
        return Channels.objects.update_or_create(user=self.instance.user, defaults=self.cleaned_data)[0]


def channels_form(person: User, posted: Any = None) -> ChannelsForm:
    """With what this person has chosen, or what is usual."""
    return ChannelsForm(posted, instance=Channels.objects.of([person])[person.pk])
