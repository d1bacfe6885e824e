"""Where a person goes next, and where a request came from."""

from urllib.parse import urlsplit

from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from autonax_support.accounts.models import User

LONGEST = 2000  # a redirect much longer than this is refused after the sign-in is done


def landing(user: User) -> str:
    return reverse("admin:index") if user.is_staff else reverse("inbox:list")


def safe_next(request: HttpRequest) -> str:
    """The `next` of the form or the address if it is a path of this site, else nothing."""
    target = request.POST.get("next") or request.GET.get("next") or ""
    is_path = target.startswith("/") and not target.startswith("//") and len(target) <= LONGEST
    return target if is_path and url_has_allowed_host_and_scheme(target, None) else ""


def after_sign_in(request: HttpRequest, user: User) -> str:
    """`next`, but clerks never to the desk and nobody back to sign-in or sign-out."""
    target = safe_next(request)
    closed = [reverse("accounts:login"), reverse("accounts:logout"), reverse("accounts:out")]
    if user.is_office:
        closed.append(reverse("admin:index"))
    if not target or urlsplit(target).path.startswith(tuple(closed)):
        return landing(user)
    return target


def client_address(request: HttpRequest) -> str:
    """Trusted proxies are resolved by the middleware, nowhere else."""
    return request.META.get("REMOTE_ADDR", "")
