"""Figures that forms, verbs and database constraints share."""

from datetime import timedelta

SUBJECT_MAX = 200
BODY_MAX = 20_000
CANNED_TITLE_MAX = 100
REMARK_MAX = 1_000
REASON_MAX = 1_000
QUERY_MAX = 200
TRACKING_MIN, TRACKING_MAX = 10, 16
RATING_DAYS = 7
UNSENT_FILES_MAX = 100  # in all drafts of one person
UNDO_MINUTES = 10
AUDIT_QUIET_MINUTES = 30
ANSWERING_SECONDS = 60
CLOSING_NOTICE_DAYS = 3  # before a quiet ticket closes by itself

# What nothing is due for stands in the queue behind all that has a time, a thousand years on, and there by how long it waits.
UNDUE = timedelta(days=365_250)
