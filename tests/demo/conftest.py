import pytest
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction

from autonax_support.accounts.models import User
from autonax_support.schema.numbers import first_number_sql

TABLE, COLUMN = "tickets_ticket", "number"


def numbers_anew() -> None:
    """A sequence of PostgreSQL stays where the tests before have moved it; in the demo's new database none has been moved."""
    reset = connection.ops.sequence_reset_by_name_sql(no_style(), [{"table": TABLE, "column": COLUMN}])
    with connection.cursor() as cursor:
        for statement in [*reset, *first_number_sql(connection.vendor, TABLE, COLUMN)[0]]:
            cursor.execute(statement)


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker):
    """Once for the tests of a file: each of them runs in a savepoint of this transaction."""
    with django_db_blocker.unblock(), transaction.atomic():
        numbers_anew()
        call_command("demo", verbosity=0)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """Its people by their user names."""
    return {user.username: user for user in User.objects.all()}
