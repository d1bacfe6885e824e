"""The queue as a change list: paged by its own sort key, never counted, and nothing of the address becomes a lookup."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib.admin.views.main import ChangeList
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest

from autonax_support.accounts.models import User
from tickets.admin.filters import FILTERS, QueueFilter
from tickets.admin.queue import ALL, VIEWS, view_named
from tickets.finding import TOO_BROAD, TooBroad, illustrate, within_time
from tickets.models import Ticket
from tickets.models.ticket import TicketQuerySet

AFTER = "after"
KEY = re.compile(r"(?:([0-9]{1,18})-)?([0-9]{1,10})")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


class QueueChangeList(ChangeList):
    search_form_class = forms.Form  # Django's own would search in its own way

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.form = QueueFilter(request.GET, user=request.user)
        self.form.full_clean()
        self.views = VIEWS
        searches = bool(self.form.cleaned_data.get("q")) or "q" in self.form.errors
        self.view = ALL if searches else view_named(request.GET.get("view", ""))
        super().__init__(request, *args, **kwargs)
        self.title = "صف تیکت‌ها"
        self.is_popup = False
        self.filters_url = self.get_query_string({FILTERS: "open"})

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        return {}

    def get_query_string(self, new_params: dict[str, Any] | None = None, remove: list[str] | None = None) -> str:
        return "?" + urlencode({"view": self.view.code} | self.form.given | (new_params or {}))

    def get_queryset(self, request: HttpRequest, exclude_parameters: list[str] | None = None) -> TicketQuerySet:
        tickets = self.view.of(self.root_queryset, request.user)
        return self.form.narrow(tickets).select_related("office__city", "department", "assignee")

    def get_results(self, request: HttpRequest) -> None:
        key, text = request.GET.get(AFTER, ""), self.form.cleaned_data.get("q")
        identified, rows = self._found(key, text, request.user) if text else ([], self._rows(self.queryset, key))
        page = self.queryset.none()
        page._result_cache = [*identified, *rows[: self.list_per_page]]  # stays a queryset, as the admin wants
        self.result_list = page
        self.result_count = len(page._result_cache)
        self.full_result_count = None
        self.show_full_result_count = self.can_show_all = self.multi_page = False
        self.show_admin_actions = False
        self.paginator = Paginator(page._result_cache, self.list_per_page)
        self.first = self.get_query_string() if key else None
        self.following = None
        if len(rows) > self.list_per_page:
            last = page._result_cache[-1]
            self.following = self.get_query_string({AFTER: key_of(last, newest_first=self.view.newest_first)})

    def _rows(self, tickets: TicketQuerySet, key: str) -> list[Ticket]:
        """One more than the page shows, where there is one."""
        return list(after(tickets, key, newest_first=self.view.newest_first)[: self.list_per_page + 1])

    def _found(self, key: str, text: str, user: User) -> tuple[list[Ticket], list[Ticket]]:
        """The tickets that have this very number, on the first page only, and those that hold the words."""
        try:
            with within_time():
                identified = list(self.queryset.identified_by(text)[: self.list_per_page])
                found = self.queryset.matching(text, user).exclude(pk__in=[ticket.pk for ticket in identified])
                rows, first = self._rows(found, key), [] if key else identified
                illustrate([*first, *rows], text, user)
                return first, rows
        except TooBroad:
            self.form.add_error("q", TOO_BROAD)
            return [], []


def key_of(ticket: Ticket, *, newest_first: bool) -> str:
    return f"{ticket.pk}" if newest_first else f"{(ticket.queue_at - EPOCH) // MICROSECOND}-{ticket.pk}"


def after(tickets: TicketQuerySet, key: str, *, newest_first: bool) -> TicketQuerySet:
    """The rest of the list behind this key; all of it when the key is garbage."""
    found = KEY.fullmatch(key)
    if not found or (found[1] is None) != newest_first:
        return tickets
    if newest_first:
        return tickets.filter(pk__lt=int(found[2]))
    try:
        moment = EPOCH + int(found[1]) * MICROSECOND
    except OverflowError:
        return tickets
    # the first condition alone lets the index be entered at the key
    return tickets.filter(queue_at__gte=moment).filter(Q(queue_at__gt=moment) | Q(pk__gt=int(found[2])))
