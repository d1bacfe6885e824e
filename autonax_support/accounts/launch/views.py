from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from autonax_support.accounts.access import opened_by_a_person
from autonax_support.accounts.case import OpenCase, keep_case
from autonax_support.accounts.launch import arrival
from autonax_support.accounts.launch.claims import TARGETS
from autonax_support.accounts.launch.token import LAUNCH, NotAccepted
from autonax_support.accounts.models import AuditEntry, AuditVerb, LaunchUse, User
from autonax_support.accounts.models.launch import HANDLE_LIVES
from autonax_support.accounts.onward import client_address
from autonax_support.persian.text import to_persian_digits

BACKEND = "autonax_support.accounts.backends.OfficeBackend"
SESSION_KEY = "launch"  # {"handle": digest, "target": name}
SWITCHED = "اکنون با حساب {name} از {office} وارد شده‌اید. نشست قبلی روی این رایانه بسته شد."


@csrf_exempt  # the token is the proof, and the form stands on another site
@login_not_required
@sensitive_post_parameters("token")
@never_cache
def launch(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _old(request, status=405)
    try:
        sent = {"address": client_address(request), "origin": request.headers.get("Origin", "")}
        handle = arrival.launch(request.POST.get("token", ""), at=timezone.now(), **sent)
    except NotAccepted as refusal:
        return _refused(request, refusal)
    response = HttpResponseRedirect(reverse("launch:arrive"))
    response.status_code = 303  # whatever the browser is, the token is not sent on
    response.set_cookie(settings.LAUNCH_COOKIE_NAME, handle, max_age=HANDLE_LIVES, secure=settings.HTTPS, **_cookie())
    return response


@login_not_required
@never_cache
@require_safe
def arrive(request: HttpRequest) -> HttpResponse:
    if not opened_by_a_person(request):
        return HttpResponse(status=204)
    handle = request.COOKIES.get(settings.LAUNCH_COOKIE_NAME, "")
    if _has_arrived(request, handle):
        target = reverse(TARGETS[request.session[SESSION_KEY]["target"]])
        return render(request, "accounts/launch/arrived.html", {"target": target})
    if not handle:
        return _old(request, status=403)
    try:
        use, case = arrival.arrive(handle, at=timezone.now())
    except NotAccepted as refusal:
        return _refused(request, refusal)
    return _enter(request, use, case)


def _has_arrived(request: HttpRequest, handle: str) -> bool:
    """A reload or «Back», as long as the session that this launch began is the one of this browser."""
    begun = request.session.get(SESSION_KEY) if request.user.is_authenticated else None
    return begun is not None and (not handle or arrival.digest(handle) == begun["handle"])


def _enter(request: HttpRequest, use: LaunchUse, case: dict[str, str]) -> HttpResponse:
    """On a shared PC nothing of whoever sat here before may reach this person: that session ends in the database, not in the browser."""
    before, secret = request.user.pk, request.META.get("CSRF_COOKIE")
    request.session.flush()
    auth.login(request, use.user, backend=BACKEND)
    if before == use.user_id and secret:
        request.META["CSRF_COOKIE"] = secret  # who comes again has forms open in other tabs, and will send them
    request.session[SESSION_KEY] = {"handle": use.handle, "target": use.target}
    if case:
        keep_case(request, OpenCase(**case))
    if before not in (None, use.user_id):
        messages.info(request, SWITCHED.format(name=use.user.full_name, office=use.user.office.title))
    _record(AuditVerb.SIGN_IN, request, use.user, launch=use.pk)
    response = HttpResponseRedirect(reverse(TARGETS[use.target]))
    response.delete_cookie(settings.LAUNCH_COOKIE_NAME, path=reverse("launch:arrive"), samesite="Lax")
    return response


def _refused(request: HttpRequest, refusal: NotAccepted) -> HttpResponse:
    _record(AuditVerb.LAUNCH_REFUSED, request, None, reason=refusal.reason, **({"issuer": refusal.issuer} if refusal.issuer else {}))
    return _old(request, status=403)


def _old(request: HttpRequest, *, status: int) -> HttpResponse:
    """One page, whatever is wrong: who tries keys learns nothing, and who was slow learns how to come again."""
    page = render(request, "accounts/launch/old.html", {"seconds": to_persian_digits(LAUNCH.longest)}, status=status)
    if status == 405:
        page.headers["Allow"] = "POST"
    return page


def _cookie() -> dict[str, object]:
    return {"path": reverse("launch:arrive"), "httponly": True, "samesite": "Lax"}


def _record(verb: AuditVerb, request: HttpRequest, actor: User | None, **data: object) -> None:
    AuditEntry.record(verb, actor=actor, address=client_address(request), at=timezone.now(), **data)
