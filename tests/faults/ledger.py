"""The ledger: a line before each sending, one more when its success page was read, both on the disk before anything else happens."""

import json
import os
import threading
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from pathlib import Path


def digest(content: bytes | str) -> str:
    return sha256(content.encode() if isinstance(content, str) else content).hexdigest()


@dataclass
class Entry:
    """One thing that a person sends: what must be stored of it, by digests only."""

    number: int
    verb: str
    by: str
    office: str
    key: str
    text: str
    files: list[str] = field(default_factory=list)
    ticket: int | None = None
    stars: int | None = None
    sendings: int = 1
    is_acknowledged: bool = False
    is_refused: bool = False


class Ledger:
    def __init__(self, path: Path) -> None:
        self.path, self._lock, self._count, self.repeated = path, threading.Lock(), 0, 0

    def sending(self, **facts: object) -> int:
        """Before the request. The number of the entry."""
        with self._lock:
            self._count += 1
            entry = Entry(number=self._count, **facts)
            self._write(asdict(entry))
            return entry.number

    def again(self, number: int) -> None:
        self.repeated += 1
        self._note({"again": number})

    def acknowledged(self, number: int, ticket: int) -> None:
        """The success page has been read."""
        self._note({"acknowledged": number, "ticket": ticket})

    def refused(self, number: int) -> None:
        """The page said that it cannot be sent, and showed the text."""
        self._note({"refused": number})

    def entries(self) -> list[Entry]:
        """Read from the disk, as the reader after a fault would find it."""
        found: dict[int, Entry] = {}
        for line in self.path.read_text().splitlines():
            fact = json.loads(line)
            if "acknowledged" in fact:
                found[fact["acknowledged"]].is_acknowledged, found[fact["acknowledged"]].ticket = True, fact["ticket"]
            elif "refused" in fact:
                found[fact["refused"]].is_refused = True
            elif "again" in fact:
                found[fact["again"]].sendings += 1
            else:
                found[fact["number"]] = Entry(**fact)
        return list(found.values())

    def _note(self, fact: dict) -> None:
        with self._lock:
            self._write(fact)

    def _write(self, fact: dict) -> None:
        with self.path.open("a") as file:
            file.write(json.dumps(fact) + "\n")
            file.flush()
            os.fsync(file.fileno())
