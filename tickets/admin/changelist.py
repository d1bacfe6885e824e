"""The queue as a change list: paged by its own sort key, never counted, and nothing of the address becomes a lookup."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode
from uuid import uuid4

from django import forms
from django.http import HttpRequest
from django.utils import timezone

from autonax_support.accounts.keyset import AFTER, KeysetChangeList
from autonax_support.accounts.models import User
from autonax_support.persian.text import query_terms
from tickets.admin.filters import FILTERS, QueueFilter
from tickets.admin.picking import view_of
from tickets.admin.queue import VIEWS
from tickets.admin.way import Way
from tickets.clock import clock_of
from tickets.finding import TOO_BROAD, TooBroad, illustrate, within_time
from tickets.models import SearchDoc, Ticket
from tickets.models.found import Found, counts_of, found_of
from tickets.models.search_doc import way_to
from tickets.models.ticket import TicketQuerySet


class QueueChangeList(KeysetChangeList):
    search_form_class = forms.Form  # Django's own would search in its own way

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        self.at = timezone.now()
        self.form = QueueFilter(request.GET, user=request.user)
        self.form.full_clean()
        self.view = view_of(self.form, request.GET.get("view", ""))
        self.views = VIEWS if self.view in VIEWS else (*VIEWS, self.view)
        super().__init__(request, *args, **kwargs)
        self.title = "صف تیکت‌ها"
        self.is_popup = False
        self.filters_url = self.get_query_string({FILTERS: "open"})
        self.query = self.get_query_string().removeprefix("?")
        self.way = Way.shown(self.form, self.view)
        self.submission_key = uuid4()

    def get_filters_params(self, params: dict[str, Any] | None = None) -> dict[str, Any]:
        return {}

    def get_query_string(self, new_params: dict[str, Any] | None = None, remove: list[str] | None = None) -> str:
        return "?" + urlencode({"view": self.view.code} | self.form.given | (new_params or {}))

    def get_queryset(self, request: HttpRequest, exclude_parameters: list[str] | None = None) -> TicketQuerySet:
        tickets = self.view.of(self.root_queryset, request.user, self.at)
        return self.form.narrow(tickets).select_related("office__city", "department", "assignee")

    def get_results(self, request: HttpRequest) -> None:
        key, text = request.GET.get(AFTER, ""), self.form.cleaned_data.get("q")
        self.found: Found | None = None
        rows, following = self._found(key, text, request.user) if text else self._rest(self.queryset, key)
        for ticket in rows:
            ticket.clock = clock_of(ticket, self.at)
        self.show(rows)
        self.show_admin_actions = False
        self.first = self.get_query_string() if key else None
        self.following = self.get_query_string({AFTER: following}) if following else None

    def _rest(self, tickets: TicketQuerySet, key: str) -> tuple[list[Ticket], str | None]:
        return self.view.order.rest(tickets, self.list_per_page, key)

    def _found(self, key: str, text: str, user: User) -> tuple[list[Ticket], str | None]:
        """On the first page the tickets that have this very number, then those that hold the words."""
        terms = query_terms(text)
        try:
            with within_time():
                docs, way = SearchDoc.objects.open_to(user), way_to(terms)
                identified = list(self.queryset.identified_by(text)[: self.list_per_page])
                besides = self.queryset.exclude(pk__in=[ticket.pk for ticket in identified])
                holding = besides.with_one_of(docs, way) if terms else besides.none()
                rows, following = self._rest(holding, key)
                shown = rows if key else [*identified, *rows]
                if not (key or following):
                    self.found = Found(len(shown))
                elif shown:
                    counts = User.objects.filter(pk=user.pk).values_list(*counts_of(besides, docs, way)).get()
                    self.found = found_of(*counts, shown=len(shown), besides=len(identified))
                illustrate(shown, text, user)
                return shown, following
        except TooBroad:
            self.form.add_error("q", TOO_BROAD)
            return [], None
