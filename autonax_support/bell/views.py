from urllib.parse import urlencode

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe
from django_htmx.http import HttpResponseStopPolling

from autonax_support.accounts.second_factor import is_awaited
from autonax_support.bell.forms import ReadForm
from autonax_support.bell.lines import UNREAD, lines_of, page_of
from autonax_support.notices.models import Notice
from autonax_support.persian.numbers import capped


@require_safe
def notices(request: HttpRequest) -> HttpResponse:
    place = _place(request)
    page = lines_of(request.user, timezone.now(), **place)
    context = {
        "lines": page.rows,
        "newest": page.rows[0].notice.pk if page.rows else None,
        "here": f"?{urlencode(place)}" if place else "",
        "older": f"?{urlencode({'after': page.older})}" if page.older else None,
        "newer": f"?{urlencode({'before': page.newer})}" if page.newer else None,
    }
    return render(request, "notices/list.html", context)


@require_POST
def read(request: HttpRequest) -> HttpResponse:
    """Marks one, or all that were shown: what came meanwhile stays unread."""
    form, mine = ReadForm(request.POST), Notice.objects.visible_to(request.user)
    asked = form.cleaned_data if form.is_valid() else {}
    if asked.get("id"):
        notice = get_object_or_404(mine, pk=asked["id"])
        mine.filter(pk=notice.pk).mark_read(timezone.now())
        if asked["follow"]:
            return redirect(page_of(notice, request.user))
    elif asked.get("upto"):
        mine.filter(pk__lte=asked["upto"]).mark_read(timezone.now())
    place = _place(request)
    return redirect(f"{reverse('notices:list')}?{urlencode(place)}" if place else "notices:list")


@login_not_required
@require_safe
def bell(request: HttpRequest) -> HttpResponse:
    """The count alone, for pages that stand open: nothing when it is the one they show.

    They are told to ask no more when nobody is signed in, or without the one-time code yet, or another person than whose page it is.
    """
    user = request.user
    if not user.is_authenticated or is_awaited(request) or request.GET.get("of") != str(user.pk):
        return HttpResponseStopPolling(_count(0))
    unread = UNREAD.first(user)[0]
    if request.GET.get("shown") == capped(unread, 99):
        return HttpResponse(status=204)
    return HttpResponse(_count(unread))


def _count(unread: int) -> str:
    return render_to_string("notices/_count.html", {"unread": unread})


def _place(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET[name] for name in ("after", "before") if request.GET.get(name)}
