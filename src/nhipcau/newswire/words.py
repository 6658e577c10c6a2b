"""The words people read, in their language: the catalogues that the desk uses too, through the standard library.

A text missing from a catalogue, or a catalogue that was not compiled, reads as its English source.
"""

from __future__ import annotations

import functools
import gettext
from collections.abc import Callable
from pathlib import Path

#: Languages that headings and messages can be had in; the first is the default.
LANGUAGES = ("vi", "en")
LOCALE = Path(__file__).resolve().parent.parent / "locale"

Translate = Callable[[str], str]
TranslatePlural = Callable[[str, str, int], str]


def gettext_noop(message: str) -> str:
    """Mark a text for the catalogues where it is written; it is translated where it is shown."""
    return message


@functools.cache
def catalogue(lang: str) -> gettext.NullTranslations:
    """The catalogue of one language; raises ``ValueError`` for a language that is not in :data:`LANGUAGES`."""
    if lang not in LANGUAGES:
        raise ValueError(f"no words in {lang!r}: one of {', '.join(LANGUAGES)}")
    return gettext.translation("django", LOCALE, [lang], fallback=True)


def translator(lang: str) -> Translate:
    """The function that turns an English source text into the same in ``lang``."""
    return catalogue(lang).gettext


def plural_translator(lang: str) -> TranslatePlural:
    """The function ``(one, many, number)`` that chooses the form for a number, in ``lang``."""
    return catalogue(lang).ngettext
