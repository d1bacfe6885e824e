from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest
from django.template.loader import render_to_string
from django.utils import timezone

from announcements.admin.filters import StateFilter
from announcements.admin.form import AnnouncementForm
from announcements.models import Announcement, Refused
from autonax_support.accounts.kept import KeptChangeList
from autonax_support.accounts.models import Office
from autonax_support.persian.admin import JalaliAdmin, jalali_range_filter
from autonax_support.persian.calendar import numeric_with_time
from autonax_support.persian.numbers import grouped
from autonax_support.persian.text import clean_line, to_ascii_digits, to_persian_digits

WORDS_MAX = 8


@admin.register(Announcement)
class AnnouncementAdmin(JalaliAdmin, admin.ModelAdmin):
    form = AnnouncementForm
    list_display = ["title", "state", "level", "published_at", "pin", "read_count", "confirmed_count"]
    list_filter = [StateFilter, "level", "kind", "pinned", jalali_range_filter("published_at", "زمان انتشار")]
    search_fields = ["title"]
    fieldsets = [
        (None, {"fields": ["title", "body", "edit", "kind", "level"]}),
        ("انتشار", {"fields": ["published_at", "expires_at", "pinned", "needs_confirmation"]}),
        ("پیش‌نمایش", {"fields": ["preview", "receipts", "author", "edition"]}),
    ]
    readonly_fields = ["preview", "receipts", "author", "edition"]
    actions = ["publish"]
    ordering = ["-created_at", "-id"]
    list_per_page = 50
    show_full_result_count = False
    change_list_template = "admin/announcements/announcement/change_list.html"
    show_facets = admin.ShowFacets.NEVER

    class Media:
        css = {"all": ["css/admin/announcements.css"]}
        js = ["js/admin-numbers.js"]

    # -- what the list and the page say

    @admin.display(description="وضعیت")
    def state(self, announcement: Announcement) -> str:
        return announcement.state(timezone.now()).label

    @admin.display(description="سنجاق", empty_value="—")
    def pin(self, announcement: Announcement) -> str | None:
        return "سنجاق‌شده" if announcement.pinned else None

    @admin.display(description="خوانده‌اند")
    def read_count(self, announcement: Announcement) -> str:
        return grouped(announcement.read_count)

    @admin.display(description="اعلام آگاهی", empty_value="—")
    def confirmed_count(self, announcement: Announcement) -> str | None:
        return grouped(announcement.confirmed_count) if announcement.needs_confirmation else None

    @admin.display(description="نسخه")
    def edition(self, announcement: Announcement) -> str:
        return to_persian_digits(announcement.version)

    @admin.display(description="پیش‌نمایش")
    def preview(self, announcement: Announcement) -> str:
        return render_to_string("admin/announcements/announcement/_preview.html", {"announcement": announcement})

    @admin.display(description="رسیدهای خواندن")
    def receipts(self, announcement: Announcement) -> str:
        not_yet = announcement.audience().exclude(announcement_receipts__announcement=announcement)
        context = {"announcement": announcement, "not_yet": not_yet.count()}
        return render_to_string("admin/announcements/announcement/_receipts.html", context)

    # -- who and what

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeptChangeList]:
        return KeptChangeList

    def has_delete_permission(self, request: HttpRequest, obj: Announcement | None = None) -> bool:
        return False

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return super().get_queryset(request).with_receipt_counts().select_related("author")

    def get_search_results(self, request: HttpRequest, queryset: QuerySet, search_term: str) -> tuple[QuerySet, bool]:
        for word in clean_line(search_term).split()[:WORDS_MAX]:
            latin, persian = to_ascii_digits(word), to_persian_digits(to_ascii_digits(word))
            queryset = queryset.filter(Q(title__icontains=latin) | Q(title__icontains=persian))
        return queryset, False

    def get_fieldsets(self, request: HttpRequest, obj: Announcement | None = None) -> list:
        text, publication, stored = super().get_fieldsets(request, obj)
        if not (obj and obj.confirmed_count and self.has_change_permission(request, obj)):
            text = (text[0], {"fields": [name for name in text[1]["fields"] if name != "edit"]})
        return [text, publication, stored] if obj else [text, publication]

    def _get_obj_does_not_exist_redirect(self, request: HttpRequest, opts: object, object_id: str) -> None:
        raise Http404

    # -- verbs

    def save_model(self, request: HttpRequest, obj: Announcement, form: AnnouncementForm, change: bool) -> None:
        """Publication is the verb's alone: the form only says when it is wanted."""
        wanted, stored = obj.published_at, form.initial.get("published_at") if change else None
        obj.published_at = stored
        if not change:
            obj.author = request.user
        super().save_model(request, obj, form, change)
        if form.is_new_version:
            obj.revise(by=request.user, at=timezone.now(), address=_address(request))
        if form.moves_publication:
            self._move_publication(request, obj, wanted)

    def _move_publication(self, request: HttpRequest, announcement: Announcement, wanted: datetime | None) -> None:
        doer = {"by": request.user, "at": timezone.now(), "address": _address(request)}
        try:
            if wanted is None:
                announcement.withdraw(**doer)
            else:
                announcement.publish(on=wanted, **doer)
                self.message_user(request, _told(announcement, doer["at"]))
        except Refused as refusal:
            self.message_user(request, str(refusal), messages.ERROR)

    @admin.action(description="انتشار", permissions=["change"])
    def publish(self, request: HttpRequest, queryset: QuerySet) -> None:
        at = timezone.now()
        for announcement in queryset:
            try:
                announcement.publish(by=request.user, at=at, address=_address(request))
                self.message_user(request, _told(announcement, at))
            except Refused as refusal:
                self.message_user(request, f"{announcement}: {refusal}", messages.ERROR)


def _told(announcement: Announcement, at: datetime) -> str:
    if not announcement.is_out(at):
        return f"{Announcement.State.SCHEDULED.label}: {numeric_with_time(announcement.published_at)}"
    offices = Office.objects.filter(is_active=True).count()
    return f"اطلاعیه برای {grouped(offices)} دفتر منتشر شد."


def _address(request: HttpRequest) -> str:
    return request.META.get("REMOTE_ADDR", "")
