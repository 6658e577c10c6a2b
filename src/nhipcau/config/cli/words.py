"""The language that the command line speaks: Vietnamese, or what ``--lang`` says, from the first word on."""

from __future__ import annotations

import itertools
import sys
from typing import TYPE_CHECKING

import click

from nhipcau.newswire.sentences import told
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


def sentence(error: BaseException) -> str:
    """What an error of the engine says, in the language in use; its class where it says nothing."""
    found = getattr(error, "sentence", None)
    if found is not None:
        return str(told(found, gettext))
    return str(error) or type(error).__name__


def say(message: str) -> None:
    """One line on standard error; standard output belongs to results."""
    click.echo(message, file=sys.stderr)
