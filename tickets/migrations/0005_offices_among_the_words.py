"""An office's search meets its own texts only. PostgreSQL writes the table anew: some minutes for some millions of texts."""

from django.db import migrations

from autonax_support.schema.operations import RunSQLFor
from tickets.schema import NO_VECTOR, WORDS, WORDS_AND_OFFICE, vector


class Migration(migrations.Migration):
    dependencies = [("tickets", "0004_numbers_that_find")]

    operations = [
        RunSQLFor("postgresql", [*NO_VECTOR, *vector(WORDS_AND_OFFICE)], [*NO_VECTOR, *vector(WORDS)]),
    ]
