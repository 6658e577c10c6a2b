"""The language that the command line speaks: Vietnamese, or what ``--lang`` says, from the first word on."""

from __future__ import annotations

import errno
import itertools
import sqlite3
import sys
from typing import TYPE_CHECKING

import click

from nhipcau.config.cli import streams
from nhipcau.newswire.sentences import system_reason, told
from nhipcau.newswire.words import LANGUAGES, plural_translator, translator

if TYPE_CHECKING:
    from collections.abc import Sequence

_language = [LANGUAGES[0]]


def speak(lang: str) -> None:
    """Use this language from now on."""
    _language[0] = lang


def language() -> str:
    """The language in use."""
    return _language[0]


def asked_language(args: Sequence[str]) -> str:
    """What ``--lang`` says, wherever it stands: errors in the command itself are told in that language too."""
    given = [value.removeprefix("--lang=") for value in args if value.startswith("--lang=")]
    given += [value for option, value in itertools.pairwise(args) if option == "--lang"]
    return next((value for value in reversed(given) if value in LANGUAGES), LANGUAGES[0])


def gettext(message: str) -> str:
    """The text in the language in use."""
    return translator(language())(message)


def ngettext(one: str, many: str, number: int) -> str:
    """The form of the text for that number, in the language in use."""
    return plural_translator(language())(one, many, number)


#: What SQLite says, in the low byte of its codes, as the system would have said it.
_SQLITE = {sqlite3.SQLITE_FULL: errno.ENOSPC, sqlite3.SQLITE_IOERR: errno.EIO}
_PRIMARY = 0xFF


def sentence(error: BaseException) -> str:
    """What an error of the engine says, in the language in use; its class where it says nothing."""
    found = getattr(error, "sentence", None)
    if found is not None:
        return str(told(found, gettext))
    if isinstance(error, OSError) and error.errno is not None:
        reason = system_reason(error)
    elif (kept := _SQLITE.get(getattr(error, "sqlite_errorcode", 0) & _PRIMARY)) is not None:
        reason = system_reason(OSError(kept, ""))
    else:
        return str(error) or type(error).__name__
    named = f"{error.filename}: " if isinstance(error, OSError) and error.filename is not None else ""
    return gettext("It cannot be done: %(why)s.") % {"why": f"{named}{told(reason, gettext)}"}


def say(message: str) -> None:
    """One line on standard error; standard output belongs to results. Where nobody can read it the run goes on."""
    try:
        click.echo(message, file=sys.stderr)
    except OSError:
        streams.silence_errors()
