"""Settings under which the tests run: those of an installation, in a home of their own that is thrown away."""

import atexit
import os
import shutil
import sys
import tempfile
from pathlib import Path

from tests.support import postgres

_home = tempfile.mkdtemp(prefix="nhipcau-test-")
atexit.register(shutil.rmtree, _home, ignore_errors=True)
# Also for the processes that a test starts.
os.environ["NHIPCAU_HOME"] = _home
os.environ.pop("NHIPCAU_DEMO", None)
os.environ.pop("DATABASE_URL", None)

#: Why the tests cannot run on the database asked for; empty where they can.
DATABASE_MISSING = os.environ.get("NHIPCAU_TEST_DATABASE_MISSING", "")
# Workers of pytest-xdist share the server of the process that started them; each makes a database of its own on it.
if "PYTEST_XDIST_WORKER" not in os.environ and "--database=postgres" in sys.argv:
    try:
        os.environ["NHIPCAU_TEST_DATABASE_URL"] = postgres.start(at_exit=atexit.register)
    except postgres.UnavailableError as error:
        os.environ["NHIPCAU_TEST_DATABASE_MISSING"] = DATABASE_MISSING = str(error)
if "NHIPCAU_TEST_DATABASE_URL" in os.environ:
    os.environ["DATABASE_URL"] = os.environ["NHIPCAU_TEST_DATABASE_URL"]

from nhipcau.config.settings import *  # noqa: E402, F403 - the settings being tested, after their environment
from nhipcau.config.settings import DATABASES, INSTALLED_APPS, STORAGES  # noqa: E402 - changed below

INSTALLED_APPS = [*INSTALLED_APPS, "tests.support.shelf"]

if DATABASES["default"]["ENGINE"] == "django.db.backends.sqlite3":
    # A real file: threads share it as they do in an installation. A crash may lose it, so nothing waits for the disk.
    DATABASES["default"]["TEST"] = {"NAME": str(Path(_home) / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"

# Argon2 as in an installation, at a cost that lets a test sign in often. The real cost has a test of its own.
PASSWORD_HASHERS = ["tests.support.hashers.QuickArgon2PasswordHasher"]
# Addresses of static files without a manifest: nothing has been collected here. The browser tests collect.
Path(_home, "static").mkdir()
STORAGES = STORAGES | {"staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

# People of tests hold any role and sign in by password alone; what a role asks for has tests of its own.
FACTOR_ROLES = frozenset()
