"""What changes the calendar asks first: how many due times it would move. Then a job moves them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from autonax_support.persian.numbers import capped
from tickets import rescheduling
from tickets.models import Department
from tickets.working_time import calendar_changed, lock_calendar

CONFIRMED = "confirmed"


@dataclass(frozen=True)
class CalendarChange:
    """Whose hours have changed (None: everybody's), and what the offices are told about it."""

    departments: list[Department] | None
    cause: str
    day: date | None = None


class MovesDueTimes:
    """Mixin before ModelAdmin. `calendar_change(request, form, formsets)` says what a saved form has changed, or None."""

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Saves, looks how many due times that moves, and takes it back unless none or confirmed."""
        request.calendar_change, request.held_messages = None, []
        with transaction.atomic():
            if request.method == "POST":
                lock_calendar()
            response = super().changeform_view(request, *args, **kwargs)
            change: CalendarChange | None = request.calendar_change
            if change is None:
                self._say(request)
                return response
            calendar_changed(change.departments)
            count = rescheduling.would_move(change.departments)
            is_asked = count > 0 and CONFIRMED not in request.POST
            if is_asked:
                transaction.set_rollback(True)
            else:
                rescheduling.enqueue(change.departments, cause=change.cause, day=change.day, at=timezone.now())
        if is_asked:  # no sooner: a transaction that is taken back answers no query, and the page has some
            return self._ask(request, count)
        self._say(request)
        return response

    def message_user(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """That it was saved is said once it is sure."""
        held = getattr(request, "held_messages", None)
        if held is None:
            super().message_user(request, *args, **kwargs)
        else:
            held.append((args, kwargs))

    def _say(self, request: HttpRequest) -> None:
        held, request.held_messages = request.held_messages, None
        for args, kwargs in held:
            self.message_user(request, *args, **kwargs)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        request.calendar_change = self.calendar_change(request, form, formsets)

    def _ask(self, request: HttpRequest, count: int) -> HttpResponse:
        fields = [(name, value) for name, values in request.POST.lists() for value in values if name != "csrfmiddlewaretoken"]
        context = admin.site.each_context(request) | {
            "title": "جابه‌جایی مهلت‌ها",
            "count": capped(count, rescheduling.COUNTED_MAX),
            "fields": fields,
            "address": request.get_full_path(),
            "opts": self.opts,
        }
        return render(request, "admin/tickets/moves.html", context)
