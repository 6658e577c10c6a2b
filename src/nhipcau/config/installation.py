"""What an installation needs before it serves: its tables, and the files for the browser."""

from __future__ import annotations

import fcntl
import hashlib
import os
from pathlib import Path

from nhipcau.newswire.errors import RunError
from nhipcau.newswire.sentences import Sentence


def start_django() -> None:
    """Load settings and rooms, once."""
    import django
    from django.apps import apps

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nhipcau.config.settings")
    if not apps.ready:
        django.setup()


def tables_behind() -> int:
    """How many migrations the database still needs."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def prepare() -> None:
    """Bring the tables up to date and collect the files for the browser; nothing is done twice."""
    from django.core.management import call_command

    call_command("migrate", verbosity=0, interactive=False)
    collect_static()


def ready() -> None:
    """Make sure that the tables are those of this program.

    An embedded database belongs to this program alone and is prepared at once; of a server and a worker that start at
    the same moment one does it and the other waits. A shared one is its operator's.

    Raises:
        RunError: a shared database is not prepared.
    """
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection

    if connection.vendor == "sqlite":
        with (settings.HOME / "preparing").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if tables_behind():
                call_command("migrate", verbosity=0, interactive=False)
    elif tables_behind():
        raise RunError(Sentence("The database is not prepared: run nhipcau manage migrate."))


def collect_static() -> None:
    """Collect the files for the browser where that was never done, or done for another version of the program.

    A page that names a file which is not among those collected is an error page.
    """
    from django.conf import settings
    from django.core.management import call_command

    folder = Path(settings.STATIC_ROOT)
    mark, state = folder / "collected-from", _static_fingerprint()
    if (folder / "staticfiles.json").exists() and mark.exists() and mark.read_text() == state:
        return
    call_command("collectstatic", verbosity=0, interactive=False)
    mark.write_text(state)


def _static_fingerprint() -> str:
    """Changes whenever a file for the browser does: its name, size or time."""
    from django.contrib.staticfiles.finders import get_finders

    files = sorted(storage.path(name) for finder in get_finders() for name, storage in finder.list([]))
    stats = [(file, Path(file).stat()) for file in files]
    said = "\n".join(f"{file} {stat.st_size} {stat.st_mtime_ns}" for file, stat in stats)
    return hashlib.sha256(said.encode()).hexdigest()
