"""From which status a verb may start. The one table both doors rely on."""

OPEN = frozenset({"new", "read", "answered", "followed_up", "in_development"})
CLOSED = frozenset({"closed"})
ANY = OPEN | CLOSED

ALLOWED: dict[str, frozenset[str]] = {
    "read": ANY,
    "answer": OPEN,
    "reply": ANY,
    "note": ANY,
    "transfer": OPEN,
    "assign": OPEN,
    "prioritise": OPEN,
    "develop": OPEN,
    "reschedule": OPEN,
    "forewarn": frozenset({"answered"}),
    "close": OPEN,
    "reopen": CLOSED,
    "rate": ANY,
    "reveal": ANY,
    "see_file": ANY,
    "undo": ANY,
}

UNDOABLE = frozenset({"assign", "transfer", "develop", "close"})
LOOKS = frozenset({"read", "see_file"})  # told in the thread, yet nothing happened to the ticket
OFFICE_VERBS = frozenset({"reply", "close", "rate"})
SUPPORT_VERBS = frozenset(ALLOWED) - {
    "reply",
    "rate",
    "reschedule",
    "forewarn",
}  # the calendar reschedules, the clock forewarns, nobody else
