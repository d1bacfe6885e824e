"""One page: session, user, one indexed query, a template of twenty rows and as many bytes as the inbox."""

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

from tickets.models import Ticket


@login_required
def floor(request: HttpRequest) -> HttpResponse:
    tickets = Ticket.objects.filter(office_id=request.user.office_id).order_by("-last_activity_at", "-number")[:20]
    return render(request, "floor.html", {"tickets": tickets, "filler": settings.FLOOR_FILLER})


def healthz(request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok")


urlpatterns = [path("", floor), path("healthz", healthz)]
