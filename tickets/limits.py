"""Figures that forms, verbs and database constraints share."""

from datetime import UTC, datetime

SUBJECT_MAX = 200
BODY_MAX = 20_000
REMARK_MAX = 1_000
REASON_MAX = 1_000
QUERY_MAX = 200
TRACKING_MIN, TRACKING_MAX = 10, 16
RATING_DAYS = 7
UNDO_MINUTES = 10
AUDIT_QUIET_MINUTES = 30
ANSWERING_SECONDS = 60

# The queue's key of a ticket that nothing is due for: it sorts last, and NULL never decides.
NO_DUE_TIME = datetime(9999, 1, 1, tzinfo=UTC)
