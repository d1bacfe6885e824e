import pytest
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection

from autonax_support.accounts.models import User
from autonax_support.schema.numbers import first_number_sql

TABLE, COLUMN = "tickets_ticket", "number"


@pytest.fixture
def fresh_numbers(db):
    """A sequence of PostgreSQL stays where the test before has moved it; in the demo's new database none has been moved."""
    reset = connection.ops.sequence_reset_by_name_sql(no_style(), [{"table": TABLE, "column": COLUMN}])
    with connection.cursor() as cursor:
        for statement in [*reset, *first_number_sql(connection.vendor, TABLE, COLUMN)[0]]:
            cursor.execute(statement)


@pytest.fixture
def demo(fresh_numbers):
    """Its people by their user names."""
    call_command("demo", verbosity=0)
    return {user.username: user for user in User.objects.all()}
