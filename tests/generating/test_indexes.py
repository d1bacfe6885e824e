"""Many rows come without indexes, and every index and key stands again afterwards, word for word."""

import pytest
from django.db import IntegrityError, connection, transaction

from autonax_support.generating import indexes, loading
from autonax_support.generating.tables import TABLES, table_of
from tests.generating.generating import generate
from tickets.models import Message, Unread

pytestmark = pytest.mark.postgresql


def definitions() -> list[tuple]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public' ORDER BY 1, 2")
        found = cursor.fetchall()
        cursor.execute("SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated FROM pg_constraint ORDER BY 1, 2")
        return found + cursor.fetchall()


def test_all_are_back(db, monkeypatch):
    monkeypatch.setattr(loading, "MANY", 10)
    before = definitions()
    generate(60)
    assert definitions() == before
    assert Message.objects.count() > 200


def test_they_are_really_off_meanwhile(db):
    before = definitions()
    back = [statement for name in TABLES for statement in indexes.take_off(table_of(name).name)]
    assert len(before) - len(definitions()) > len(back) > 40  # a unique key is an index and a constraint
    indexes.put_back(back)
    assert definitions() == before


def test_a_row_that_points_nowhere_does_not_pass(db):
    back = indexes.take_off(table_of("unread").name)
    with connection.cursor() as cursor:
        cursor.execute('INSERT INTO tickets_unread ("user_id", "ticket_id") VALUES (1, 999999)')
    with pytest.raises(IntegrityError), transaction.atomic():
        indexes.put_back(back)
    Unread.objects.all().delete()
