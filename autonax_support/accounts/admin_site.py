import re
from collections.abc import Callable
from functools import update_wrapper
from typing import Any
from urllib.parse import urlencode

from django.contrib.admin import AdminSite
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.contrib.admin.options import TO_FIELD_VAR
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.decorators import method_decorator
from django.utils.functional import SimpleLazyObject
from django.views.decorators.cache import never_cache

METHODS = ("GET", "HEAD", "POST")
ROW = re.compile(r"[0-9]{1,18}")  # every row that can be ticked has a number, and the databases take no larger one


class DeskSite(AdminSite):
    """Django's admin as the desk: one sign-in for all, and for clerks it does not exist."""

    site_header = "میز پشتیبانی اتوناکس"
    site_title = "پشتیبانی اتوناکس"
    index_title = "میز کار"
    site_url = None
    enable_nav_sidebar = False

    def admin_view(self, view: Callable, cacheable: bool = False) -> Callable:
        inner = super().admin_view(view, cacheable)

        def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            self._close_to_clerks(request)
            if request.method not in METHODS:  # Django's pages answer any other as if it were GET
                return HttpResponseNotAllowed(METHODS)
            if "" in (request.GET.get(TO_FIELD_VAR), request.POST.get(TO_FIELD_VAR)):  # Django looks for a field without a name, and fails
                raise BadRequest("an empty _to_field")
            if not all(map(ROW.fullmatch, request.POST.getlist(ACTION_CHECKBOX_NAME))):  # Django asks the database for it as it is
                raise BadRequest("a ticked row without a number")
            return inner(request, *args, **kwargs)

        return update_wrapper(door, inner)

    @method_decorator(never_cache)
    @method_decorator(login_not_required)
    def login(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        self._close_to_clerks(request)
        target = request.GET.get("next") or reverse("admin:index")
        return redirect(f"{reverse('accounts:login')}?{urlencode({'next': target})}")

    def logout(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        from autonax_support.accounts.views import logout

        return logout(request)

    def password_change(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("accounts:password")

    def password_change_done(self, request: HttpRequest, extra_context: dict | None = None) -> HttpResponse:
        return redirect("accounts:me")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> Any:
        """Made where it is shown: Django asks for it on every page, and what a head may keep is a query."""
        return SimpleLazyObject(lambda: super(DeskSite, self).get_app_list(request, app_label))

    def _close_to_clerks(self, request: HttpRequest) -> None:
        if request.user.is_authenticated and not self.has_permission(request):
            raise Http404
