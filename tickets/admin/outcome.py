"""What became of a bulk work, in words: counted, what was not changed and why, and whether it can be taken back."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property

from autonax_support.accounts.models import User
from autonax_support.persian.numbers import grouped
from tickets.bulk import given_up
from tickets.choices import Priority
from tickets.models import Batch, Department

NEEDLESS = {
    "assign": "کارشناس مسئول آن همین بود.",
    "prioritise": "اولویت آن همین بود.",
    "develop": "موعد رفع مشکل آن همین بود.",
}


class Outcome:
    def __init__(self, batch: Batch, at: datetime) -> None:
        self.batch, self.at = batch, at
        verbs = list(batch.events().model.objects.filter(batch=batch.pk).values_list("ticket_id", "verb"))
        self.changed = {ticket for ticket, verb in verbs if verb != "undo"}
        self.returned = {ticket for ticket, verb in verbs if verb == "undo"}

    @property
    def total(self) -> int:
        return len(self.batch.numbers)

    @property
    def step(self) -> int:
        """How many of all have had their turn."""
        return len(self.changed | set(map(int, self.batch.refused)))

    @property
    def is_running(self) -> bool:
        return self.batch.is_running and not self.is_given_up

    @cached_property
    def is_given_up(self) -> bool:
        return given_up(self.batch) is not None

    @property
    def is_of_undo(self) -> bool:
        """What is under way, or was given up, is the taking back."""
        return self.batch.undo_asked_at is not None and self.batch.is_running

    @property
    def untouched(self) -> list[int]:
        """Not changed and not refused: nobody has come to them."""
        return [number for number in self.batch.numbers if number not in self.changed and str(number) not in self.batch.refused]

    @property
    def can_be_undone(self) -> bool:
        return bool(self.changed) and self.batch.can_be_undone_at(self.at)

    @property
    def was_undone(self) -> bool:
        return self.batch.undone_at is not None

    @property
    def stayed(self) -> int:
        """Changed by somebody since, so that they were not taken back."""
        return len(self.changed - self.returned)

    @cached_property
    def failed(self) -> list[tuple[int, str]]:
        needless = NEEDLESS.get(self.batch.verb, "")
        left = [number for number in self.batch.numbers if number not in self.changed]
        if self.is_given_up and not self.is_of_undo:
            left = [number for number in left if str(number) in self.batch.refused]
        return [(number, self.batch.refused.get(str(number), needless)) for number in left]

    @cached_property
    def told(self) -> str:
        count, asked = grouped(len(self.changed)), self.batch.asked
        match self.batch.verb:
            case "assign" if asked["assignee"] is None:
                return f"{count} تیکت بدون کارشناس شد."
            case "assign":
                return f"{count} تیکت به {User.objects.get(pk=asked['assignee']).full_name} واگذار شد."
            case "transfer":
                return f"{count} تیکت به بخش {Department.objects.get(pk=asked['department']).name} ارجاع داده شد."
            case "prioritise":
                return f"اولویت {count} تیکت: {Priority(asked['priority']).label}."
            case "develop":
                return f"{count} تیکت در دست توسعه است."
        return f"{count} تیکت بسته شد."
