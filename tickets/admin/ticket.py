from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin import ShowFacets
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.urls import URLPattern, path
from django.utils import timezone

from autonax_support.persian.admin import JalaliAdmin
from tickets.admin import bulk, offering, opening, turning, unsent, verbs
from tickets.admin.changelist import QueueChangeList
from tickets.admin.leaving import waiting_undo
from tickets.admin.meanwhile import meanwhile
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet

VERBS = ("transfer", "assign", "prioritise", "develop", "close", "reopen", "reveal", "undo")


@admin.register(Ticket)
class TicketAdmin(JalaliAdmin, admin.ModelAdmin):
    """The desk. Its pages are its own: of Django's, only the frame and the change list's place remain."""

    change_list_template = "admin/tickets/ticket/change_list.html"
    list_display = ["number"]
    list_per_page = 30
    sortable_by = ()
    search_fields = ()  # also closes the autocomplete
    actions = None
    show_full_result_count = False
    show_facets = ShowFacets.NEVER

    def get_urls(self) -> list[URLPattern]:
        """No add, no delete, no history: whatever is not named here is a 404."""

        def at(route: str, view: Any, name: str) -> URLPattern:
            return path(route, self.admin_site.admin_view(view), name=f"tickets_ticket_{name}")

        return [
            at("", self.changelist_view, "changelist"),
            at("bulk/", bulk.bulk, "bulk"),
            at("bulk/<uuid:key>/", bulk.batch, "batch"),
            at("bulk/<uuid:key>/undo/", bulk.undo_batch, "batch_undo"),
            at("drafts/", unsent.drafts, "drafts"),
            at("<id:number>/change/", opening.change, "change"),
            at("<id:number>/next/", turning.following, "next"),
            at("<id:number>/previous/", turning.previous, "previous"),
            path("<id:number>/meanwhile/", meanwhile, name="tickets_ticket_meanwhile"),
            at("<id:number>/canned/", offering.canned_list, "canned"),
            *(at(f"<id:number>/{verb}/", getattr(verbs, verb), verb) for verb in VERBS),
        ]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        if request.method not in ("GET", "HEAD"):
            return HttpResponseNotAllowed(["GET", "HEAD"])
        context = {
            "waiting_undo": waiting_undo(request),
            "outcome": bulk.outcome_of(request, timezone.now()),
            "bulk_verbs": bulk.VERBS.values(),
        }
        return super().changelist_view(request, context | (extra_context or {}))

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[QueueChangeList]:
        return QueueChangeList

    def get_queryset(self, request: HttpRequest) -> TicketQuerySet:
        return Ticket.objects.visible_to(request.user)

    def has_module_permission(self, request: HttpRequest) -> bool:
        """Experts need no right of Django's: what they may see is the business of visible_to."""
        return request.user.is_active and request.user.is_staff

    def has_view_permission(self, request: HttpRequest, obj: Ticket | None = None) -> bool:
        if not self.has_module_permission(request):
            return False
        return obj is None or self.get_queryset(request).filter(pk=obj.pk).exists()

    has_change_permission = has_view_permission

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Ticket | None = None) -> bool:
        return False

    def to_field_allowed(self, request: HttpRequest, to_field: str) -> bool:
        return False

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: object, object_id: str) -> None:
        raise Http404
