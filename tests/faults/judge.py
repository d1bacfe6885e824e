"""After the fault: ledger, database and storage side by side. Each sentence of the verdict names the law that is broken."""

from collections import Counter
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from tests.faults.cluster import Cluster
from tests.faults.ledger import Entry, Ledger, digest

KINDS = {"file": "filed", "reply": "reply", "answer": "answer", "note": "note"}
MESSAGES = """
    SELECT message.submission_key::text AS key, message.kind, message.body, author.username AS by, ticket.number, office.code AS office,
      array(SELECT received_sha256 FROM files_attachment WHERE message_id = message.id ORDER BY 1) AS files,
      (SELECT count(*) FROM tickets_event WHERE message_id = message.id) AS events
    FROM tickets_message AS message JOIN accounts_user AS author ON author.id = message.author_id
      JOIN tickets_ticket AS ticket ON ticket.number = message.ticket_id JOIN accounts_office AS office ON office.id = ticket.office_id
    WHERE message.submission_key IS NOT NULL
"""
ACTS = """
    SELECT event.ticket_id AS ticket, event.verb, actor.username AS by, count(*) AS times FROM tickets_event AS event
      JOIN accounts_user AS actor ON actor.id = event.actor_id WHERE event.verb IN ('rate', 'close') GROUP BY 1, 2, 3
"""
RATINGS = """
    SELECT rating.ticket_id AS ticket, rating.stars, rating.remark, person.username AS by FROM tickets_rating AS rating
      JOIN accounts_user AS person ON person.id = rating.rated_by_id
"""
UNIQUE = {
    "L5: a ticket without its filing, or with two": """
        SELECT number FROM tickets_ticket WHERE (SELECT count(*) FROM tickets_event WHERE ticket_id = number AND verb = 'file') <> 1""",
    "L5: a message without its event, or with two": """
        SELECT id FROM tickets_message WHERE (SELECT count(*) FROM tickets_event WHERE message_id = tickets_message.id) <> 1""",
    "L5: a ticket closed twice with nothing between": """
        SELECT ticket_id FROM (
          SELECT ticket_id, verb, lag(verb) OVER (PARTITION BY ticket_id ORDER BY id) AS previous FROM tickets_event
          WHERE verb IN ('close', 'reply', 'reopen', 'undo')
        ) AS turns WHERE verb = 'close' AND previous = 'close'""",
    "L1: a ticket without its first message": """
        SELECT number FROM tickets_ticket WHERE NOT EXISTS (SELECT FROM tickets_message WHERE ticket_id = number AND kind = 'filed')""",
}


@dataclass
class Judge:
    cluster: Cluster
    storage: Path
    ledger: Ledger
    allowed_orphans: int = 0
    since: int = 0
    _known: set[str] = field(default_factory=set)

    def before_resending(self, sent_files: int) -> list[str]:
        """L1 of what is acknowledged, L2 of the rest, L3 and L5. `sent_files`: of sendings that got no answer."""
        self.allowed_orphans += 2 * sent_files  # of a picture: itself and its thumbnail
        return self._entries(self._judged()) + self._storage() + self._unique()

    def after_resending(self) -> list[str]:
        """Now nothing is unacknowledged any more."""
        entries = self._judged()
        late = [f"L2: sent again and not acknowledged: {entry}" for entry in entries if not (entry.is_acknowledged or entry.is_refused)]
        return late + self._entries(entries) + self._storage() + self._unique()

    def _judged(self) -> list[Entry]:
        return self.ledger.entries()[self.since :]

    def _entries(self, entries: list[Entry]) -> list[str]:
        stored: dict[str, list[dict]] = {}
        for row in self.cluster.rows(MESSAGES):
            stored.setdefault(row["key"], []).append(row)
        acts = {(row["ticket"], row["verb"], row["by"]): row["times"] for row in self.cluster.rows(ACTS)}
        ratings = {row["ticket"]: row for row in self.cluster.rows(RATINGS)}
        alike: dict[tuple, list[Entry]] = {}
        for entry in self.ledger.entries():
            alike.setdefault((entry.verb, entry.ticket, entry.by), []).append(entry)
        found = []
        for entry in entries:
            if entry.key:
                found += self._message(entry, stored.get(entry.key, []))
            else:
                found += self._act(entry, alike[entry.verb, entry.ticket, entry.by], acts, ratings)
        return found

    def _message(self, entry: Entry, rows: list[dict]) -> list[str]:
        if entry.is_refused:
            kept = self.cluster.rows("SELECT data->>'body' AS body FROM tickets_draft WHERE key = %s", entry.key)
            is_kept = not rows and [digest(row["body"]) for row in kept] == [entry.text]
            return [] if is_kept else [f"L7: refused, and not kept as a draft: {entry}"]
        law = "L1" if entry.is_acknowledged else "L2"
        if len(rows) > 1 or (entry.is_acknowledged and not rows):
            return [f"{law}: stored {len(rows)} times: {entry}"]
        return [f"{law}: stored otherwise: {entry} as {row}" for row in rows if not self._is_whole(entry, row)]

    def _is_whole(self, entry: Entry, row: dict) -> bool:
        office = entry.office or row["office"]
        expected = (entry.by, office, KINDS[entry.verb], entry.text, entry.files, 1)
        is_there = entry.ticket in (None, row["number"])
        return is_there and expected == (row["by"], row["office"], row["kind"], digest(row["body"]), row["files"], row["events"])

    def _act(self, entry: Entry, same: list[Entry], acts: dict, ratings: dict) -> list[str]:
        """Stars may be changed, and what was closed and opened again be closed again: each time is an event."""
        times = acts.get((entry.ticket, entry.verb, entry.by), 0)
        if not sum(other.is_acknowledged for other in same) <= times <= sum(other.sendings for other in same):
            return [f"L1: {times} events: {entry}"]
        if entry.verb == "rate" and entry.is_acknowledged and entry.number == same[-1].number:
            rating = ratings.get(entry.ticket, {})
            if (entry.by, entry.stars, entry.text) != (rating.get("by"), rating.get("stars"), digest(rating.get("remark", ""))):
                return [f"L1: another rating: {entry} as {rating}"]
        return []

    def _storage(self) -> list[str]:
        rows = self.cluster.rows("SELECT storage_key, thumbnail_key, stored_sha256 FROM files_attachment")
        objects = {str(path.relative_to(self.storage)): path for path in self.storage.rglob("*") if path.is_file()}
        found = [
            f"L3: no object of {row}" for row in rows for key in (row["storage_key"], row["thumbnail_key"]) if key and key not in objects
        ]
        for row in rows:  # an object never changes, so each is read once
            path = objects.get(row["storage_key"])
            if path and row["storage_key"] not in self._known:
                self._known.add(row["storage_key"])
                if sha256(path.read_bytes()).hexdigest() != row["stored_sha256"]:
                    found.append(f"L3: another content: {row}")
        named = {row[key] for row in rows for key in ("storage_key", "thumbnail_key")}
        for upload in self.cluster.rows("SELECT chunks FROM files_upload"):
            named |= {key for key, _ in upload["chunks"]}
        orphans = set(objects) - named
        empty = [name for name, path in objects.items() if not path.stat().st_size]
        if empty:
            found.append(f"L3: empty objects: {empty}")
        if len(orphans) > self.allowed_orphans:
            found.append(f"L3: {len(orphans)} objects without a row, {self.allowed_orphans} may be: {sorted(orphans)[:5]}")
        return found

    def _unique(self) -> list[str]:
        found = [f"{law}: {rows}" for law, sql in UNIQUE.items() if (rows := self.cluster.rows(sql))]
        numbers = Counter(row["number"] for row in self.cluster.rows("SELECT number FROM tickets_ticket"))
        return found + [f"L5: number {number} {times} times" for number, times in numbers.items() if times > 1]
