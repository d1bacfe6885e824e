import json
from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.html import format_html

from autonax_support.accounts.kept import KeptAdmin
from autonax_support.accounts.keyset import KeysetChangeList
from autonax_support.accounts.models import AuditEntry
from autonax_support.persian.admin import jalali_range_filter


@admin.register(AuditEntry)
class AuditEntryAdmin(KeptAdmin):
    change_list_template = "admin/accounts/auditentry/change_list.html"
    list_display = ["at", "verb", "actor", "address"]
    list_select_related = ["actor"]
    list_filter = ["verb", jalali_range_filter("at", "زمان")]
    list_per_page = 50
    search_fields = ["actor__username", "actor__full_name", "address"]
    sortable_by = []
    fields = readonly_fields = ["at", "verb", "actor", "address", "details"]

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[KeysetChangeList]:
        return KeysetChangeList

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: AuditEntry | None = None) -> bool:
        return False

    @admin.display(description="جزئیات")
    def details(self, entry: AuditEntry) -> str:
        return format_html('<pre dir="ltr">{}</pre>', json.dumps(entry.data, ensure_ascii=False, indent=2))
