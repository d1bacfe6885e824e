from django import forms
from django.contrib import admin
from django.http import HttpRequest

from autonax_support.accounts.kept import KeptAdmin
from autonax_support.accounts.models import Office
from autonax_support.accounts.models.office import CODE_ERROR
from autonax_support.persian.forms import DigitsField, LineField
from autonax_support.persian.text import to_persian_digits


class OfficeForm(forms.ModelForm):
    code = DigitsField(1, 12, label="کد دفتر", error_messages={"digits": CODE_ERROR, "length": CODE_ERROR})
    title = LineField(max_length=200, label="نام دفتر")
    phone = LineField(max_length=30, label="تلفن", required=False)

    def _get_validation_exclusions(self) -> set[str]:
        """A code is unique within its host, also for those who may not change the host."""
        return super()._get_validation_exclusions() - {"host_issuer"}


@admin.register(Office)
class OfficeAdmin(KeptAdmin):
    form = OfficeForm
    fieldsets = [
        (None, {"fields": ["code", "title", "city", "phone", "is_active"]}),
        ("سامانه میزبان", {"fields": ["host_issuer"], "classes": ["collapse"]}),
    ]
    autocomplete_fields = ["city"]
    list_display = ["code_persian", "title", "city", "province", "phone_persian", "standing", "created_at"]
    list_display_links = ["code_persian", "title"]
    list_select_related = ["city__province"]
    list_filter = ["is_active", "city__province"]
    search_fields = ["code", "title", "phone", "city__name"]
    ordering = ["code"]

    def get_readonly_fields(self, request: HttpRequest, obj: Office | None = None) -> list[str]:
        """Moving an office to another host decides whose launches it believes."""
        shown = super().get_readonly_fields(request, obj)
        return shown if request.user.is_superuser else [*shown, "host_issuer"]

    @admin.display(description="کد دفتر", ordering="code")
    def code_persian(self, office: Office) -> str:
        return to_persian_digits(office.code)

    @admin.display(description="استان", ordering="city__province__name")
    def province(self, office: Office) -> str:
        return office.city.province.name

    @admin.display(description="تلفن")
    def phone_persian(self, office: Office) -> str:
        return to_persian_digits(office.phone)
