"""One ticket from its filing to where it stands today, as the rows that the verbs would have written."""

from dataclasses import replace
from random import Random

from autonax_support.generating import shapes
from autonax_support.generating.cases import Case
from autonax_support.generating.moments import iso, text_of
from autonax_support.generating.phrases import Phrase
from autonax_support.generating.promises import DUE, Response, rows
from autonax_support.generating.scribe import Scribe
from autonax_support.generating.seeding import zipf
from autonax_support.generating.world import Person

UNDUE = 365_250 * 24 * 3600  # seconds; tickets.limits.UNDUE, which a process without Django cannot read
SPOKEN_BY_EXPERT = {"answer": "answer", "note": "note", "transfer": "reason"}
AUDIENCE = {"note": "desk", "assign": "desk"}


class Thread:
    def __init__(self, scribe: Scribe, rng: Random, number: int, filed: int) -> None:
        self.scribe, self.rng, self.number, self.at = scribe, rng, number, filed
        self.office = scribe.world.office(rng)
        self.clerk = self.office.people[zipf(rng, len(self.office.people))]
        self.department = scribe.world.departments[zipf(rng, len(scribe.world.departments))]
        self.assignee: Person | None = None
        self.status, self.filed, self.active = "new", filed, filed
        self.waiting: int | None = filed
        self.answered: int | None = None
        self.promised: int | None = None
        self.closed: tuple[int, str] | None = None
        self.is_new_to_support = True
        self.responses = [Response("first", filed, self.department.id)]

    def play(self, length: int, is_fresh: bool) -> None:
        end = shapes.ending(self.rng, length, is_fresh)
        self._file()
        if end != "new":
            self._read()
        for verb in shapes.verbs(self.rng, length, end):
            self._pass_time()
            getattr(self, f"_{verb}")()
        if end == "closed":
            self._close()
        elif end == "in_development":
            self._develop()
        self._look_back(is_fresh)
        self._sign()

    def _file(self) -> None:
        self.subject = self.scribe.book.say("subject", self.rng)
        self.case = Case(self.rng)
        self._say("filed", "office", self.clerk, self.scribe.text("filed", self.rng))
        self._event("file", self.clerk, "{}", f'{{"department_id": {self.department.id}}}', says=True)

    def _read(self) -> None:
        self.at = min(self.at + shapes.pause(self.rng) // 2, self.scribe.plan.until)
        self.status, self.is_new_to_support = "read", False
        before, after = '{"status": "new", "support_unread": true}', '{"status": "read", "support_unread": false}'
        self._event("read", self._expert(), before, after)

    def _answer(self) -> None:
        expert = self._speaks("answer")
        before = f'{{"status": "{self.status}", "awaiting_support_since": {iso(self.waiting)}}}'
        self._settle(expert)
        self.answered, self.assignee = self.answered or self.at, self.assignee or expert
        self.status, self.waiting, self.is_new_to_support = "answered", None, False
        self._event("answer", expert, before, '{"status": "answered", "awaiting_support_since": null}', says=True)

    def _reply(self) -> None:
        person = self.clerk if self.rng.random() < 0.8 else self.rng.choice(self.office.people)
        self._say("reply", "office", person, self.scribe.text("reply", self.rng))
        before = f'{{"status": "{self.status}", "awaiting_support_since": {iso(self.waiting)}}}'
        if self.waiting is None:
            self.waiting = self.at
            self.responses.append(Response("next" if self.answered else "first", self.at, self.department.id))
        self.status, self.is_new_to_support = "followed_up", True
        after = f'{{"status": "followed_up", "awaiting_support_since": {iso(self.waiting)}}}'
        self._event("reply", person, before, after, says=True)

    def _note(self) -> None:
        self._event("note", self._speaks("note"), "{}", "{}", says=True, moves=False)

    def _transfer(self) -> None:
        expert, before = self._speaks("transfer"), self.department
        self.department, self.assignee = self.rng.choice(self.scribe.world.departments), None
        if self.waiting is not None:
            self.responses[-1].department = self.department.id
        told = f'{{"department_id": {before.id}}}', f'{{"department_id": {self.department.id}}}'
        self._event("transfer", expert, *told, says=True)

    def _develop(self) -> None:
        self._pass_time()
        before = f'{{"status": "{self.status}", "promised_at": null}}'
        expert = self._expert()
        self._settle(expert)
        self.status, self.waiting = "in_development", None
        self.promised = (self.scribe.plan.until // 86400 + self.rng.randrange(-5, 60)) * 86400 + 73_800  # midnight in Tehran
        self._event("develop", expert, before, f'{{"status": "in_development", "promised_at": {iso(self.promised)}}}')

    def _close(self) -> None:
        self._pass_time()
        before = f'{{"status": "{self.status}", "awaiting_support_since": {iso(self.waiting)}, "closed_at": null, "closed_reason": ""}}'
        by, reason = self._closer()
        self._settle(by if by in self.department.experts else None)
        self.status, self.waiting, self.is_new_to_support, self.closed = "closed", None, False, (self.at, reason)
        after = f'{{"status": "closed", "awaiting_support_since": null, "closed_at": {iso(self.at)}, "closed_reason": "{reason}"}}'
        self._event("close", by, before, after)

    def _closer(self) -> tuple[Person | None, str]:
        roll = self.rng.random()
        if self.answered is None:
            return self._expert(), "duplicate" if roll < 0.6 else "elsewhere"
        if roll < 0.25 and self.status == "answered":
            return None, "quiet"
        if roll < 0.5:
            return self.clerk, "by_office"
        return self._expert(), ("solved", "guided")[roll > 0.85]

    def _look_back(self, is_fresh: bool) -> None:
        """What the office gave in the end, and what it has not opened yet."""
        if self.answered and self.closed and self.rng.random() < 0.35:
            self._rate()
        if self.status in ("answered", "closed", "in_development"):
            share = 0.5 if is_fresh else 0.01
            self.scribe.rows["unread"] += [(person.id, self.number) for person in self.office.people if self.rng.random() < share]

    def _rate(self) -> None:
        stars = self.rng.choices((1, 2, 3, 4, 5), (5, 5, 12, 28, 50))[0]
        remark = self.scribe.book.say("remark", self.rng).text if self.rng.random() < 0.3 else ""
        self._pass_time()
        expert = self.last_expert
        self.scribe.rows["rating"].append((self.number, self.clerk.id, stars, remark, expert.id, self.department.id, text_of(self.at)))
        self._event("rate", self.clerk, "{}", f'{{"stars": {stars}}}', moves=False)

    def _settle(self, expert: Person | None) -> None:
        if self.waiting is not None:
            self.responses[-1] = replace(self.responses[-1], answered=self.at, expert=expert)

    def _pass_time(self) -> None:
        self.at = min(self.at + shapes.pause(self.rng), self.scribe.plan.until)

    def _expert(self) -> Person:
        return self.assignee or self.department.experts[zipf(self.rng, len(self.department.experts))]

    def _speaks(self, verb: str) -> Person:
        expert, kind = self._expert(), SPOKEN_BY_EXPERT[verb]
        said = [self.scribe.book.say("reason", self.rng)] if kind == "reason" else self.scribe.text(kind, self.rng)
        self._say(kind, "support", expert, said)
        if kind == "answer":
            self.last_expert = expert
        return expert

    def _say(self, kind: str, side: str, author: Person, said: list[Phrase]) -> None:
        department = self.department.name if side == "support" else ""
        self.message = self.scribe.message(self.rng, self.number, self.office.id, kind, side, author, department, said, text_of(self.at))

    def _event(self, verb: str, by: Person | None, before: str, after: str, *, says: bool = False, moves: bool = True) -> None:
        if moves:
            self.active = self.at
        source = "worker" if by is None else "web" if by in self.office.people else "desk"
        audience, actor, message = AUDIENCE.get(verb, "office"), by and by.id, self.message if says else None
        self.scribe.rows["event"].append((self.number, verb, actor, source, audience, message, before, after, text_of(self.at)))

    def _sign(self) -> None:
        active = self.filed if self.status in ("new", "read") else self.active
        self.priority = "urgent" if self.rng.random() < 0.05 else "normal"
        promises = rows(self.responses, self.number, self.priority)
        due = promises[-1][DUE] if self.waiting else None
        queue = due or self.promised or active + UNDUE
        closed_at, reason = self.closed or (None, "")
        self.scribe.ticket(self, text_of(due), text_of(queue), text_of(active), text_of(closed_at), reason)
        self.scribe.promises(promises)
