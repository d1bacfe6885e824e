"""The demo's settings on another database. TEST_DATABASE_URL names a PostgreSQL server; without it a SQLite file is used."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

for name in ("SECRET_KEY", "DATABASE_URL", "SITE_URL", "ALLOWED_HOSTS"):
    os.environ.pop(name, None)
if "TEST_FOLDER" not in os.environ:  # bin/test and the process that starts the others have set it
    os.environ["TEST_FOLDER"] = tempfile.mkdtemp(prefix="autonax-tests-")
    atexit.register(shutil.rmtree, os.environ["TEST_FOLDER"], ignore_errors=True)
FOLDER = Path(os.environ["TEST_FOLDER"])
os.environ["DEMO_DIR"] = str(FOLDER)

from dj_database_url import parse  # noqa: E402

from autonax_support.settings import *  # noqa: E402, F403

if server := os.environ.get("TEST_DATABASE_URL"):
    DATABASES = {"default": parse(server, conn_health_checks=True) | {"TEST": {"TEMPLATE": "template0"}}}
else:
    # a file: WAL and IMMEDIATE are not tested in memory
    DATABASES["default"]["TEST"] = {"NAME": str(FOLDER / "test.sqlite3")}

(FOLDER / "static").mkdir(exist_ok=True)
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}  # noqa: F405
RATE_LIMIT_PERCENT = 100_000  # everything is counted, but tests act faster than people; tests/project/test_rate_limits.py sets it back
