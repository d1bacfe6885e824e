"""Events are append-only, numbers begin at 100001, texts are found: in the SQL of each database."""

from django.db import migrations

from autonax_support.schema.append_only import VENDORS, append_only_sql
from autonax_support.schema.numbers import first_number_sql
from autonax_support.schema.operations import RunSQLFor
from tickets.schema import EVENTS, FULL_TEXT_ON_SQLITE, NO_FULL_TEXT_ON_SQLITE, NO_VECTOR, TICKETS, WORDS, vector


class Migration(migrations.Migration):
    dependencies = [("tickets", "0001_tickets_and_threads")]

    operations = [
        *[RunSQLFor(vendor, *append_only_sql(vendor, EVENTS)) for vendor in VENDORS],
        *[RunSQLFor(vendor, *first_number_sql(vendor, TICKETS, "number")) for vendor in VENDORS],
        RunSQLFor("postgresql", vector(WORDS), NO_VECTOR),
        RunSQLFor("sqlite", FULL_TEXT_ON_SQLITE, NO_FULL_TEXT_ON_SQLITE),
    ]
