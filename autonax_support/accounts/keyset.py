"""Change lists over tables that grow without end: paged by key, never counted."""

from typing import Any

from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Model
from django.http import HttpRequest

from autonax_support.schema.paging import Order

AFTER = "after"
NEWEST_FIRST = Order({"pk": int})


class KeysetChangeList(ChangeList):
    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        return {name: value for name, value in super().get_filters_params(params).items() if name != AFTER}

    def get_query_string(self, new_params: dict[str, Any] | None = None, remove: list[str] | None = None) -> str:
        """A filter begins at the newest row again."""
        return super().get_query_string(new_params, [*(remove or []), AFTER])

    def get_results(self, request: HttpRequest) -> None:
        key = request.GET.get(AFTER, "")
        rows, following = NEWEST_FIRST.rest(self.queryset, self.list_per_page, key)
        self.show(rows)
        self.show_admin_actions = True
        self.newest = self.get_query_string() if key else None
        self.older = super().get_query_string({AFTER: following}) if following else None

    def show(self, rows: list[Model]) -> None:
        """These rows are all the admin hears of: it counts them, and no more."""
        self.result_list = self.queryset.none()
        self.result_list._result_cache = rows  # stays a queryset, as the admin's templates want
        self.result_count = self.full_result_count = len(rows)
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.paginator = Paginator(rows, self.list_per_page)
