from django.db import migrations

from autonax_support.schema.append_only import VENDORS, append_only_sql
from autonax_support.schema.operations import RunSQLFor


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_offices_and_users")]

    operations = [RunSQLFor(vendor, *append_only_sql(vendor, "accounts_auditentry")) for vendor in VENDORS]
