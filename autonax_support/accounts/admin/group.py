from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin
from django.contrib.auth.models import Group
from django.http import HttpRequest

from autonax_support.accounts.kept import KeptAdmin

admin.site.unregister(Group)


@admin.register(Group)
class RightsAdmin(KeptAdmin, GroupAdmin):
    """Whoever edits a group hands out rights: the operator's business only."""

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.is_superuser

    def has_view_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return request.user.is_superuser

    has_add_permission = has_change_permission = has_view_permission
