"""Configuration in the admin: folded search, Jalali dates, nothing deleted, every change on record. Used by the other rooms too."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.views.main import PAGE_VAR, ChangeList
from django.contrib.admin.widgets import AutocompleteSelect
from django.contrib.auth.models import Permission
from django.db.models import ForeignKey, ManyToManyField, Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry, AuditVerb
from autonax_support.accounts.onward import client_address
from autonax_support.persian.admin import JalaliAdmin
from autonax_support.persian.text import clean_line, to_ascii_digits, to_persian_digits

SECRETS = {"password", "password1", "password2", "usable_password"}
WORDS_MAX = 10  # of a search: each word asks every searched column
SEARCH_MAX = 200
RIGHTS = {"add": "افزودن", "change": "تغییر", "delete": "حذف", "view": "مشاهده"}


class KeptAutocomplete(AutocompleteSelect):
    """A form shown again with its errors: Django would ask the database for whatever was sent in place of a key."""

    def optgroups(self, name: str, value: list[str], attr: dict[str, Any] | None = None) -> list[tuple]:
        return super().optgroups(name, [key for key in value if _is_key(key)], attr)


class KeptChoices(forms.ModelMultipleChoiceField):
    """The same for several rows at once: SQLite breaks on a key of nineteen digits."""

    def clean(self, value: Any) -> QuerySet:
        if not all(_is_key(str(key)) for key in value or ()):
            raise forms.ValidationError(self.error_messages["invalid_choice"], code="invalid_choice", params={"value": ""})
        return super().clean(value)


class RightsChoices(KeptChoices):
    """Django keeps the names of its four rights in English. What axes and django-otp keep has no page, so nobody has a right to it."""

    def __init__(self, queryset: QuerySet, **kwargs: Any) -> None:
        super().__init__(queryset.exclude(content_type__app_label__in=["axes", "otp_totp", "otp_static"]), **kwargs)

    def label_from_instance(self, right: Permission) -> str:
        return f"{right.content_type.name}: {RIGHTS.get(right.codename.partition('_')[0], right.name)}"


class KeptChangeList(ChangeList):
    """For tables that stay small enough to be counted; what grows without end takes keyset.KeysetChangeList."""

    def get_results(self, request: HttpRequest) -> None:
        super().get_results(request)
        self.full_result_count = self.result_count  # Django would offer «all» beside every search

    def page_links(self) -> Iterator[tuple[int | str, str | None]]:
        if not self.multi_page:
            return
        for number in self.paginator.get_elided_page_range(self.page_num):
            known = isinstance(number, int) and number != self.page_num
            yield number, self.get_query_string({PAGE_VAR: number}) if known else None


class KeptAdmin(JalaliAdmin, admin.ModelAdmin):
    change_list_template = "admin/accounts/kept_list.html"
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    list_max_show_all = 0
    actions = None

    @admin.display(description="وضعیت", ordering="is_active")
    def standing(self, row: Model) -> str:
        """A word: the icon of Django is called «True»."""
        return "فعال" if row.is_active else "غیرفعال"

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return KeptChangeList

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: Any, object_id: str) -> HttpResponse:
        """Missing is missing, here as everywhere: Django would lead to the index with a message."""
        raise Http404

    def formfield_for_foreignkey(self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        if db_field.name in self.get_autocomplete_fields(request):
            kwargs.setdefault("widget", KeptAutocomplete(db_field, self.admin_site, using=kwargs.get("using")))
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def formfield_for_manytomany(self, db_field: ManyToManyField, request: HttpRequest, **kwargs: Any) -> forms.Field | None:
        kwargs.setdefault("form_class", RightsChoices if db_field.related_model is Permission else KeptChoices)
        return super().formfield_for_manytomany(db_field, request, **kwargs)

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        """PostgreSQL's driver breaks on NUL; a filter with one is answered by 400."""
        return "\x00" not in value and super().lookup_allowed(lookup, value, request)

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        """Names keep the digits their writer used, codes are ASCII: both spellings are looked for."""
        line = " ".join(clean_line(search_term[:SEARCH_MAX]).split()[:WORDS_MAX])
        found, repeats = super().get_search_results(request, queryset, to_ascii_digits(line))
        if to_persian_digits(line) == to_ascii_digits(line):
            return found, repeats
        persian, more_repeats = super().get_search_results(request, queryset, to_persian_digits(line))
        return found | persian, repeats or more_repeats

    def save_model(self, request: HttpRequest, obj: Model, form: forms.ModelForm, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and not form.changed_data:
            return
        verb = AuditVerb.CHANGED if change else AuditVerb.CREATED
        record(verb, request, obj, before=_values(form, form.initial) if change else {}, after=_values(form, form.cleaned_data))


def record(verb: AuditVerb, request: HttpRequest, obj: Model, **data: Any) -> AuditEntry:
    """What was done to one configured thing at the desk."""
    return AuditEntry.record(
        verb, actor=request.user, address=client_address(request), at=timezone.now(), model=obj._meta.label_lower, id=obj.pk, **data
    )


def _is_key(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 18


def _values(form: forms.ModelForm, source: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(source.get(name)) for name in form.changed_data if name not in SECRETS}


def _plain(value: Any) -> Any:
    """As JSON keeps it: ids for rows, ISO for dates."""
    if isinstance(value, Model):
        return value.pk
    if isinstance(value, QuerySet | list | tuple):
        return sorted(_plain(item) for item in value)
    if isinstance(value, date):
        return value.isoformat()
    return value if value is None or isinstance(value, bool | int) else str(value)
