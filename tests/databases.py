"""The migrations run once for a run of pytest: each of its processes works on a copy of what came out."""

from __future__ import annotations

import os
import shutil
from fcntl import LOCK_EX, flock
from pathlib import Path

import pytest
from django.db import connection

FOLDER = Path(os.environ["TEST_FOLDER"])


@pytest.fixture(scope="session")
def django_db_modify_db_settings(request, django_db_modify_db_settings_parallel_suffix, django_db_blocker) -> None:
    """pytest-django asks for it just before it makes a process's database; a process alone has nobody to share with."""
    if run := getattr(request.config, "workerinput", {}).get("testrunuid"):
        with django_db_blocker.unblock():
            copy_of(migrated_once(run))


def migrated_once(run: str) -> str:
    """The name of the database that the first of this run's processes has migrated; the others wait for it meanwhile."""
    is_file = connection.vendor == "sqlite"
    migrated = str(FOLDER / "migrated.sqlite3") if is_file else f"test_{connection.settings_dict['NAME']}_migrated"
    done = FOLDER / f"migrated-{connection.vendor}-{run}"
    with (FOLDER / f"migrating-{connection.vendor}").open("w") as lock:
        flock(lock, LOCK_EX)
        if not done.exists():
            migrate_into(migrated)
            done.touch()
    return migrated


def migrate_into(name: str) -> None:
    facts = connection.settings_dict
    before = facts["NAME"], facts["TEST"]["NAME"]
    facts["TEST"]["NAME"] = name
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.close()
    facts["NAME"], facts["TEST"]["NAME"] = before


def copy_of(migrated: str) -> None:
    """What Django makes from now on is a copy, so that it has no migration left to run."""
    connection.settings_dict["TEST"]["MIGRATE"] = False
    if connection.vendor == "postgresql":
        connection.settings_dict["TEST"]["TEMPLATE"] = migrated
        return
    made = connection.creation._create_test_db

    def made_from_a_copy(*arguments, **options) -> str:
        name = made(*arguments, **options)
        return shutil.copyfile(migrated, name)

    connection.creation._create_test_db = made_from_a_copy
