"""The pairs of tests/persian in the engines themselves, by the product's own SQL. What PostgreSQL finds depends on no character type."""

import os
import sqlite3
from contextlib import closing

import psycopg2
import pytest
from django.db import connection
from psycopg2 import sql

from autonax_support.persian.text import query_terms, search_key
from tests.persian.test_find import MORE, PAIRS
from tickets.finding import as_fts5, as_tsquery
from tickets.schema import DOCS, FTS, FULL_TEXT_ON_SQLITE, WORDS_AND_OFFICE, vector

ASKED = [(query_terms(query), place) for place, (query, _, _) in enumerate([*PAIRS, *MORE])]
KEYS = [(place, search_key(text)) for place, (_, text, _) in enumerate([*PAIRS, *MORE])]
FOUND = [place for place, (*_, found) in enumerate([*PAIRS, *MORE]) if found]
CHEROKEE = set(map(chr, [*range(0x13A0, 0x1400), *range(0xAB70, 0xABC0)]))  # Unicode folds it to capitals, PostgreSQL to small letters
CREATE = "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' LC_COLLATE {} LC_CTYPE {}"


@pytest.fixture(params=["C", "C.UTF-8"])
def cursor(request):
    """In a database of this character type, made for one test."""
    parameters = connection.get_connection_params() | {"dbname": "postgres"}
    for name in ("cursor_factory", "context"):
        parameters.pop(name, None)
    name, locale = sql.Identifier(f"engine_{os.getpid()}"), sql.Literal(request.param)
    with closing(psycopg2.connect(**parameters)) as server:
        server.autocommit = True
        with server.cursor() as admin:
            admin.execute(sql.SQL(CREATE).format(name, locale, locale))
            try:
                with closing(psycopg2.connect(**parameters | {"dbname": name.string})) as own, own.cursor() as cursor:
                    yield cursor
            finally:
                admin.execute(sql.SQL("DROP DATABASE {}").format(name))


@pytest.mark.postgresql
def test_postgresql_finds_the_pairs_in_any_character_type(cursor):
    for statement in [
        f"CREATE TABLE {DOCS} (id integer, key text, office_id bigint DEFAULT 7, is_note boolean DEFAULT false)",
        *vector(WORDS_AND_OFFICE),
    ]:
        cursor.execute(statement)
    cursor.executemany(f"INSERT INTO {DOCS} (id, key) VALUES (%s, %s)", KEYS)
    wanted = [(as_tsquery(terms), place) for terms, place in ASKED if terms]
    assert places(cursor, f"SELECT id FROM {DOCS} WHERE vector @@ %s::tsquery AND id = %s", wanted) == FOUND


@pytest.mark.postgresql
def test_a_word_of_a_key_is_a_word_to_postgresql_in_any_character_type(cursor):
    words = {word for letter in map(chr, range(0x10000)) for word in search_key(letter).split() if letter not in CHEROKEE}
    cursor.execute("SELECT tsvector_to_array(to_tsvector('simple', %s))", [" ".join(words)])
    assert set(cursor.fetchone()[0]) == words


def test_sqlite_finds_the_pairs():
    with closing(sqlite3.connect(":memory:")) as database:
        for statement in [f"CREATE TABLE {DOCS} (id integer, key text)", *FULL_TEXT_ON_SQLITE]:
            database.execute(statement)
        database.executemany(f"INSERT INTO {DOCS} VALUES (?, ?)", KEYS)
        wanted = [(as_fts5(terms), place) for terms, place in ASKED if terms]
        assert places(database.cursor(), f"SELECT rowid FROM {FTS} WHERE {FTS} MATCH ? AND rowid = ?", wanted) == FOUND


def places(cursor, statement: str, wanted: list[tuple[str, int]]) -> list[int]:
    found = []
    for parameters in wanted:
        cursor.execute(statement, parameters)
        found += [place for (place,) in cursor.fetchall()]
    return found
