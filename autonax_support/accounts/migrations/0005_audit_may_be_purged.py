"""Entries are still never changed, but what is past its time may be deleted."""

from django.db import migrations

from autonax_support.accounts.triggers import AUDIT
from autonax_support.schema.append_only import VENDORS, append_only_sql
from autonax_support.schema.operations import RunSQLFor


def without_deletion_guard(vendor: str) -> RunSQLFor:
    guard, lift = append_only_sql(vendor, AUDIT, ["delete"])
    return RunSQLFor(vendor, lift, guard)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_action_counts_and_ended_sessions")]

    operations = [without_deletion_guard(vendor) for vendor in VENDORS]
