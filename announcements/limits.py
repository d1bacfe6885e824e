"""Figures that forms, verbs and database constraints share."""

TITLE_MAX = 200
BODY_MAX = 50_000
UNREAD_DAYS = 180
PAGE_SIZE = 20
COUNT_CAP = 100
EXCERPT_MAX = 160
EXCERPT_SOURCE = 600
