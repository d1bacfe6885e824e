"""An expert's own drafts: what they have begun to answer and not sent, on whichever ticket."""

from __future__ import annotations

from datetime import datetime
from urllib.parse import urlencode

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from autonax_support.schema.paging import Order
from tickets.models import Draft

PAGE_SIZE = 20
NEWEST_FIRST = Order({"updated_at": datetime, "ticket_id": int})  # one person does not write two of a ticket in the same microsecond


@require_safe
def drafts(request: HttpRequest) -> HttpResponse:
    mine = Draft.objects.reachable_by(request.user).filter(kind=Draft.Kind.ANSWER).with_file_counts().select_related("ticket")
    key = request.GET.get("after", "")
    shown, following = NEWEST_FIRST.rest(mine, PAGE_SIZE, key)
    context = admin.site.each_context(request) | {
        "title": "پیش‌نویس‌ها",
        "drafts": shown,
        "first": bool(key),
        "following": f"?{urlencode({'after': following})}" if following else None,
        "now": timezone.now(),
    }
    return render(request, "admin/tickets/ticket/drafts.html", context)
