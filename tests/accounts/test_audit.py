import re
from importlib import import_module

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from autonax_support.accounts.models import AuditEntry
from autonax_support.schema.append_only import append_only_sql
from tests.test_architecture import WRITTEN, name_of


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


def test_what_is_past_its_time_may_be_deleted(entry):
    AuditEntry.objects.filter(pk=entry.pk).delete()
    assert AuditEntry.objects.count() == 0


def test_entries_are_deleted_by_retention_and_anonymising_alone():
    """A grep that errs on the safe side: who names the table and deletes anything at all."""
    deletes = re.compile(r"\.delete\(|DELETE FROM|_raw_delete")
    named = [name_of(path) for path in WRITTEN if "AuditEntry" in (text := path.read_text()) and deletes.search(text)]
    assert named == ["autonax_support.privacy.people", "autonax_support.privacy.retention"]


def test_the_guard_against_deletion_comes_back_with_the_migration_before(entry):
    lifting = import_module("autonax_support.accounts.migrations.0005_audit_may_be_purged").Migration.operations
    connection.check_constraints()
    editor = connection.SchemaEditorClass(connection, atomic=False)  # not entered: SQLite's would refuse a transaction
    for operation in lifting:
        operation.database_backwards("accounts", editor, None, None)
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.filter(pk=entry.pk).delete()
    for operation in lifting:
        operation.database_forwards("accounts", editor, None, None)
    AuditEntry.objects.filter(pk=entry.pk).delete()
    assert AuditEntry.objects.count() == 0


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
