"""The page as bare WSGI: one indexed query by psycopg2, twenty rows by hand, as many bytes as the inbox."""

import os
from collections.abc import Callable, Iterable
from html import escape
from threading import local

import psycopg2
from dj_database_url import parse

DATABASE = parse(os.environ["DATABASE_URL"])
FILLER = "<!-- " + "." * int(os.environ.get("FLOOR_FILLER", "0")) + " -->"
OFFICE = int(os.environ["FLOOR_OFFICE"])
QUERY = """SELECT number, subject, status, last_activity_at, filed_by_name, tracking_number FROM tickets_ticket
    WHERE office_id = %s ORDER BY last_activity_at DESC, number DESC LIMIT 20"""
own = local()


def application(environ: dict, start_response: Callable) -> Iterable[bytes]:
    page = b"ok" if environ["PATH_INFO"] == "/healthz" else _page()
    start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Length", str(len(page)))])
    return [page]


def _page() -> bytes:
    with _cursor() as cursor:
        cursor.execute(QUERY, [OFFICE])
        rows = "".join(f"<tr>{''.join(f'<td>{escape(str(value))}</td>' for value in row)}</tr>\n" for row in cursor.fetchall())
    return f"<!doctype html><html lang=fa dir=rtl><title>floor</title><table>{rows}</table>{FILLER}</html>".encode()


def _cursor() -> psycopg2.extensions.cursor:
    if not hasattr(own, "connection"):
        own.connection = psycopg2.connect(host=DATABASE["OPTIONS"]["host"], user=DATABASE["USER"], dbname=DATABASE["NAME"])
        own.connection.autocommit = True
    return own.connection.cursor()
