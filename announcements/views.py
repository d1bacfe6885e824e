from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import CharField
from django.db.models.functions import Left
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from announcements.forms import ConfirmForm
from announcements.limits import COUNT_CAP, EXCERPT_SOURCE
from announcements.models import Announcement, Refused
from announcements.paging import page_of
from autonax_support.accounts.access import opened_by_a_person

TABS = ["unread", "confirm"]


@require_safe
def announcements(request: HttpRequest) -> HttpResponse:
    at = timezone.now()
    user = request.user
    awaiting = Announcement.objects.awaiting_confirmation_by(user, at)
    tab = request.GET.get("tab", "")
    rows = {
        "unread": Announcement.objects.unread_by(user, at),
        "confirm": awaiting,
    }.get(tab, Announcement.objects.visible_to(user, at))
    beginning = Left("body", EXCERPT_SOURCE, output_field=CharField())
    rows = rows.with_receipt_of(user, at).defer("body").annotate(beginning=beginning)
    page = page_of(rows, after=request.GET.get("after", ""), before=request.GET.get("before", ""))
    tab = tab if tab in TABS else ""
    context = {
        "announcements": page.rows,
        "tab": tab,
        "awaiting_count": len(awaiting.values("pk")[:COUNT_CAP]),
        "actions": [{"url": reverse("announcements:list"), "label": "همه اطلاعیه‌ها"}] if tab else [],
        "older": _address(tab, after=page.older),
        "newer": _address(tab, before=page.newer),
    }
    return render(request, "announcements/list.html", context)


@require_safe
def page(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    announcement = get_object_or_404(Announcement.objects.visible_to(request.user, at), pk=pk)
    if opened_by_a_person(request):
        receipt = announcement.read(by=request.user, at=at)
    else:
        receipt = announcement.receipts.filter(user=request.user).first()
    return render(request, "announcements/page.html", {"announcement": announcement, "receipt": receipt})


@require_POST
def confirm(request: HttpRequest, pk: int) -> HttpResponse:
    at = timezone.now()
    announcement = get_object_or_404(Announcement.objects.visible_to(request.user, at), pk=pk)
    form = ConfirmForm(request.POST)
    try:
        if form.is_valid():
            announcement.confirm(by=request.user, at=at, version=form.cleaned_data["version"])
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("announcements:page", announcement.pk)


def _address(tab: str, **key: str | None) -> str | None:
    """The same list, turned to the page at this key."""
    found = {name: value for name, value in key.items() if value}
    return f"?{urlencode({'tab': tab, **found} if tab else found)}" if found else None
