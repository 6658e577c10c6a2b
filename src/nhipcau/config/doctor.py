"""What is installed, configured and missing, and how to mend it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.newswire.words import LANGUAGES, LOCALE, gettext_noop

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Room for an archive's work file and a day's coverage.
ENOUGH_DISK = 1_000_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing looked at.

    Attributes:
        name: what was looked at, an English source text.
        good: whether it is as it should be.
        detail: what was found; a version, a path, a number.
        mend: what to do where it is not good, an English source text.
    """

    name: str
    good: bool
    detail: str = ""
    mend: str = ""


def examine() -> Iterator[Finding]:
    """Look at everything, cheapest first; a broken part never hides the others."""
    yield _python()
    yield _packages()
    yield _catalogues()
    yield from _home()
    yield from _django()


def _python() -> Finding:
    return Finding(
        name=gettext_noop("Python"),
        good=sys.version_info >= (3, 11),
        detail=sys.version.split()[0],
        mend=gettext_noop("Install Python 3.11 or newer."),
    )


def _packages() -> Finding:
    wanted = [
        requirement.split(";")[0].split("[")[0].split(">")[0].split("<")[0].split("=")[0].strip()
        for requirement in importlib.metadata.requires("nhipcau") or []
    ]
    missing = []
    for name in wanted:
        try:
            importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            missing.append(name)
    return Finding(
        name=gettext_noop("Python packages"),
        good=not missing,
        detail=", ".join(missing) or str(len(wanted)),
        mend=gettext_noop("Run make setup."),
    )


def _catalogues() -> Finding:
    missing = [lang for lang in LANGUAGES if not (LOCALE / lang / "LC_MESSAGES" / "django.mo").exists()]
    return Finding(
        name=gettext_noop("Languages of the screens"),
        good=not missing,
        detail=", ".join(missing or LANGUAGES),
        mend=gettext_noop("Run make setup."),
    )


def _home() -> Iterator[Finding]:
    home = Path(os.environ.get("NHIPCAU_HOME", "var")).resolve()
    nearest = next(folder for folder in (home, *home.parents) if folder.exists())
    yield Finding(
        name=gettext_noop("Folder for data"),
        good=os.access(nearest, os.W_OK),
        detail=str(home),
        mend=gettext_noop("Make the folder writable, or name another in NHIPCAU_HOME."),
    )
    free = shutil.disk_usage(nearest).free
    yield Finding(
        name=gettext_noop("Free disk"),
        good=free >= ENOUGH_DISK,
        detail=f"{free / 1e9:.1f} GB",
        mend=gettext_noop("Free at least 1 GB."),
    )


def _django() -> Iterator[Finding]:
    from django.core.exceptions import ImproperlyConfigured

    from nhipcau.config.installation import start_django

    name = gettext_noop("Settings")
    mend = gettext_noop("Correct the setting named here; docs/reference/settings.md lists them.")
    try:
        start_django()
    except (ImproperlyConfigured, ValueError, OSError) as error:
        yield Finding(name=name, good=False, detail=str(error), mend=mend)
        return
    yield Finding(name=name, good=True, detail=os.environ["DJANGO_SETTINGS_MODULE"], mend=mend)
    yield _database()
    yield _static()
    yield from _parts()
    yield _audit()


def _database() -> Finding:
    from django.db import DatabaseError, connection

    from nhipcau.config.installation import tables_behind

    name = gettext_noop("Database")
    try:
        behind = tables_behind()
    except DatabaseError as error:
        detail = str(error).splitlines()[0]
        mend = gettext_noop("Start the database server, or correct DATABASE_URL.")
        return Finding(name=name, good=False, detail=detail, mend=mend)
    detail = connection.vendor if not behind else f"{connection.vendor}, -{behind}"
    return Finding(name=name, good=not behind, detail=detail, mend=gettext_noop("Run nhipcau manage migrate."))


def _static() -> Finding:
    from django.conf import settings

    manifest = Path(settings.STATIC_ROOT) / "staticfiles.json"
    return Finding(
        name=gettext_noop("Files for the browser"),
        good=manifest.exists(),
        detail=str(settings.STATIC_ROOT),
        mend=gettext_noop("Run nhipcau manage collectstatic --noinput."),
    )


def _parts() -> Iterator[Finding]:
    """What the operator's screen says of the running installation; what it cannot know without a worker is left out."""
    from nhipcau.access import system
    from nhipcau.desk import health

    with system("doctor"):
        parts = health.examine()
    for part in parts:
        if part.key in {"feeds", "mail", "backup"}:
            yield Finding(name=part.name, good=part.state != health.BAD, detail=part.detail, mend=part.mend)


def _audit() -> Finding:
    from django.db import DatabaseError

    from nhipcau.audit.queries import state_of_chain

    name = gettext_noop("Audit record")
    try:
        state = state_of_chain()
    except (DatabaseError, OSError) as error:
        return Finding(name=name, good=False, detail=str(error).splitlines()[0], mend=_RECORD)
    waiting = f", {state.unsealed} …" if state.unsealed else ""
    mend = gettext_noop("Start the worker: it seals the record each minute.") if state.late else _RECORD
    return Finding(name=name, good=state.good, detail=f"{state.sealed}{waiting}", mend=mend)


_RECORD = gettext_noop("Run nhipcau audit verify: it names what is wrong.")
