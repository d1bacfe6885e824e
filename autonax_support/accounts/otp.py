"""The pages of the second factor. Before the code is given only the first two are open, and they do nothing but ask for it."""

from collections.abc import Callable
from functools import wraps

from django import forms
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from autonax_support.accounts import second_factor
from autonax_support.accounts.forms import CodeForm, OwnPasswordForm, RecoveryForm
from autonax_support.accounts.models import AuditEntry, AuditVerb
from autonax_support.accounts.onward import after_sign_in, client_address, safe_next
from autonax_support.accounts.second_factor import Answer
from autonax_support.persian.text import to_persian_digits

WRONG = "این کد پذیرفته نشد. کد جدید برنامه را وارد کنید و درست بودن ساعت گوشی را بررسی کنید."
WRONG_RECOVERY = "این کد بازیابی پذیرفته نشد. نوشته آن را با فهرست خود مقایسه کنید و دوباره وارد کنید."
USED = "این کد بازیابی پیش‌تر به کار رفته است. کد دیگری وارد کنید."
WAIT = "پس از چند کد نادرست، {seconds} ثانیه صبر کنید و دوباره تلاش کنید."

View = Callable[[HttpRequest], HttpResponse]


def page(view: View) -> View:
    """For staff, and only where it is switched on."""
    asked = require_http_methods(["GET", "HEAD", "POST"])(view)

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        if not second_factor.concerns(request.user):
            raise Http404
        return asked(request)

    return sensitive_post_parameters()(never_cache(guarded))


@page
def otp(request: HttpRequest) -> HttpResponse:
    """Sets it up, asks for the code or shows how it stands, as this session needs it."""
    if request.user.second_factor is None:
        return _set_up(request)
    if second_factor.is_awaited(request):
        return _ask(request, CodeForm, second_factor.check_code, "accounts/otp_code.html", WRONG)
    if request.method == "POST":  # sent a second time
        return redirect(after_sign_in(request, request.user))
    left = second_factor.codes_left(request.user)
    return render(request, "accounts/otp.html", {"codes_left": left})


@page
def recovery(request: HttpRequest) -> HttpResponse:
    if not second_factor.is_awaited(request) or request.user.second_factor is None:
        return redirect("accounts:otp")
    return _ask(request, RecoveryForm, second_factor.check_recovery, "accounts/otp_recovery.html", WRONG_RECOVERY)


@page
def codes(request: HttpRequest) -> HttpResponse:
    if request.user.second_factor is None:
        return redirect("accounts:otp")
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        shown = second_factor.new_codes(request.user)
        _record(AuditVerb.OTP_CODES, request)
        return _show_codes(request, shown)
    return render(request, "accounts/otp_password.html", {"form": form, "what": "codes"})


@page
def off(request: HttpRequest) -> HttpResponse:
    """With the password once more: an open session on a shared PC is not enough. Where it is required, another device is set up next."""
    if request.user.second_factor is None:
        return redirect("accounts:otp")
    form = OwnPasswordForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        second_factor.forget(request.user)
        request.session.pop(second_factor.VERIFIED, None)
        _record(AuditVerb.OTP_OFF, request)
        messages.success(request, "ورود دومرحله‌ای خاموش شد.")
        return redirect("accounts:me")
    return render(request, "accounts/otp_password.html", {"form": form, "what": "off"})


otp.before_the_code = recovery.before_the_code = True


def _set_up(request: HttpRequest) -> HttpResponse:
    device, form = second_factor.offered(request), CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        shown = second_factor.turn_on(device, form.cleaned_data["code"], timezone.now())
        if shown:
            second_factor.mark_verified(request, device.pk)
            _record(AuditVerb.OTP_ON, request)
            return _show_codes(request, shown)
        device = second_factor.offered(request)
        form.add_error("code", WRONG)
    width, path = second_factor.squares(device.config_url)
    context = {"form": form, "next": safe_next(request), "secret": second_factor.secret_of(device), "qr": {"width": width, "path": path}}
    return render(request, "accounts/otp_setup.html", context | {"is_required": second_factor.is_awaited(request)})


def _ask(request: HttpRequest, form_class: type[forms.Form], check: Callable[..., Answer], template: str, wrong: str) -> HttpResponse:
    form, answer = form_class(request.POST or None), Answer()
    if request.method == "POST" and form.is_valid():
        answer = check(request.user, form.cleaned_data["code"], timezone.now())
        if answer.accepted:
            return _let_in(request, by_recovery=form_class is RecoveryForm)
        if not answer.wait:
            _record(AuditVerb.OTP_FAILED, request, recovery=form_class is RecoveryForm)
        form.add_error("code", WAIT.format(seconds=to_persian_digits(answer.wait)) if answer.wait else USED if answer.was_used else wrong)
    shown = render(request, template, {"form": form, "next": safe_next(request)})
    if answer.wait:
        shown.status_code, shown.headers["Retry-After"] = 429, str(answer.wait)
    return shown


def _let_in(request: HttpRequest, *, by_recovery: bool) -> HttpResponse:
    second_factor.mark_verified(request, request.user.second_factor)
    if by_recovery:
        left = second_factor.codes_left(request.user)
        _record(AuditVerb.OTP_RECOVERY, request, left=left)
        messages.warning(request, f"با کد بازیابی وارد شدید. {to_persian_digits(left)} کد بازیابی مانده است.")
    return HttpResponseRedirect(after_sign_in(request, request.user))


def _show_codes(request: HttpRequest, shown: list[str]) -> HttpResponse:
    """In the answer itself: nothing keeps them, and the page is in no cache."""
    return render(request, "accounts/otp_codes.html", {"codes": shown, "onward": after_sign_in(request, request.user)})


def _record(verb: AuditVerb, request: HttpRequest, **data: object) -> None:
    AuditEntry.record(verb, actor=request.user, address=client_address(request), at=timezone.now(), **data)
