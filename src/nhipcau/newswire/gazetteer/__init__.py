"""Places, bodies and topics in many languages: the data files, the names from CLDR, and what finds them in a text."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

from nhipcau.newswire.gazetteer.compiled import kept
from nhipcau.newswire.gazetteer.display import country_name, language_name
from nhipcau.newswire.gazetteer.matcher import Hit, Matcher
from nhipcau.newswire.gazetteer.names import DATA, merged, read
from nhipcau.newswire.gazetteer.patterns import table_of
from nhipcau.newswire.gazetteer.spans import Words, words_of
from nhipcau.newswire.gazetteer.topics import TOPICS, cues

if TYPE_CHECKING:
    from nhipcau.newswire.gazetteer.patterns import Table

__all__ = [
    "TOPICS",
    "Hit",
    "Matcher",
    "Words",
    "country_name",
    "cues",
    "language_name",
    "matcher",
    "own_table",
    "words_of",
]

_OWN = "VN"


def matcher(focus: str, language: str) -> Matcher:
    """What finds the names of the country ``focus`` (ISO 3166-1 alpha-2) in texts of ``language`` (BCP 47).

    The names of Viet Nam are the project's own and hold for every language. Those of another country come from CLDR,
    and from a file of the project's where there is one. Compiled at the first call, then kept.
    """
    focus = focus.upper()
    return _own() if focus == _OWN else _other(focus, language.partition("-")[0])


@functools.lru_cache(maxsize=1)
def _own() -> Matcher:
    return Matcher(kept("vn", own_table))


def own_table() -> Table:
    """The names of Viet Nam, for set-up to keep."""
    return table_of(merged(pair for name in _files("vn") for pair in read(f"vn/{name}")))


@functools.lru_cache(maxsize=64)
def _other(focus: str, language: str) -> Matcher:
    from nhipcau.newswire.gazetteer.cldr import names_of

    names = names_of(focus, language)
    path = f"others/{focus.lower()}.tsv"
    if (DATA / path).is_file():
        for entry, own in merged(read(path, language)).items():
            names.setdefault(entry, []).extend(own)
    return Matcher(table_of(names))


def _files(folder: str) -> list[str]:
    """The data files of a folder, places first: their English names are the ones kept."""
    found = sorted(file.name for file in (DATA / folder).iterdir() if file.name.endswith(".tsv"))
    return sorted(found, key=lambda name: name == "provinces.tsv")
