"""The load: clerks file, reply, rate and close, experts answer and note, each with real forms and files, each in the ledger."""

import random
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from tests.faults.ledger import Ledger, digest
from tests.faults.visitor import NoAnswer, Page, Visitor
from tests.racing import PICTURE

NUMBER = re.compile(r"/(?:inbox|ticket)/(\d+)/")
FILE, REPLY, ANSWER, NOTE = "ثبت تیکت", "ارسال پاسخ", "ارسال پاسخ", "ثبت یادداشت داخلی"
REFUSED = 'id="files-error"'
CLOSED = "این تیکت در این فاصله بسته شده است. متن شما سر جای خود است."
ANYWAY, RATE, DONE = "با این حال ارسال شود", "ثبت امتیاز", "تأیید"


@dataclass
class Sending:
    """One thing on its way, and all that a browser would still hold of it. `send` says whether the success page was read."""

    number: int
    visitor: Visitor
    page: str
    button: str
    form: dict[str, object]
    action: str
    files: dict[str, bytes]
    text: str
    done: Callable[[Page], bool]
    has_draft: bool = True
    lost: list[str] = field(default_factory=list)
    shown: Page | None = None
    is_settled: bool = False

    def send(self, ledger: Ledger) -> int | None:
        """The number of the ticket when the success page was read. What is news to the sender is read, and then it is sent."""
        for _ in range(3):
            page = self.shown = self.visitor.post(self.action, self.form, self.files)
            if self.done(page):
                ticket = int(NUMBER.search(page.address)[1])
                ledger.acknowledged(self.number, ticket)
                self.is_settled = True
                return ticket
            if CLOSED in page.html and shows_in_a_box(page, self.text):
                ledger.refused(self.number)
                self.is_settled = True
                return None
            form = page.form(ANYWAY) or page.form(self.button) if page.status == 200 else None
            if form is None or not self.has_draft:
                return None
            if form.fields.get("body") != [self.text]:  # L7: a page that refuses shows what was typed
                self.lost.append(f"{self.visitor.name} does not see the text again on {page.address}")
            if form.fields["submission_key"] != self.form["submission_key"]:
                self.lost.append(f"{self.visitor.name} is shown another form on {page.address}")
            self.form = form.fields | self._pressed(form)
            if REFUSED in page.html:
                return None
            self.files = {}  # they lie on the draft now
        return None

    @property
    def last_words(self) -> str:
        """What the last page said."""
        if self.shown is None:
            return "nothing"
        alerts = re.findall(r'role="(?:alert|status)".*?</(?:div|p|section)>', self.shown.html, re.DOTALL)
        words = re.sub(r"<[^>]*>|\s+", " ", " ".join(alerts))
        return f"{self.shown.status} {self.shown.address} {words}"

    def _pressed(self, form) -> dict[str, object]:
        _, name, value = next(button for button in form.buttons if button[0] in (ANYWAY, self.button))
        return {name: value} if name else {}


class Crowd:
    """`pace`: seconds between two things that one person does. `open` holds what no success page was read of."""

    def __init__(self, people: list[Visitor], department: int, ledger: Ledger, pace: float) -> None:
        self.people, self.department, self.ledger, self.pace = people, department, ledger, pace
        self.open: list[Sending] = []
        self.lost: list[str] = []
        self.acted = 0
        self._tickets: dict[str, list[int]] = {}
        self._mine: dict[str, list[int]] = {}
        self._answered: set[int] = set()
        self._going, self._ending, self._lock = threading.Event(), threading.Event(), threading.Lock()
        self._busy = 0
        self._threads = [threading.Thread(target=self._live, args=[person], daemon=True) for person in people]
        for thread in self._threads:
            thread.start()

    def work(self) -> None:
        self._going.set()

    def rest(self) -> None:
        """Nobody begins anything more; returns when everybody has ended what they were at."""
        self._going.clear()
        until = time.monotonic() + 60
        while self._busy:
            assert time.monotonic() < until, "a request has no end"
            time.sleep(0.01)

    def end(self) -> None:
        self._ending.set()
        self._going.set()
        for thread in self._threads:
            thread.join(timeout=60)

    def send_again(self) -> None:
        """Each person sends what they got no answer to once more: the same form, as Back shows it."""
        for sending in list(self.open):
            self.ledger.again(sending.number)
            sending.send(self.ledger)
            if sending.is_settled:
                self.open.remove(sending)
            self.lost += sending.lost

    # what one person does

    def _live(self, person: Visitor) -> None:
        turn = random.Random(person.name)
        while not self._ending.is_set():
            self._going.wait()
            with self._lock:
                self._busy += 1
            try:
                if self._going.is_set() and not self._ending.is_set():
                    self._act(person, turn)
                    self.acted += 1
            except NoAnswer:
                pass  # what was sent is in `open`; what was only looked at is looked at again
            finally:
                with self._lock:
                    self._busy -= 1
            time.sleep(turn.uniform(0.5, 1.5) * self.pace)

    def _act(self, person: Visitor, turn: random.Random) -> None:
        sending = self._unanswered(person)  # nobody writes anything new over a text that has got no answer
        if sending:
            self.ledger.again(sending.number)
        else:
            sending = self.prepare(person, turn.choice(self._possible(person)), turn)
            if sending is None:
                return
            with self._lock:
                self.open.append(sending)
        ticket = sending.send(self.ledger)
        self.lost += sending.lost
        with self._lock:
            if sending.is_settled:
                self.open.remove(sending)
            if ticket:
                self._remember(person, sending, ticket)

    def _unanswered(self, person: Visitor) -> Sending | None:
        with self._lock:
            return next((sending for sending in self.open if sending.visitor is person), None)

    def _possible(self, person: Visitor) -> list[str]:
        known = self._tickets.get(person.office) if person.office else sum(self._tickets.values(), [])
        if not person.office:
            return ["answer", "answer", "note"] if known else ["look"]
        mine = [number for number in self._mine.get(person.name, []) if number in self._answered]
        return ["file", "look"] + (["reply", "reply"] if known else []) + (["rate", "close"] if mine else [])

    def _remember(self, person: Visitor, sending: Sending, ticket: int) -> None:
        if sending.button == FILE:
            self._tickets.setdefault(person.office, []).append(ticket)
            self._mine.setdefault(person.name, []).append(ticket)
        elif not person.office and sending.button == ANSWER:
            self._answered.add(ticket)

    def prepare(self, person: Visitor, verb: str, turn: random.Random, files: dict[str, bytes] | None = None) -> Sending | None:
        """The form opened and filled in, and the first line of the ledger written."""
        if verb == "look":
            person.get("/inbox/" if person.office else "/admin/tickets/ticket/")
            return None
        ticket = self._choose(person, verb, turn)
        address = self._address(verb, ticket)
        page = person.get(address)
        button = {"file": FILE, "reply": REPLY, "answer": ANSWER, "note": NOTE, "rate": RATE, "close": DONE}[verb]
        form = page.form(button)
        if form is None:  # closed or transferred meanwhile, or the page of a failure
            return None
        text = f"متن {turn.randrange(10**9)} " + "شرح مشکل پرونده " * turn.randrange(1, 20) + uuid4().hex
        with_files = verb in ("file", "reply", "answer", "note")
        files = files or (some_files(turn) if with_files else {})
        stars = turn.randrange(1, 6)
        typed = {"file": {"subject": text[:60], "department": self.department, "no_case": "on", "body": text}, "close": {}}
        typed |= {"rate": {"stars": stars, "remark": text}}
        filled = form.filled_in(button, typed.get(verb, {"body": text}))
        key = filled["submission_key"][0] if with_files else ""
        number = self.ledger.sending(
            verb=verb,
            by=person.name,
            office=person.office,
            key=key,
            text=digest(text) if verb != "close" else "",
            files=sorted(map(digest, files.values())),
            ticket=ticket,
            stars=stars if verb == "rate" else None,
        )
        done = (
            (lambda page: "بسته شده" in page.html) if verb == "close" else (lambda page: page.status == 200 and shows(page, text, button))
        )
        return Sending(number, person, address, button, filled, form.action, files, text, done, with_files)

    def _choose(self, person: Visitor, verb: str, turn: random.Random) -> int | None:
        if verb == "file":
            return None
        with self._lock:
            if verb in ("rate", "close"):
                return self._take_mine(person, verb, turn)
            return turn.choice(self._tickets[person.office] if person.office else sum(self._tickets.values(), []))

    def _take_mine(self, person: Visitor, verb: str, turn: random.Random) -> int:
        """A ticket is rated once and closed once in its life here, so that the ledger knows how many events there must be."""
        ticket = turn.choice([number for number in self._mine[person.name] if number in self._answered])
        if verb == "close":
            self._mine[person.name].remove(ticket)
            self._tickets[person.office].remove(ticket)
        return ticket

    def _address(self, verb: str, ticket: int | None) -> str:
        if verb == "file":
            return "/tickets/new/"
        return f"/admin/tickets/ticket/{ticket}/change/" if verb in ("answer", "note") else f"/inbox/{ticket}/"


def shows(page: Page, text: str, button: str) -> bool:
    """A thread in which the text stands as sent: not in a box, where it would wait for being sent."""
    return text in page.html and (button == RATE or not shows_in_a_box(page, text))


def shows_in_a_box(page: Page, text: str) -> bool:
    return any(text in box for box in re.findall(r"<textarea.*?</textarea>", page.html, re.DOTALL))


def some_files(turn: random.Random) -> dict[str, bytes]:
    """None, or some: a text of up to 200 kB, a small picture."""
    content = f"مدرک {turn.random()}\n".encode() * turn.randrange(1, 6000)
    return turn.choice([{}, {"مدرک.txt": content}, {"مدرک.txt": content, "خطا.png": PICTURE}])
