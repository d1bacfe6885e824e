from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from announcements.models import Announcement


class StateFilter(admin.SimpleListFilter):
    title = "وضعیت"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: admin.ModelAdmin) -> list[tuple[str, str]]:
        return Announcement.State.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        at = timezone.now()
        narrowed = {
            Announcement.State.DRAFT: queryset.drafts,
            Announcement.State.SCHEDULED: lambda: queryset.scheduled(at),
            Announcement.State.LIVE: lambda: queryset.live(at),
            Announcement.State.EXPIRED: lambda: queryset.expired(at),
        }
        return narrowed.get(self.value(), lambda: queryset)()
