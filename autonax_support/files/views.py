import logging
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from autonax_support.accounts.access import opened_by_a_person

from . import serving
from .models import Attachment

RETRY_SECONDS = 30

logger = logging.getLogger(__name__)


@require_safe
def attachment(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    found = get_object_or_404(Attachment.objects.visible_to(request.user).with_ticket(), pk=pk)
    if _is_gone(found):
        return _page(request, found, "infected" if found.scan_state == "infected" else "erased", status=410)
    try:
        response = serving.file_response(request, found)
    except OSError as error:
        return _trouble(request, found, error)
    if response.status_code in serving.DELIVERED and opened_by_a_person(request):
        found.seen_by(request.user, at=timezone.now())
    return response


@require_safe
def thumbnail(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    if not found.thumbnail_key or _is_gone(found):
        raise Http404
    try:
        return serving.thumbnail_response(request, found)
    except OSError as error:
        return _trouble(request, found, error)


def _is_gone(found: Attachment) -> bool:
    return found.erased_at is not None or found.scan_state == "infected"


def _trouble(request: HttpRequest, found: Attachment, error: OSError) -> HttpResponse:
    logger.error("attachment %s cannot be read: %s", found.pk, type(error).__name__)
    if isinstance(error, FileNotFoundError):
        return _page(request, found, "missing", status=404)
    response = _page(request, found, "away", status=503)
    response["Retry-After"] = str(RETRY_SECONDS)
    return response


def _page(request: HttpRequest, found: Attachment, why: str, *, status: int) -> HttpResponse:
    return render(request, "files/not_served.html", {"attachment": found, "why": why}, status=status)
