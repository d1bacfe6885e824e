"""Writes the rows of one chunk: tuples in the order of COLUMNS, with moments, UUIDs and JSON as text that both databases take."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random
from typing import TYPE_CHECKING

from autonax_support.generating.moments import text_of
from autonax_support.generating.phrases import Phrase, Phrasebook, key_of, phrase
from autonax_support.generating.seeding import zipf
from autonax_support.generating.words import FILES, each
from autonax_support.generating.world import Person, Plan, World
from autonax_support.persian.text import KEY_VERSION

if TYPE_CHECKING:
    from autonax_support.generating.threads import Thread

COLUMNS = {
    "ticket": each(
        "number office_id filed_by_id filed_by_name department_id assignee_id status priority subject case_kind tracking_number "
        "national_id filed_at last_activity_at awaiting_support_since first_answered_at due_at promised_at queue_at "
        "closed_at closed_reason support_unread"
    ),
    "casereference": each("ticket_id role position tracking_number national_id"),
    "message": each("id ticket_id kind side author_id author_name author_department body submission_key created_at"),
    "searchdoc": each("ticket_id message_id office_id is_note key key_version"),
    "event": each("ticket_id verb actor_id source audience message_id before after at"),
    "promise": each("ticket_id kind department_id priority expert_id minutes started due warn_at answered kept business_minutes"),
    "rating": each("ticket_id rated_by_id stars remark expert_id department_id at"),
    "unread": each("user_id ticket_id"),
    "attachment": each(
        "id message_id owner_id position storage_key name kind content_type size width height received_sha256 stored_sha256 "
        "scan_state created_at"
    ),
}
JOINTS = ("\n", ". ", " ", "، ", ".\n")
FILES_WITH = {"filed": 0.25, "reply": 0.2, "answer": 0.08}
CONTENT_TYPES = {
    "png": "image/png",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


class Scribe:
    def __init__(self, plan: Plan, world: World, book: Phrasebook, first_message: int) -> None:
        self.plan, self.world, self.book = plan, world, book
        self.rows: dict[str, list[tuple]] = {table: [] for table in COLUMNS}
        self._next_message = first_message
        self._names: dict[str, Phrase] = {}

    def text(self, kind: str, rng: Random) -> list[Phrase]:
        """Most say one or two sentences, some write a letter."""
        say = self.book.say
        said = [say("greeting", rng)] if rng.random() < 0.35 else []
        said += dict.fromkeys(say(kind, rng) for _ in range(1 + zipf(rng, 7)))
        if kind != "answer" and rng.random() < 0.2:
            said += self.book.number(rng)
        if rng.random() < 0.25:
            said.append(say("thanks", rng))
        return said

    def message(
        self, rng: Random, ticket: int, office: int, kind: str, side: str, author: Person, department: str, said: list[Phrase], at: str
    ) -> int:
        """Its row, its search row, and now and then attachments; returns its id."""
        number = self._next_message
        self._next_message += 1
        body = JOINTS[zipf(rng, len(JOINTS))].join([part.text for part in said])
        key = None if kind == "reason" else f"{rng.getrandbits(128):032x}"
        self.rows["message"].append((number, ticket, kind, side, author.id, author.name, department, body, key, at))
        self.rows["searchdoc"].append((ticket, number, office, int(kind == "note"), key_of(said), KEY_VERSION))
        if rng.random() < FILES_WITH.get(kind, 0):
            self.rows["attachment"] += [self._file(rng, number, author, place, at) for place in range(1 + zipf(rng, 3))]
        return number

    def ticket(self, thread: Thread, due: str | None, queue: str, active: str, closed: str | None, reason: str) -> None:
        case, clerk, number = thread.case, thread.clerk, thread.number
        row = (number, thread.office.id, clerk.id, clerk.name, thread.department.id, thread.assignee and thread.assignee.id, thread.status)
        row += (
            thread.priority,
            thread.subject.text,
            case.kind,
            case.tracking_number,
            case.national_id,
        )
        row += (text_of(thread.filed), active, text_of(thread.waiting), text_of(thread.answered), due, text_of(thread.promised), queue)
        self.rows["ticket"].append((*row, closed, reason, int(thread.is_new_to_support)))
        self.rows["casereference"] += [(number, *reference) for reference in case.references]
        key = key_of(self._findable(thread))
        self.rows["searchdoc"].append((number, None, thread.office.id, 0, key, KEY_VERSION))

    def promises(self, rows: list[tuple]) -> None:
        for *told, started, due, warn_at, answered, kept, minutes in rows:
            self.rows["promise"].append((*told, text_of(started), text_of(due), text_of(warn_at), text_of(answered), kept, minutes))

    def _findable(self, thread: Thread) -> Iterable[Phrase]:
        """What tickets.search writes for a ticket: its subject, numbers and names. Digits are their own key."""
        yield thread.subject
        for digits in (str(thread.number), thread.case.tracking_number, thread.case.national_id):
            yield Phrase(digits, (digits,) if digits else ())
        name = thread.clerk.name
        if name not in self._names:
            self._names[name] = phrase(name)
        yield self._names[name]
        yield Phrase(thread.office.code, (thread.office.code,))

    def _file(self, rng: Random, message: int, owner: Person, place: int, at: str) -> tuple:
        """A row without an object: its key names nothing in any storage."""
        name, kind = FILES[zipf(rng, len(FILES))]
        digest, size = f"{rng.getrandbits(256):064x}", 20_000 + int(3_000_000 * rng.random() ** 3)
        width, height = (1280, 960) if kind == "picture" else (None, None)
        key = f"{rng.getrandbits(128):032x}"
        row = (key, message, owner.id, place, f"generated/{key}", name, kind, CONTENT_TYPES[name.rpartition(".")[2]], size, width, height)
        return (*row, digest, digest, "clean", at)
