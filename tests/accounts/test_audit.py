import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry
from autonax_support.schema.append_only import append_only_sql


@pytest.fixture
def entry(sara):
    return AuditEntry.record("reveal", actor=sara, address="192.0.2.7", at=timezone.now(), ticket=100481)


def test_an_entry_keeps_who_what_where(entry, sara):
    entry.refresh_from_db()
    assert (entry.verb, entry.actor, entry.address, entry.data) == ("reveal", sara, "192.0.2.7", {"ticket": 100481})


def test_a_long_address_is_cut(sara):
    assert AuditEntry.record("reveal", actor=None, address="x" * 200, at=timezone.now()).address == "x" * 64


def test_no_entry_is_changed(entry):
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(verb="sign_in")
    assert AuditEntry.objects.get().verb == "reveal"


def test_no_entry_is_deleted(entry):
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM accounts_auditentry")
    assert AuditEntry.objects.count() == 1


@pytest.mark.postgresql
def test_the_table_is_not_emptied_at_once(entry):
    connection.check_constraints()  # no deferred check of this transaction stands in the way
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("TRUNCATE accounts_auditentry")


def test_migrating_puts_lost_triggers_back(entry):
    with connection.cursor() as cursor:
        for statement in append_only_sql(connection.vendor, "accounts_auditentry")[1]:
            cursor.execute(statement)
    call_command("migrate", "accounts", verbosity=0)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).update(verb="sign_in")
