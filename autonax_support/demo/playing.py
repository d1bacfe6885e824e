"""Plays the stories in the order of their times, every line through its verb, so that history, marks and notices come out right."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q

from autonax_support.accounts.models import User
from autonax_support.demo.clock import moment
from autonax_support.demo.files import drawn
from autonax_support.demo.story import Step, Story
from autonax_support.files.checks import check
from autonax_support.files.models import Attachment
from autonax_support.notices.models import Notice
from autonax_support.persian.calendar import tehran
from autonax_support.persian.text import clean_line, clean_text
from tickets.models import Department, Draft, Message, Status, Ticket, Unread
from tickets.verbs.filing import Case

DRAFT_KINDS = {"reply": Draft.Kind.REPLY, "answer": Draft.Kind.ANSWER}
LOOKED_AT = timedelta(minutes=4)  # so long before acting an expert has opened the ticket


class Play:
    def __init__(self, stories: Sequence[Story], people: dict[str, User], now: datetime) -> None:
        self.stories, self.people, self.now = stories, people, now
        self.departments = {department.name: department for department in Department.objects.all()}
        self.tickets: dict[int, Ticket] = {}

    def perform(self) -> None:
        for at, place, step in sorted(self._lines(), key=lambda line: line[:2]):
            if step is None:
                self.tickets[place[0]] = self._file(self.stories[place[0]], at)
            else:
                self._act(place[0], step, at)
        self._put_away_what_was_read()

    def _lines(self) -> list[tuple[datetime, tuple[int, int], Step | None]]:
        lines: list[tuple[datetime, tuple[int, int], Step | None]] = []
        for number, story in enumerate(self.stories):
            lines.append((moment(story.at, self.now), (number, 0), None))
            lines += [(moment(step.at, self.now), (number, place), step) for place, step in enumerate(story.steps, start=1)]
        return lines

    def _file(self, story: Story, at: datetime) -> Ticket:
        by = self.people[story.by]
        tracking_number, _, national_id = story.case.partition(" ")
        return Ticket.file(
            by=by,
            at=at,
            subject=clean_line(story.subject),
            department=self.departments[story.department],
            body=clean_text(story.body),
            case=Case(tracking_number, national_id),
            draft=self._draft(Draft.Kind.FILING, by, story.files, at),
        )

    def _act(self, number: int, step: Step, at: datetime) -> None:
        ticket, by = self.tickets[number], self.people.get(step.by)
        if by and by.is_staff and step.verb != "read":
            ticket.read(by=by, at=max(at - LOOKED_AT, ticket.last_activity_at))
        facts = self._facts(step.facts, at)
        if step.files:
            facts["draft"] = self._draft(DRAFT_KINDS[step.verb], by, step.files, at, ticket)
        done = getattr(ticket, step.verb)(by=by, at=at, **facts)
        if isinstance(done, Message) and done.ticket != ticket:
            self.tickets[number] = done.ticket  # the reply came too late and filed a ticket of its own

    def _facts(self, told: dict[str, Any], at: datetime) -> dict[str, Any]:
        """Names become rows, days become dates, and texts what the forms would have made of them."""
        facts = dict(told)
        if "to" in facts:
            facts["to"] = self.departments.get(facts["to"]) or self.people[facts["to"]]
        if "promised" in facts:
            facts["promised"] = tehran(self.now).date() + timedelta(days=facts["promised"])
        return {name: clean_text(value) if isinstance(value, str) else value for name, value in facts.items()}

    def _draft(self, kind: str, by: User, files: Sequence[str], at: datetime, ticket: Ticket | None = None) -> Draft | None:
        if not files:
            return None
        draft = Draft.objects.create(owner=by, kind=kind, ticket=ticket, updated_at=at)
        for name in files:
            Attachment.objects.keep(check(drawn(name)), owner=by, draft=draft, at=at)
        return draft

    def _put_away_what_was_read(self) -> None:
        """What the offices have opened since, and what the experts have, is neither marked nor in anybody's bell."""
        unopened = [self.tickets[number].pk for number, story in enumerate(self.stories) if story.unread]
        Unread.objects.exclude(ticket__in=unopened).delete()
        still_new = Q(recipient__office__isnull=False, ticket__in=unopened)
        still_new |= Q(recipient__office=None) & ~Q(ticket__status=Status.CLOSED) & Q(ticket__support_unread=True)
        new = list(Notice.objects.filter(still_new).values_list("pk", flat=True))
        Notice.objects.exclude(pk__in=new).update(read_at=F("at"))
