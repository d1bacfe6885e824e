from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from autonax_support.notices.forms import channels_form


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def channels(request: HttpRequest) -> HttpResponse:
    """How this person wants to be told; the same section stands on their account's page."""
    form = channels_form(request.user, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, "راه‌های خبررسانی ذخیره شد.")
        return redirect("accounts:me")
    return render(request, "notices/channels.html", {"channels": form})
