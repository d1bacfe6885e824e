from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from . import serving
from .models import Attachment


@require_safe
def attachment(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    if found.erased_at:
        return render(request, "files/gone.html", status=410)
    return serving.file_response(request, found)


@require_safe
def thumbnail(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    found = get_object_or_404(Attachment.objects.visible_to(request.user), pk=pk)
    if not found.thumbnail_key:
        raise Http404
    return serving.thumbnail_response(request, found)
