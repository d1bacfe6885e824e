from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.models import Permission
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import URLPattern, path

from autonax_support.accounts import second_factor
from autonax_support.accounts.admin.user_forms import NewPasswordForm, NewPersonForm, PersonForm
from autonax_support.accounts.kept import KeptAdmin, record
from autonax_support.accounts.models import AuditVerb, User
from autonax_support.persian.calendar import numeric_with_time

RIGHTS = "دسترسی‌ها"
PERSON = ["username", "full_name", "role", "office", "email", "mobile", "is_active"]


@admin.register(User)
class PersonAdmin(KeptAdmin, UserAdmin):
    change_form_template = "admin/accounts/user/change_form.html"
    form = PersonForm
    add_form = NewPersonForm
    change_password_form = NewPasswordForm
    fieldsets = [
        (None, {"fields": [*PERSON[:4], "password", *PERSON[4:]]}),
        (RIGHTS, {"fields": ["is_superuser", "groups", "user_permissions"], "classes": ["collapse"]}),
        ("سامانه میزبان", {"fields": ["host_issuer", "host_subject"], "classes": ["collapse"]}),
        ("تاریخ‌ها", {"fields": ["date_joined", "last_sign_in"]}),
    ]
    add_fieldsets = [(None, {"fields": [*PERSON, "usable_password", "password1", "password2"]})]
    readonly_fields = [
        "host_issuer",
        "host_subject",
        "date_joined",
        "last_sign_in",
    ]  # the host's identity opens an account without a password
    autocomplete_fields = ["office"]
    list_display = ["username", "full_name", "role", "office", "standing", "last_login"]
    list_display_links = ["username", "full_name"]
    list_select_related = ["office"]
    list_filter = ["role", "is_active", "groups", "office__city__province"]
    search_fields = ["username", "full_name", "mobile", "office__code", "office__title"]
    ordering = ["full_name"]

    @admin.display(description="آخرین ورود")
    def last_sign_in(self, person: User) -> str:
        return numeric_with_time(person.last_login) if person.last_login else "هنوز وارد نشده است"

    def get_fieldsets(self, request: HttpRequest, obj: User | None = None) -> list:
        """Only a superuser hands out rights; for others the form does not even have these fields."""
        parts = super().get_fieldsets(request, obj)
        return parts if request.user.is_superuser else [part for part in parts if part[0] != RIGHTS]

    def get_form(self, request: HttpRequest, obj: User | None = None, **kwargs: Any) -> type[forms.ModelForm]:
        form = super().get_form(request, obj, **kwargs)
        form.doer = request.user
        return form

    def has_change_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        """A manager's way to set passwords must not lead into an account that may do more than the manager."""
        allowed = super().has_change_permission(request, obj)
        if not allowed or obj is None or request.user.is_superuser:
            return allowed
        return not obj.is_superuser and _rights(obj) <= _rights(request.user)

    def get_urls(self) -> list[URLPattern]:
        def at(route: str, view: Callable, name: str) -> URLPattern:
            return path(f"<path:object_id>/{route}/", self.admin_site.admin_view(view), name=f"accounts_user_{name}")

        return [at("sessions", self.end_sessions, "sessions"), at("otp", self.reset_otp, "otp"), *super().get_urls()]

    def _person(self, request: HttpRequest, object_id: str) -> User:
        """Whom this manager may change."""
        person = self.get_object(request, unquote(object_id))
        if person is None:
            raise Http404
        if not self.has_change_permission(request, person):
            raise PermissionDenied
        return person

    def reset_otp(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """For a colleague without phone and paper. One's own is switched off with the password."""
        person = self._person(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        if person == request.user:
            return redirect("accounts:otp_off")
        if second_factor.forget(person):
            person.end_sessions()
            record(AuditVerb.OTP_RESET, request, person)
            messages.success(request, f"ورود دومرحله‌ای {person.full_name} برداشته شد.")
        return redirect("admin:accounts_user_change", person.pk)

    def end_sessions(self, request: HttpRequest, object_id: str) -> HttpResponse:
        person = self._person(request, object_id)
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        person.end_sessions()
        if person == request.user:
            update_session_auth_hash(request, person)
        record(AuditVerb.SESSIONS_ENDED, request, person)
        messages.success(request, f"نشست‌های {person.full_name} بسته شد.")
        return redirect("admin:accounts_user_change", person.pk)

    def user_change_password(self, request: HttpRequest, *args: str, **kwargs: str) -> HttpResponse:
        response = super().user_change_password(request, *args, **kwargs)
        if response.status_code == 302 and response.url != request.get_full_path():
            record(AuditVerb.PASSWORD_CHANGED, request, self.get_object(request, unquote(kwargs["id"])))
        return response


def _rights(user: User) -> set[int]:
    """Also of an inactive account, which Django says has none: it can be made active again."""
    return set(Permission.objects.filter(Q(user=user) | Q(group__user=user)).values_list("pk", flat=True))
