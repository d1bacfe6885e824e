"""Pages that belong to no app: the door, the help, what machines ask, and the error pages."""

import secrets
import sys
from datetime import datetime
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.contrib.sessions.exceptions import SessionInterrupted
from django.db import DatabaseError, InterfaceError, OperationalError, connection
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict, UnreadablePostError
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import requires_csrf_token
from django.views.decorators.http import require_safe
from django_htmx.http import HttpResponseClientRedirect

from autonax_support.accounts.access import wants_json
from autonax_support.files import storage
from autonax_support.limits import RESCUED, Limit
from autonax_support.notices.models import Delivery, Job, WorkerBeat
from autonax_support.persian.text import to_persian_digits
from tickets import drafts
from tickets.models import Draft


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    return redirect("admin:index" if request.user.is_staff else "inbox:list")


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "help.html")


@login_not_required
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """This process answers; it says nothing about the others."""
    return HttpResponse("ok", content_type="text/plain")


@login_not_required
@require_safe
def readyz(request: HttpRequest) -> JsonResponse:
    """Whether people can be served: database and attachments, yes or no and nothing more, since anybody may ask.

    Beside it whether background work keeps up; pages go on without it, so a proxy must not take this process out for that.
    """
    needed = {"database": _database_answers(), "attachments": _attachments_can_be_kept()}
    keeps_up = needed["database"] and _background_work_keeps_up(timezone.now())
    return JsonResponse({**needed, "worker": keeps_up}, status=200 if all(needed.values()) else 503)


@requires_csrf_token
def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    ref = {"ref": _referred(request)}
    if isinstance(exception, SessionInterrupted) and _database_is_away(exception.__context__ and exception.__context__.__context__):
        return _unavailable(ref)
    return render(request, "400.html", ref, status=400)


@requires_csrf_token
def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "403.html", {"ref": _referred(request)}, status=403)


@requires_csrf_token
def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form is not executed, but its text is kept; who is signed out is asked to sign in and finds it again."""
    if drafts.belongs_to_another(request) and request.user.is_authenticated:
        return other_person(request)
    draft = drafts.rescue(request)
    if not request.user.is_authenticated and (draft or request.path != reverse("accounts:login")):
        return _signed_out(request, draft)
    if wants_json(request):
        text = "زمان این فرم تمام شد. متن شما ذخیره شده است." if draft else "زمان این فرم تمام شد. صفحه را تازه کنید و دوباره بفرستید."
        address = draft.get_absolute_url() if draft else _page_of_the_form(request)
        return JsonResponse({"message": text, "saved": draft is not None, "address": address}, status=403)
    return render(request, "403_csrf.html", {"draft": draft, "ref": _referred(request)}, status=403)


def sign_in_again(request: HttpRequest) -> HttpResponse:
    """To the sign-in page, which promises that the text is safe only when it is."""
    return _signed_out(request, drafts.rescue(request))


def code_first(request: HttpRequest) -> HttpResponse:
    """Signed in, but without the one-time code yet: as if there were no session, but for the door."""
    draft = drafts.rescue(request)
    address = _way_in(request, draft, door="accounts:otp")
    if not wants_json(request):
        return redirect(address)
    kept = " آنچه نوشته بودید ذخیره شده است." if draft else ""
    message = f"برای ادامه، کد یک‌بارمصرف را وارد کنید.{kept}"
    return JsonResponse({"message": message, "signin": address, "saved": draft is not None}, status=401)


def _signed_out(request: HttpRequest, draft: Draft | None) -> HttpResponse:
    """Scripts are told where to sign in, people are led there."""
    address = _way_in(request, draft)
    if not wants_json(request):
        return redirect(address)
    kept = "آنچه نوشته بودید ذخیره شده است؛ وارد شوید تا از همان جا ادامه دهید." if draft else "دوباره وارد شوید."
    return JsonResponse({"message": f"زمان نشست شما تمام شد. {kept}", "signin": address, "saved": draft is not None}, status=401)


def _way_in(request: HttpRequest, draft: Draft | None, door: str = "accounts:login") -> str:
    """Nobody is sent back to an address that takes POST only, or that answers scripts."""
    if draft:
        return _sign_in(door, draft.get_absolute_url(), saved="1")
    if request.method in ("GET", "HEAD") and not wants_json(request):
        is_known = settings.SESSION_COOKIE_NAME in request.COOKIES
        return _sign_in(door, request.get_full_path(), **({"expired": "1"} if is_known else {}))
    return _sign_in(door, _page_of_the_form(request), expired="1")


def _page_of_the_form(request: HttpRequest) -> str:
    """The page on which the form stood, by the browser's word, as long as it is one of ours."""
    page = urlsplit(request.headers.get("Referer", ""))
    return page.path if page.netloc == request.get_host() and page.path.startswith("/") else reverse("home")


def _sign_in(door: str, onward: str, **state: str) -> str:
    if door != "accounts:login":  # nothing has expired there
        state.pop("expired", None)
    query = QueryDict(mutable=True)
    query.update({"next": onward, **state})
    return f"{reverse(door)}?{query.urlencode(safe='/')}"


def other_person(request: HttpRequest) -> HttpResponse:
    """A form that another person opened on this PC: kept as that person's draft, not executed."""
    is_kept = drafts.rescue(request) is not None
    if wants_json(request):
        kept = " متن آن به‌صورت پیش‌نویس همان حساب ذخیره شده است." if is_kept else ""
        return JsonResponse({"message": f"این فرم با حساب دیگری باز شده بود.{kept}", "saved": is_kept}, status=409)
    return render(request, "other_person.html", {"draft_kept": is_kept}, status=409)


def not_this_way(request: HttpRequest | None = None) -> str:
    """The body of a 405: somebody has come by GET to what only a form may ask."""
    return render_to_string("400.html", request=request)


@requires_csrf_token
def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "404.html", status=404)


def too_large(request: HttpRequest) -> HttpResponse:
    return render(request, "413.html", {"max_mb": settings.ATTACHMENT_MAX_FILES * settings.ATTACHMENT_MAX_MB}, status=413)


def too_many(request: HttpRequest, limit: Limit, excess: int, seconds: int) -> HttpResponse:
    """Not executed, but kept: a form with a draft token becomes its owner's draft, as after a lost session."""
    is_another_s = drafts.belongs_to_another(request)
    may_keep = (limit.keeps_text or not wants_json(request)) and excess <= RESCUED
    draft = drafts.rescue(request) if may_keep else None
    who = "این حساب" if request.user.is_authenticated else "این رایانه"
    wait = f"{to_persian_digits(seconds)} ثانیه" if seconds <= 90 else f"{to_persian_digits(-(-seconds // 60))} دقیقه"
    again = f"دوباره «{limit.button}» را بزنید" if limit.button else "دوباره تلاش کنید"
    kept = "؛ متن شما سر جای خود است" if draft else ""
    message = f"درخواست‌ها از {who} پشت سر هم رسیده است. {wait} دیگر {again}{kept}."
    headers = {"Retry-After": str(seconds)}
    if wants_json(request):
        body = {"message": message, "retry_after": seconds, "saved": draft is not None}
        return JsonResponse(body, status=429, headers=headers)
    if request.htmx and request.method == "GET":  # htmx shows no refusal: the browser loads it as a page
        return HttpResponseClientRedirect(request.get_full_path())
    context = {"message": message, "draft": None if is_another_s else draft}
    return HttpResponse(render_to_string("429.html", context, request), status=429, headers=headers)


def server_error(request: HttpRequest) -> HttpResponse:
    """Rendered without the request: what failed may be the very thing that a context processor reads."""
    error, ref = sys.exc_info()[1], {"ref": _referred(request)}
    if _database_is_away(error):
        return _unavailable(ref)
    if isinstance(error, UnreadablePostError):  # the line broke; whoever sent it has gone
        return HttpResponse(render_to_string("400.html", ref), status=400)
    return HttpResponse(render_to_string("500.html", ref), status=500)


def _referred(request: HttpRequest) -> str:
    """The number that the page shows and the line of the log carries (logs.ErrorReference)."""
    request.error_reference = f"{secrets.randbelow(10**8):08}"
    return request.error_reference


def _unavailable(ref: dict[str, str]) -> HttpResponse:
    return HttpResponse(render_to_string("503.html", ref), status=503, headers={"Retry-After": "30"})


def _database_is_away(error: BaseException | None) -> bool:
    """What a connection that breaks raises. Within a query the driver says no more than DatabaseError, all others of which have names."""
    return isinstance(error, OperationalError | InterfaceError) or type(error) is DatabaseError


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except (DatabaseError, InterfaceError):
        return False


def _background_work_keeps_up(at: datetime) -> bool:
    return WorkerBeat.objects.alive(at).exists() and Job.objects.keep_up(at) and Delivery.objects.keep_up(at)


def _attachments_can_be_kept() -> bool:
    key = None
    try:
        key = storage.write_bytes(b"ready")
        with storage.read(key) as kept:
            return kept.read() == b"ready"
    except (OSError, Http404):
        return False
    finally:
        storage.erase([key] if key else [])
