"""The addresses of the product and some that fail, each in a way of its own, with what was sent to them in the error."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import path

from autonax_support import urls
from autonax_support.accounts.models import User

handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


def fail(request: HttpRequest, how: str) -> HttpResponse:
    sent = f"{request.POST.get('password')} {request.POST.get('national_id')} {request.META['QUERY_STRING']}\n2026-11-25 CRITICAL forged"
    if how == "row":
        User.objects.create(username=request.user.username, full_name=request.POST["national_id"], role="staff")
    try:
        raise KeyError(sent)
    except KeyError as first:
        raise ERRORS[how](sent) from first


ERRORS = {"value": ValueError, "bad": BadRequest, "denied": PermissionDenied, "away": OperationalError}
urlpatterns = [*urls.urlpatterns, path("fail/<how>/", fail)]
