"""A change list over a table that grows without end: newest first, paged by key, never counted."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.http import HttpRequest

AFTER = "after"


class KeysetChangeList(ChangeList):
    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        return {name: value for name, value in super().get_filters_params(params).items() if name != AFTER}

    def get_query_string(self, new_params: dict[str, Any] | None = None, remove: list[str] | None = None) -> str:
        """A filter begins at the newest row again."""
        return super().get_query_string(new_params, [*(remove or []), AFTER])

    def get_results(self, request: HttpRequest) -> None:
        key = request.GET.get(AFTER, "")
        page = self.queryset.order_by("-pk")
        if key.isascii() and key.isdigit() and len(key) <= 18:
            page = page.filter(pk__lt=int(key))
        page = page[: self.list_per_page + 1]
        rows = list(page)
        page._result_cache = rows[: self.list_per_page]  # stays a queryset, as the admin's templates want
        self.result_list = page
        self.result_count = len(page._result_cache)
        self.full_result_count = self.result_count
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = True
        self.paginator = Paginator(page._result_cache, self.list_per_page)
        self.newest = self.get_query_string() if key else None
        self.older = None
        if len(rows) > self.list_per_page:
            self.older = super().get_query_string({AFTER: page._result_cache[-1].pk})
