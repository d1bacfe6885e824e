from django.conf import settings
from django.contrib import auth, messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from autonax_support.accounts.forms import NameForm, PasswordForm, SignInForm, ThemeForm
from autonax_support.accounts.models import AuditEntry, AuditVerb, User
from autonax_support.accounts.onward import after_sign_in, client_address, landing, safe_next
from autonax_support.accounts.second_factor import concerns

ONE_YEAR = 365 * 24 * 60 * 60
form_page = require_http_methods(["GET", "HEAD", "POST"])


@login_not_required
@sensitive_post_parameters("password")
@never_cache
@form_page
def login(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated and request.method != "POST" and "saved" not in request.GET:
        return HttpResponseRedirect(after_sign_in(request, request.user))
    form = SignInForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        return _enter(request, form.user)
    if form.refused:
        _refused(request, form)
    page = render(request, "accounts/login.html", {"form": form, "next": safe_next(request), "is_demo": settings.DEMO})
    if form.locked_for:
        page.status_code, page.headers["Retry-After"] = 429, str(form.locked_for * 60)
    return page


@login_not_required
@require_POST
def logout(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        _record(AuditVerb.SIGN_OUT, request, request.user)
        auth.logout(request)
    return redirect("accounts:out")


@login_not_required
@never_cache
@require_safe
def out(request: HttpRequest) -> HttpResponse:
    if request.user.is_authenticated:
        return redirect(landing(request.user))
    return render(request, "accounts/out.html")


@never_cache
@form_page
def me(request: HttpRequest) -> HttpResponse:
    person = User.objects.select_related("office__city__province").prefetch_related("groups").get(pk=request.user.pk)
    form = NameForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        form.save()
        names = {"before": request.user.full_name, "after": person.full_name}
        _record(AuditVerb.CHANGED, request, request.user, model="accounts.user", id=person.pk, **names)
        messages.success(request, "نام شما ذخیره شد.")
        return redirect("accounts:me")
    return render(request, "accounts/me.html", {"form": form, "person": person, "otp_concerns": concerns(person)})


@sensitive_post_parameters()
@never_cache
@form_page
def password(request: HttpRequest) -> HttpResponse:
    if not request.user.has_usable_password():
        messages.info(request, "برای این حساب گذرواژه‌ای تعیین نشده است. از صفحه‌های اتوناکس وارد می‌شوید.")
        return redirect("accounts:me")
    form = PasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        form.save()
        auth.update_session_auth_hash(request, request.user)
        _record(AuditVerb.PASSWORD_CHANGED, request, request.user, user=request.user.pk)
        messages.success(request, "گذرواژه تغییر کرد. نشست‌های دیگر شما بسته شد.")
        return redirect("accounts:me")
    return render(request, "accounts/password.html", {"form": form})


@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """Everywhere but here, as after a new password."""
    request.user.end_sessions()
    auth.update_session_auth_hash(request, request.user)
    _record(AuditVerb.SESSIONS_ENDED, request, request.user, user=request.user.pk)
    messages.success(request, "نشست‌های دیگر شما بسته شد.")
    return redirect("accounts:me")


@login_not_required
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    form = ThemeForm(request.POST)
    if not form.is_valid():
        raise BadRequest("unknown theme")
    response = HttpResponseRedirect(safe_next(request) or reverse("home"))
    response.set_cookie(
        settings.THEME_COOKIE_NAME, form.cleaned_data["theme"], max_age=ONE_YEAR, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return response


def _enter(request: HttpRequest, user: User) -> HttpResponse:
    """On a shared PC nothing of the session before may reach the person who signs in now."""
    request.session.flush()
    auth.login(request, user)
    _record(AuditVerb.SIGN_IN, request, user)
    return HttpResponseRedirect(after_sign_in(request, user))


def _refused(request: HttpRequest, form: SignInForm) -> None:
    """An unknown name is not kept: it may be a password that was typed one field too early."""
    verb = AuditVerb.SIGN_IN_LOCKED if form.locked_for else AuditVerb.SIGN_IN_FAILED
    name = form.cleaned_data["username"]
    is_known = User.objects.named(name).exists()
    _record(verb, request, None, **({"name": name} if is_known else {"unknown_name": True}))


def _record(verb: AuditVerb, request: HttpRequest, actor: User | None, **data) -> None:
    AuditEntry.record(verb, actor=actor, address=client_address(request), at=timezone.now(), **data)
