"""A database with every migration applied, made once and copied by whoever needs one: making it takes twenty seconds.

The copy is brought up to date by whoever takes it (``migrate`` finds nothing to do), so a stale one costs time and
changes no result.
"""

import fcntl
import hashlib
import os
import re
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / ".pytest_cache" / "migrated"
#: Name of the migrated database on a server of PostgreSQL, and of the one that is being migrated.
NAME, BEGUN = "nhipcau_migrated", "nhipcau_migrating"
_MAKE = """
import django; django.setup()
from django.core.management import call_command
from django.db import connection
call_command("migrate", run_syncdb=True, verbosity=0)
if connection.vendor == "sqlite":
    connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    import shutil, sys
    shutil.copy(connection.settings_dict["NAME"], sys.argv[1])
"""


def put(path):
    """Lay a migrated SQLite database at ``path``, over whatever is there."""
    with _alone("sqlite"):
        made = FOLDER / f"{_fingerprint()}.sqlite3"
        if not made.exists():
            for old in FOLDER.glob("*.sqlite3"):
                old.unlink()
            _make(made.with_suffix(".new"))
            made.with_suffix(".new").rename(made)
    for rest in ("-wal", "-shm"):
        Path(f"{path}{rest}").unlink(missing_ok=True)
    shutil.copy(made, path)


def on_server(url):
    """The name of a migrated database on a server of PostgreSQL, to be taken as a template."""
    import psycopg

    with _alone(f"postgres-{urlsplit(url).port}"), psycopg.connect(url, autocommit=True) as server:
        there = {name for (name,) in server.execute("SELECT datname FROM pg_database")}
        if NAME not in there:
            server.execute(f"DROP DATABASE IF EXISTS {BEGUN}")
            server.execute(f"CREATE DATABASE {BEGUN}")
            _make(Path(os.devnull), NHIPCAU_TEST_DATABASE_URL=url.rpartition("/")[0] + f"/{BEGUN}")
            server.execute(f"ALTER DATABASE {BEGUN} RENAME TO {NAME}")
    return NAME


@contextmanager
def _alone(name):
    FOLDER.mkdir(parents=True, exist_ok=True)
    with (FOLDER / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _make(path, **settings):
    gone = ("NHIPCAU_TEST_DATABASE_URL", "DATABASE_URL", "NHIPCAU_HOME", "PYTEST_XDIST_WORKER")
    environment = {name: value for name, value in os.environ.items() if name not in gone} | settings
    environment |= {
        "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)]),
        "DJANGO_SETTINGS_MODULE": "tests.support.settings",
    }
    subprocess.run([sys.executable, "-c", _MAKE, str(path)], env=environment, cwd=ROOT, check=True)


def _fingerprint():
    """Changes with every migration, with what migrations import of ours, and with the models of the tests."""
    migrations = sorted((ROOT / "src").rglob("migrations/*.py"))
    found = {*migrations, *(ROOT / "tests" / "support" / "shelf").glob("*.py")}
    for file in migrations:
        for module in re.findall(
            r"^\s*(?:from|import) (nhipcau[\w.]*)(?: import ([\w, ]+))?", file.read_text(), re.MULTILINE
        ):
            found |= set(_files_of(*module))
    said = hashlib.sha256()
    for file in sorted(found):
        said.update(f"{file.relative_to(ROOT)}\n".encode() + file.read_bytes())
    return said.hexdigest()[:32]


def _files_of(module, names):
    place = ROOT / "src" / Path(*module.split("."))
    for each in (place, *(place / name.strip() for name in names.split(",") if name)):
        for file in (each.with_suffix(".py"), each / "__init__.py"):
            if file.exists():
                yield file
