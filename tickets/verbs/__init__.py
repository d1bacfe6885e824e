"""The verbs of a ticket, by theme. Each is a method of Ticket, atomic, and the only way its columns change.

A verb locks the row, checks its own precondition against `transitions.ALLOWED`, changes the ticket, writes one Event and
tells whom it concerns, all in one transaction. What may not happen raises `Refused` with the Persian sentence.
"""
