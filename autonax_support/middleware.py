"""What holds for every request, in the order of settings.MIDDLEWARE."""

import time
from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import SESSION_KEY, logout
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import Resolver404, resolve
from django.utils import timezone
from django.utils.deprecation import MiddlewareMixin
from django_htmx.http import HttpResponseClientRedirect

from autonax_support import limits, views
from autonax_support.accounts import second_factor
from tickets import drafts

LOOPBACK = ("127.", "::1", "::ffff:127.")
PROXY_HEADERS = ("HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PROTO", "HTTP_X_REAL_IP", "HTTP_FORWARDED", "HTTP_VIA")
NOTED_EVERY = 15 * 60
ASKED_BY_THEMSELVES = ("notices:bell", "admin:tickets_ticket_meanwhile")  # pages that stand open: no sign that anybody sits before them
METHODS = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "DELETE")
SAFE_HEADERS = {
    # for what is no page and so has not got the policy of the pages: it loads nothing and nothing frames it
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Permissions-Policy": settings.PERMISSIONS_POLICY,
    "Referrer-Policy": settings.SECURE_REFERRER_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": settings.X_FRAME_OPTIONS,
    "Cross-Origin-Opener-Policy": settings.SECURE_CROSS_ORIGIN_OPENER_POLICY,
    "Cross-Origin-Resource-Policy": "same-origin",
}

Next = Callable[[HttpRequest], HttpResponse]


def safe_headers(get_response: Next) -> Next:
    """On every answer there is, static files, redirects and refusals too. What a view or a later middleware says for itself stays."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        for name, value in SAFE_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return middleware


def known_methods(get_response: Next) -> Next:
    """TRACE and what else nobody here uses goes no further."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.method in METHODS:
            return get_response(request)
        return HttpResponseNotAllowed(METHODS, views.not_this_way())

    return middleware


def demo_stays_home(get_response: Next) -> Next:
    """The demo's sign-ins are public knowledge, so nobody may reach it from another machine, not even through a proxy on this one."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.DEMO and not _from_this_machine(request):
            return HttpResponse("نسخه نمایشی فقط روی همین رایانه باز می‌شود.", status=403, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return middleware


def client_address(get_response: Next) -> Next:
    """REMOTE_ADDR becomes the person's address. Only what our own TRUSTED_PROXIES appended is believed, never what the sender wrote."""

    def middleware(request: HttpRequest) -> HttpResponse:
        hops = [hop.strip() for hop in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if hop.strip()]
        if 0 < settings.TRUSTED_PROXIES <= len(hops):
            request.META["REMOTE_ADDR"] = hops[-settings.TRUSTED_PROXIES]
        return get_response(request)

    return middleware


def no_store(get_response: Next) -> Next:
    """Offices share PCs: no page stays in the browser's cache, unless the view says for itself what may."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code == 405 and not response.content:
            response.content = views.not_this_way(request)
            response.headers["Content-Length"] = str(len(response.content))
        response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def session_limits(get_response: Next) -> Next:
    """Keeps a used session alive without writing it on each request, and ends it after SESSION_LONGEST."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            _age(request, int(time.time()))
        return get_response(request)

    return middleware


def body_limit(get_response: Next) -> Next:
    """Refuses a flood by its announced length, before a byte of it is read."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _announced_length(request) > settings.REQUEST_MAX_BYTES:
            return views.too_large(request)
        return get_response(request)

    return middleware


class RateLimits(MiddlewareMixin):
    """Counts before the CSRF check and the sign-in, which cost something too, and outside of every transaction of the view."""

    def process_view(self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict) -> HttpResponse | None:
        limit = limits.limit_of(request)
        excess, seconds = limits.count(request, limit, timezone.now()) if limit else (0, 0)
        return views.too_many(request, limit, excess, seconds) if excess else None


class SignedIn(LoginRequiredMiddleware):
    """Everything but views marked login_not_required needs a sign-in; htmx is told to load the sign-in as a page, not as a fragment."""

    def process_view(self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict) -> HttpResponse | None:
        """Django would read the session first, also for what needs none."""
        if not getattr(view_func, "login_required", True):
            return None
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(self, request: HttpRequest, view_func: Callable) -> HttpResponse:
        return _led_by_htmx(request, views.sign_in_again(request))


class OwnForms(MiddlewareMixin):
    """Offices share PCs: a form that one person opened is never executed by another who has signed in since."""

    def process_view(self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict) -> HttpResponse | None:
        asks_itself = getattr(view_func, "asks_whose_token", False)
        is_form = request.method == "POST" and not asks_itself  # asked first: what is not about a person must not read the session
        if is_form and request.user.is_authenticated and drafts.belongs_to_another(request):
            return views.other_person(request)
        return None


class SecondFactor(MiddlewareMixin):
    """Until the code is given a session is as good as none: what a form brought is kept, and its person is led to where the code is asked.

    Only the pages that ask for it, and what needs no sign-in at all, are open before.
    """

    def process_view(self, request: HttpRequest, view_func: Callable, view_args: tuple, view_kwargs: dict) -> HttpResponse | None:
        is_open = not getattr(view_func, "login_required", True) or getattr(view_func, "before_the_code", False)
        if is_open or not second_factor.is_awaited(request):
            return None
        return _led_by_htmx(request, views.code_first(request))


def _led_by_htmx(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The door is a page, not a fragment."""
    return HttpResponseClientRedirect(response.url) if request.htmx and response.status_code == 302 else response


def _from_this_machine(request: HttpRequest) -> bool:
    return request.META.get("REMOTE_ADDR", "").startswith(LOOPBACK) and not any(name in request.META for name in PROXY_HEADERS)


def _age(request: HttpRequest, now: int) -> None:
    if SESSION_KEY not in request.session:  # nobody's: an invented or outlived cookie makes no row
        return
    if not request.user.is_authenticated:  # the account or its office was closed, or its sessions ended
        request.session.flush()
        return
    began = request.session.get("began")
    if began is None:
        request.session["began"] = request.session["noted"] = now
    elif now - began > settings.SESSION_LONGEST:
        logout(request)
    elif now - request.session.get("noted", 0) > NOTED_EVERY and not _asks_by_itself(request):
        request.session["noted"] = now


def _asks_by_itself(request: HttpRequest) -> bool:
    try:
        return resolve(request.path_info).view_name in ASKED_BY_THEMSELVES
    except Resolver404:
        return False


def _announced_length(request: HttpRequest) -> int:
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
